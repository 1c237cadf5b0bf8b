"""A visitor: a page with the widget, and what one does with it, in the words of people and screen readers."""

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Request, expect

PATIENCE: Final = 1000 * float(os.environ.get("KITWRIGHT_PATIENCE", "60"))  # ms; a busy machine is no fault of the code


class Visitor:
    """One person at one page.

    Args:
        also: hosts that the page may ask; `strayed` lists requests to any other.
    """

    def __init__(self, page: Page, shots: Path, *, also: set[str]) -> None:
        self.page = page
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.asked: list[str] = []
        self._also = also
        self.shots = shots
        page.set_default_timeout(PATIENCE)
        page.on("request", self._requested)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if self._matters(line.text) else None)

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        self.asked.append(f"{request.method} {parts.path}")
        if parts.scheme in ("http", "https") and parts.netloc not in self._also:
            self.strayed.append(request.url)

    @staticmethod
    def _matters(line: str) -> bool:
        """Policy violations and script errors do; that a request failed is what some tests are about."""
        return "Content Security Policy" in line or "Trusted" in line or "Uncaught" in line

    @property
    def panel(self) -> Locator:
        """The chat."""
        return self.page.locator("kitwright-chat section")

    @property
    def launcher(self) -> Locator:
        """The round button, whatever its language."""
        return self.page.locator("kitwright-chat .launcher")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox").first

    @property
    def log(self) -> Locator:
        """What was said."""
        return self.page.get_by_role("log")

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def open(self) -> "Visitor":
        """Open the chat, and wait until it can be used."""
        self.button("Open chat").click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str) -> "Visitor":
        """Write and send, once no reply is being written."""
        expect(self.panel.locator(".send:not(.stop)")).to_be_visible(timeout=PATIENCE)
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def sees(self, text: str) -> Locator:
        """A bubble with this text appears."""
        found = self.log.get_by_text(text).last
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def menu(self, name: str) -> None:
        """Choose from the menu."""
        self.button("More options").click()
        self.page.get_by_role("menu").get_by_text(name, exact=True).click()

    def bubbles(self) -> list[str]:
        """What stands in the log, without greeting."""
        return self.log.locator(".bubble").all_inner_texts()[1:]

    def events(self, name: str) -> list[dict[str, Any]]:
        """What the widget reported to the page."""
        return [event for event in self.page.evaluate("window.seen") if event["name"] == name]

    def violations(self) -> list[str]:
        """What the page's policy forbade."""
        return list(self.page.evaluate("window.violations"))

    def shot(self, name: str) -> None:
        """A picture of the state, to be looked at by a person."""
        self.shots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.shots / f"{name}.png", animations="disabled")
