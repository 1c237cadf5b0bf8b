"""A visitor's page and the console, both open: hand over, answer, hand back; each sees the other at once."""

from playwright.sync_api import expect

from e2e.console.conftest import Come
from e2e.widget.conftest import Meet
from e2e.widget.conftest import meet as meet  # the fixture
from e2e.widget.serving import Served

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"


def test_hand_over_and_back_with_both_pages_open(museum: Served, meet: Meet, come: Come) -> None:
    visitor = meet(museum.url, path="/")
    visitor.say("where can I park").sees("There is a car park behind it")
    ana = come("Ana")
    visitor.menu("Talk to a person")
    visitor.sees("A person has been asked to join.")
    expect(ana.page.locator("tr.waiting")).to_have_count(1)
    expect(ana.page.locator("#waiting")).to_contain_text("1")
    ana.shot("waiting")
    ana.page.locator("tr.waiting a").click()
    ana.press("Take over")
    visitor.sees("Ana has joined the chat.")
    reply = ana.page.get_by_label("Reply", exact=True)
    expect(reply).to_be_focused()
    ana.page.keyboard.type("Hello, I am Ana.")
    ana.page.keyboard.press("Control+Enter")
    visitor.sees("Hello, I am Ana.")
    expect(reply).to_have_value("")
    expect(ana.page.locator("#log .line.agent")).to_have_count(1)
    visitor.say("my address is jo@visitor.example")
    expect(ana.page.locator("#log")).to_contain_text("email address 1")
    expect(ana.page.locator("#log")).not_to_contain_text("jo@visitor.example")
    visitor.say(SCRIPT)
    expect(ana.page.locator("#log")).to_contain_text("<script>")
    assert ana.page.evaluate("window.hacked") is None
    ana.shot("with-ana")
    ana.press("Hand back to the bot")
    visitor.sees("You are talking to the automated assistant again.")
    visitor.say("where can I park")
    expect(visitor.log.get_by_text("There is a car park behind it")).to_have_count(2)
    expect(ana.page.locator("#log .line.bot")).to_have_count(2)


def test_a_text_that_is_being_written_is_kept_while_news_come(museum: Served, meet: Meet, come: Come) -> None:
    visitor = meet(museum.url, path="/")
    visitor.say("where can I park").sees("There is a car park behind it")
    ana = come("Ana")
    ana.page.locator("tbody a").click()
    ana.press("Take over")
    ana.page.get_by_label("Reply", exact=True).fill("half a sen")
    visitor.say("are you there?")
    expect(ana.page.locator("#log")).to_contain_text("are you there?")
    expect(ana.page.get_by_label("Reply", exact=True)).to_have_value("half a sen")
