"""Every page of the console in a browser: readable by axe-core's rules, on a phone, in the dark, and with no script."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.console.conftest import PASSWORD, Come
from e2e.web.tools import AXE, are_missed
from kitwright.bot import Bot

WAYS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}, "device_scale_factor": 2},
}
PAGES = ("/", "/search?words=park", "/ratings", "/dashboard", "/replies", "/staff", "/audit", "/account")


def _faults(page: Page) -> list[str]:
    page.evaluate(Path(AXE).read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.skipif(are_missed(), reason="axe-core is not installed: python tests/e2e/web/tools.py install")
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_and_nothing_sticks_out(bot: Bot, come: Come, way: str) -> None:
    for text in ("where can I park", "zzz qqq", "write to jo@visitor.example"):
        bot.reply(text, conversation="one-conversation")
    [event] = [e for e in bot.events("one-conversation") if e.kind == "bot"][:1]
    place = "/conversations/museum/one-conversation"
    ana = come("Ana", **WAYS[way])
    for path in (*PAGES, place, f"{place}/turns/{event.id}"):
        page = ana.see(path)
        page.wait_for_load_state()
        if path == "/dashboard":
            page.locator(".groups, .nothing").first.wait_for()
        ana.shot(f"{way}-{path.strip('/').split('?')[0].replace('/', '-') or 'live'}")
        assert (path, _faults(page)) == (path, [])
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, wide) == (path, 0)


def test_everything_is_reached_by_keyboard(bot: Bot, come: Come) -> None:
    bot.reply("where can I park", conversation="one-conversation")
    ana = come("Ana")
    ana.see("/")
    ana.page.keyboard.press("Tab")
    expect(ana.page.get_by_text("Skip to content")).to_be_focused()
    ana.page.keyboard.press("Enter")
    ana.page.locator("tbody a").focus()
    ana.page.keyboard.press("Enter")
    ana.page.get_by_role("button", name="Take over").focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_label("Reply", exact=True)).to_be_focused()


def test_forms_work_without_a_script(bot: Bot, come: Come) -> None:
    bot.reply("where can I park", conversation="one-conversation")
    ana = come(java_script_enabled=False)
    ana.see("/sign-in")
    ana.page.get_by_label("Name").fill("Ana")
    ana.page.get_by_label("Password").fill(PASSWORD)
    ana.press("Sign in")
    ana.page.locator("tbody a").click()
    ana.press("Take over")
    ana.page.get_by_label("Reply", exact=True).fill("Hello from Ana")
    ana.press("Send")
    expect(ana.page.locator("#log .line.agent")).to_contain_text("Hello from Ana")


def test_guessing_is_stopped_and_said(come: Come) -> None:
    stranger = come()
    told = stranger.page.get_by_role("alert")
    for guess in range(30):  # of five tries a minute; a slow page gets some back meanwhile
        stranger.sign_in("Ana", f"guess number {guess}")
        expect(told).to_be_visible()
        if "Too many tries" in told.inner_text():
            return
    pytest.fail("thirty guesses were taken")


def test_a_reviewer_can_not_take_over(bot: Bot, come: Come) -> None:
    bot.reply("where can I park", conversation="one-conversation")
    rob = come("Rob")
    page = rob.see("/conversations/museum/one-conversation")
    expect(page.get_by_role("button", name="Keep note")).to_be_visible()
    expect(page.get_by_role("button", name="Take over")).to_have_count(0)
    expect(rob.see("/staff").get_by_role("heading")).to_have_text("Not for you")
