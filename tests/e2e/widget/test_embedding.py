"""The widget in pages of others: a strict policy, another origin, script tags, attributes, the host page's API."""

import pytest
from playwright.sync_api import expect

from e2e.widget.conftest import Meet
from e2e.widget.fake_server import FakeApi, create_fake
from e2e.widget.serving import Served


def test_a_strict_policy_is_never_violated(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url, mode="inline", target="#place").say("rich, please")
    visitor.sees("unworn")
    visitor.button("Bad answer").click()
    visitor.button("Send feedback").click()
    with visitor.page.expect_download():
        visitor.menu("Download my data")
    visitor.menu("Delete my data")
    visitor.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    visitor.sees("Your data have been deleted.")
    visitor.shot("inline")
    assert visitor.violations() == []


@pytest.mark.parametrize("allowed", [True, False])
def test_a_page_of_another_origin_works_where_it_is_allowed(meet: Meet, allowed: bool) -> None:
    elsewhere = Served(create_fake(FakeApi()))
    served = Served(create_fake(FakeApi(), allowed=(elsewhere.url,) if allowed else ()))
    visitor = meet(elsewhere.url, also=served.url).open()
    if allowed:
        visitor.say("hello").sees("You said: hello")
    else:
        expect(visitor.panel).to_contain_text("can not be reached")
    assert visitor.violations() == []
    served.stop()
    elsewhere.stop()


def test_the_host_page_steers_the_chat_and_hears_of_it(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url)
    visitor.page.evaluate("chat.open()")
    expect(visitor.panel).to_be_visible()
    visitor.page.evaluate("chat.toggle()")
    expect(visitor.panel).to_be_hidden()
    visitor.page.evaluate("chat.toggle()")
    assert visitor.page.evaluate("chat.sendMessage('hello')") is True
    visitor.sees("You said: hello")
    visitor.page.evaluate("chat.setUser({name: 'Maya'})")
    expect(visitor.log).to_contain_text("Hello Maya!")
    visitor.page.evaluate("chat.reset()")
    expect(visitor.log).not_to_contain_text("You said")
    visitor.page.evaluate("chat.close()")
    names = [event["name"] for event in visitor.page.evaluate("seen")]
    assert names == ["ready", "opened", "closed", "opened", "message", "message", "closed"]


def test_attributes_and_markup_do_the_same_as_mount(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, mount="no")
    visitor.page.evaluate(
        """() => {
          const chat = document.createElement("kitwright-chat");
          const attributes = {bot: "clothing_support", mode: "inline", heading: "Ask us", starters: '["Sizes"]'};
          for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
          document.getElementById("place").append(chat);
        }"""
    )
    expect(visitor.panel).to_contain_text("Ask us")
    expect(visitor.button("Sizes")).to_be_visible()
    visitor.page.evaluate("document.querySelector('kitwright-chat').setAttribute('lang', 'de')")
    expect(visitor.log).to_contain_text("Guten Tag! Ich bin Fern.")
    visitor.page.evaluate("document.querySelector('kitwright-chat').remove()")
    expect(visitor.panel).to_have_count(0)


def test_the_look_is_the_host_pages_to_choose_and_its_styles_stay_out(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, open=True)
    visitor.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            kitwright-chat { --kitwright-accent: rgb(90, 30, 120); --kitwright-radius: 4px }
            kitwright-chat::part(title) { font-style: italic }
          `);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    look = "(it, name) => getComputedStyle(it)[name]"
    assert visitor.button("Close chat").last.evaluate(look, "backgroundColor") == "rgb(90, 30, 120)"
    assert visitor.panel.evaluate(look, "borderRadius") == "4px"
    assert visitor.panel.locator("h2").evaluate(look, "fontStyle") == "italic"
    assert visitor.panel.evaluate(look, "letterSpacing") == "normal"
    assert "Georgia" not in visitor.panel.evaluate(look, "fontFamily")
    visitor.shot("own-colours")


@pytest.mark.parametrize("look", ["light", "dark", "phone", "wide"])
def test_the_shops_page_has_the_chat_in_place(fake: Served, meet: Meet, look: str) -> None:
    sizes = {"phone": (320, 700), "wide": (1440, 900)}
    width, height = sizes.get(look, (1100, 800))
    has = {"viewport": {"width": width, "height": height}, "color_scheme": "dark" if look == "dark" else "light"}
    visitor = meet(fake.url, path="/", browser_has=has)
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    visitor.shot(f"shop-{look}")
    visitor.page.screenshot(path=visitor.shots / f"shop-{look}-whole.png", full_page=True)
    assert visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    visitor.button("Ask about a return").click()
    visitor.sees("hygiene strip")
    visitor.shot(f"shop-{look}-chat")


def test_a_bot_without_a_page_has_a_plain_one(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, path="/bots/clothing_support")
    expect(visitor.log).to_be_visible()
    visitor.say("help").sees("I can help with these")
    visitor.shot("plain")
