"""People who use a keyboard, a screen reader, a phone, large type, strong contrast, or another direction of writing."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.web.tools import AXE, are_missed
from e2e.widget.conftest import Meet
from e2e.widget.fake_server import FakeApi
from e2e.widget.serving import Served
from e2e.widget.visitor import Visitor

needs_axe = pytest.mark.skipif(are_missed(), reason="axe-core is missing: python tests/e2e/web/tools.py install")
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
WAYS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "light": ({}, {}),
    "dark": ({"color_scheme": "dark"}, {}),
    "dark-by-theme": ({}, {"theme": "dark"}),
    "right-to-left": ({}, {"lang": "ar"}),
    "right-to-left-page": ({}, {"page-lang": "ar", "dir": "rtl"}),
    "phone": (PHONE, {}),
    "phone-dark-right-to-left": ({**PHONE, "color_scheme": "dark"}, {"lang": "ar"}),
    "zoomed-200": ({"viewport": {"width": 550, "height": 400}, "device_scale_factor": 2}, {}),
    "forced-colours": ({"forced_colors": "active"}, {}),
    "inline": ({}, {"mode": "inline", "target": "#place"}),
}


def _faults(visitor: Visitor) -> list[str]:
    """What axe-core objects to in the widget."""
    if not visitor.page.evaluate("typeof window.axe !== 'undefined'"):
        visitor.page.evaluate(AXE.read_text("utf-8"))
    found = visitor.page.evaluate("axe.run('kitwright-chat', {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]


@needs_axe
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing(fake: Served, meet: Meet, api: FakeApi, way: str) -> None:
    has, options = WAYS[way]
    api.desk.banner = "A prototype: it may be wrong."
    visitor = meet(fake.url, browser_has=has, **options)
    if options.get("mode") != "inline":
        visitor.launcher.click()
    visitor.say("can I return swimwear?").sees("hygiene strip")
    visitor.panel.locator("summary").click()
    visitor.say("help").sees("I can help with these")
    visitor.shot(f"way-{way}")
    box, size = visitor.panel.bounding_box(), visitor.page.viewport_size
    assert box is not None
    assert size is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    assert _faults(visitor) == []
    visitor.panel.locator(".icon-bad").last.click()
    visitor.panel.locator(".chip").nth(1).click()
    visitor.shot(f"way-{way}-rating")
    assert _faults(visitor) == []
    visitor.panel.locator("[aria-haspopup=menu]").click()
    visitor.shot(f"way-{way}-menu")
    assert _faults(visitor) == []
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert visitor.panel.evaluate("it => it.scrollWidth - it.clientWidth") <= 0


@needs_axe
def test_axe_finds_nothing_at_the_gate_and_in_the_question(fake: Served, meet: Meet, api: FakeApi) -> None:
    api.desk.consent = {"text": "Your messages are read by a machine.", "url": "https://fernhill.example/privacy"}
    visitor = meet(fake.url, browser_has={"color_scheme": "dark"}).open()
    visitor.shot("consent-dark")
    assert _faults(visitor) == []
    visitor.button("I agree").click()
    visitor.say("hello").sees("You said: hello")
    visitor.menu("Delete my data")
    visitor.shot("confirm-dark")
    assert _faults(visitor) == []


def test_everything_works_by_keyboard_alone(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url)
    keys = visitor.page.keyboard
    keys.press("Tab")
    keys.press("Tab")
    expect(visitor.button("Open chat")).to_be_focused()
    keys.press("Enter")
    expect(visitor.field).to_be_focused()
    keys.type("help")
    keys.press("Enter")
    visitor.sees("I can help with these")
    expect(visitor.button("Send")).to_be_visible()
    keys.press("Shift+Tab")
    expect(visitor.button("Return something")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Enter")
    visitor.sees("You said: /track")
    expect(visitor.page.get_by_role("button", name="Bad answer")).to_have_count(2)
    expect(visitor.field).to_be_focused()
    for _ in range(5):  # past the thumbs of two replies
        keys.press("Shift+Tab")
    expect(visitor.log).to_be_focused()
    keys.press("Shift+Tab")
    expect(visitor.button("Close chat").first).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(visitor.page.get_by_role("menuitem", name="Talk to a person")).to_be_focused()
    keys.press("ArrowUp")
    expect(visitor.page.get_by_role("menuitem", name="Delete my data")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(visitor.page.get_by_role("alertdialog")).to_be_visible()
    keys.press("Escape")
    expect(visitor.page.get_by_role("alertdialog")).to_be_hidden()
    expect(visitor.button("More options")).to_be_focused()
    keys.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.button("Open chat")).to_be_focused()


def test_a_screen_reader_hears_whole_replies_once(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("how long is delivery?")
    visitor.sees("warehouse in Bristol")
    live = visitor.panel.locator("[aria-live=polite]")
    expect(live.locator("p")).to_have_count(1)
    expect(live).to_contain_text("Fern: A parcel within the country takes two to three days.")
    expect(visitor.log).to_have_attribute("aria-live", "off")
    assert "**" not in live.inner_text()
    visitor.page.reload()
    visitor.open().sees("warehouse in Bristol")
    expect(live.locator("p")).to_have_count(0)


def test_on_a_phone_the_chat_covers_the_page_and_keeps_the_focus(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, browser_has=PHONE).open()
    box = visitor.panel.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 640)
    expect(visitor.panel).to_have_attribute("aria-modal", "true")
    expect(visitor.field).not_to_be_focused()  # keys on the screen would cover the half of it
    for _ in range(12):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.localName") == "kitwright-chat"
    visitor.button("Close chat").click()
    expect(visitor.button("Open chat")).to_be_visible()


def test_nothing_moves_where_less_motion_is_wanted(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, browser_has={"reduced_motion": "reduce"}).open()
    visitor.say("how long is delivery, slowly")
    expect(visitor.page.locator(".streaming")).to_contain_text("You get")
    assert visitor.page.evaluate("chat.shadowRoot.getAnimations().length") == 0
    visitor.button("Stop the reply").click()


def test_the_enter_that_ends_a_composed_word_sends_nothing(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, lang="ja")
    visitor.launcher.click()
    visitor.field.fill("サイズ")
    composed = "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}"
    visitor.field.evaluate(f"it => it.dispatchEvent(new KeyboardEvent('keydown', {composed}))")
    expect(visitor.field).to_have_value("サイズ")
    visitor.field.press("Enter")
    visitor.sees("You said: サイズ")


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "ar", "ja"])
def test_the_chat_speaks_the_language_of_its_page(fake: Served, meet: Meet, api: FakeApi, language: str) -> None:
    texts = Path(__file__).parents[3] / "core" / "kitwright" / "serve" / "page" / "widget" / "texts" / f"{language}.js"
    lines = (line.strip().partition(": ") for line in texts.read_text("utf-8").splitlines() if line.startswith("  "))
    said = {key: json.loads(text.rstrip(",")) for key, _, text in lines}
    visitor = meet(fake.url, **{"page-lang": f"{language}-XX"})
    visitor.page.get_by_role("button", name=said["openChat"], exact=True).click()
    expect(visitor.log).to_contain_text(said["greeting"].replace("{bot}", "Fern"))
    expect(visitor.panel).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(visitor.panel).to_have_attribute("lang", language)
    visitor.say("swimwear").sees("hygiene strip")
    visitor.panel.locator(".icon-bad").click()
    visitor.shot(f"language-{language}")
    visitor.panel.locator("[aria-haspopup=menu]").click()
    visitor.shot(f"language-{language}-menu")
    assert api.desk.opened[0]["locale"] == language
