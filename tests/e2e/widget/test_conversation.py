"""People chat: open, ask, stream, press buttons, open sources, rate, correct, start again, come back."""

import pytest
from playwright.sync_api import expect

from e2e.widget.conftest import Meet
from e2e.widget.fake_server import FakeApi
from e2e.widget.serving import Served


def test_nothing_is_asked_of_the_server_before_the_chat_is_opened(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url)
    expect(visitor.button("Open chat")).to_be_visible()
    visitor.shot("launcher")
    assert not [line for line in visitor.asked if "/api/" in line]
    visitor.open()
    expect(visitor.log).to_contain_text("I am Fern")
    visitor.shot("opened")
    assert [line for line in visitor.asked if "/api/" in line] == ["GET /api/bots"]
    assert [event["name"] for event in visitor.page.evaluate("seen")] == ["ready", "opened"]


def test_a_question_is_answered_with_sources_to_open(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("can I return swimwear?")
    visitor.sees("hygiene strip")
    visitor.page.get_by_text("Sources (2)").click()
    link = visitor.page.get_by_role("link", name="Returning swimwear")
    expect(link).to_have_attribute("href", "https://fernhill.example/help/returns#swimwear")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(visitor.log).to_contain_text("Fernhill orders")
    visitor.shot("sources")
    assert [event["role"] for event in visitor.events("message")] == ["user", "bot"]


def test_a_reply_is_streamed_and_shown_once(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("how long is delivery, slowly")
    streaming = visitor.page.locator(".streaming")
    expect(streaming).to_contain_text("You get a")
    expect(visitor.button("Stop the reply")).to_be_visible()
    visitor.shot("streaming")
    fake.loop.call_soon_threadsafe(api.desk.hold.set)
    visitor.sees("warehouse in Bristol")
    expect(streaming).to_have_count(0)
    assert len(visitor.bubbles()) == 2
    assert "**" not in visitor.bubbles()[1]
    expect(visitor.log.locator("strong")).to_have_text("two to three days")


def test_a_reply_can_be_stopped(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("how long is delivery, slowly")
    expect(visitor.page.locator(".streaming")).to_contain_text("You get a")
    visitor.button("Stop the reply").click()
    visitor.sees("Stopped")
    expect(visitor.button("Send")).to_be_visible()
    expect(visitor.field).to_be_focused()
    [talk] = api.desk.talks.values()
    assert len(talk.cancelled) == 1
    visitor.say("thanks").sees("You said: thanks")
    visitor.shot("stopped")


def test_buttons_send_their_payload_and_show_their_title(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("help")
    visitor.button("Where is my order?").click()
    visitor.sees("You said: /track")
    assert visitor.bubbles()[-2] == "Where is my order?"
    expect(visitor.button("Return something")).to_have_count(0)
    expect(visitor.field).to_be_focused()


def test_rich_text_becomes_elements_and_nothing_else_does(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("rich, please")
    log = visitor.log
    expect(log.locator("a")).to_have_count(2)  # the reply is written to its end
    assert log.locator("li").all_inner_texts()[:2] == ["dresses and shirts", "shoes, unworn"]
    assert log.locator("ol li").all_inner_texts() == ["Open your order", "Choose Return"]
    assert [a.get_attribute("href") for a in log.locator("a").all()] == [
        "https://fernhill.example/returns",
        "https://fernhill.example/help",
    ]
    visitor.shot("rich")


def test_what_bot_and_user_write_never_becomes_markup(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("<b>hostile</b> <img src=x onerror=window.hacked=1>")
    visitor.sees("<script>window.hacked=1</script>")
    expect(visitor.button("Send")).to_be_visible()
    assert visitor.log.locator("img, script, b, a").count() == 0
    assert visitor.page.evaluate("window.hacked") is None
    assert visitor.bubbles()[0] == "<b>hostile</b> <img src=x onerror=window.hacked=1>"
    visitor.shot("hostile")


def test_a_good_answer_gets_a_thumb_and_it_can_be_taken_back(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    good = visitor.button("Good answer")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(visitor.log).to_contain_text("Thank you.")
    [talk] = api.desk.talks.values()
    assert list(talk.ratings.values()) == [{"value": 1}]
    visitor.page.reload()
    visitor.open()
    expect(good).to_have_attribute("aria-pressed", "true")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "false")
    assert list(talk.ratings.values()) == [{"value": 0}]


def test_a_bad_answer_gets_a_reason_and_a_better_answer(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    bad = visitor.button("Bad answer")
    bad.click()
    visitor.page.get_by_label("Wrong", exact=True).check()
    visitor.page.get_by_label("What would have been a better answer?").fill("Say hello back.")
    visitor.shot("rating")
    visitor.button("Send feedback").click()
    expect(visitor.log).to_contain_text("Thank you.")
    expect(bad).to_be_focused()
    [talk] = api.desk.talks.values()
    assert list(talk.ratings.values()) == [{"value": -1, "reason": "wrong", "better": "Say hello back."}]
    assert visitor.events("rating")[-1]["better"] == "Say hello back."


def test_a_reload_keeps_the_conversation(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("help")
    visitor.sees("I can help with these")
    visitor.page.reload()
    visitor.open().sees("I can help with these")
    assert visitor.bubbles() == ["help", "I can help with these:"]
    expect(visitor.button("Where is my order?")).to_be_visible()
    visitor.say("again").sees("You said: again")
    assert len(api.desk.talks) == 1


def test_start_again_clears_what_was_said(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.menu("Start again")
    visitor.shot("confirm")
    visitor.page.get_by_role("alertdialog").get_by_role("button", name="Start again").click()
    expect(visitor.log).not_to_contain_text("hello")
    visitor.page.reload()
    visitor.open()
    expect(visitor.log).to_contain_text("I am Fern")
    assert visitor.bubbles() == []


def test_starters_are_offered_until_something_is_said(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, starters=["Where is my order?", {"title": "Sizes", "payload": "/sizes"}]).open()
    visitor.button("Sizes").click()
    visitor.sees("You said: /sizes")
    expect(visitor.button("Where is my order?")).to_have_count(0)


def test_the_log_follows_unless_one_reads_above(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open()
    for _ in range(4):
        visitor.say("much")
        expect(visitor.button("Send")).to_be_visible()
    scroll = visitor.log
    assert scroll.evaluate("it => it.scrollHeight - it.scrollTop - it.clientHeight") < 5
    scroll.evaluate("it => { it.scrollTop = 0; it.dispatchEvent(new Event('scroll')); }")
    [talk] = api.desk.talks.values()
    fake.do(api.desk.say(talk, "bot", "One more thing."))
    expect(visitor.button("New messages")).to_be_visible()
    visitor.shot("scrolled")
    visitor.button("New messages").click()
    assert scroll.evaluate("it => it.scrollHeight - it.scrollTop - it.clientHeight") < 5


@pytest.mark.parametrize("key", ["Enter", "Shift+Enter"])
def test_enter_sends_and_shift_enter_breaks_the_line(fake: Served, meet: Meet, key: str) -> None:
    visitor = meet(fake.url).open()
    visitor.field.press_sequentially("one")
    visitor.field.press(key)
    if key == "Enter":
        visitor.sees("You said: one")
        expect(visitor.field).to_have_value("")
    else:
        expect(visitor.field).to_have_value("one\n")


def test_too_long_a_message_is_not_sent(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open()
    visitor.say("a" * 4003)
    expect(visitor.panel).to_contain_text("3 characters too many")
    visitor.shot("too-long")
    assert visitor.bubbles() == []
