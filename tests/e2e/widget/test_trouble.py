"""When things go wrong: a lost connection, a busy, failing or restarted server, no network, an expired chat."""

from playwright.sync_api import expect

from e2e.widget.conftest import Meet
from e2e.widget.fake_server import FakeApi
from e2e.widget.serving import Served


def test_a_dropped_reply_is_fetched_again_and_shown_once(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open()
    api.desk.drops = 2
    visitor.say("hello").sees("You said: hello")
    expect(visitor.button("Send")).to_be_visible()
    assert visitor.bubbles() == ["hello", "You said: hello"]
    assert len(api.desk.ran) == 1
    assert len([line for line in visitor.asked if line.endswith("/messages")]) == 3


def test_buttons_that_were_lost_with_the_connection_come_after_all(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open()
    visitor.say("hello").sees("You said")
    api.desk.drops = 1
    visitor.say("help").sees("I can help")
    expect(visitor.button("Where is my order?")).to_be_visible()
    assert visitor.bubbles()[2:] == ["help", "I can help with these:"]


def test_a_busy_server_is_asked_again_and_one_is_told(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open()
    api.desk.busy = 2
    visitor.say("hello")
    expect(visitor.panel).to_contain_text("Many people are asking right now.")
    visitor.shot("busy")
    visitor.sees("You said: hello")
    expect(visitor.panel).not_to_contain_text("Many people")


def test_a_failed_reply_can_be_tried_again_under_its_old_id(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open()
    api.desk.failures = 1
    visitor.say("how long is delivery?")
    visitor.sees("Not sent.")
    visitor.shot("failed")
    assert visitor.bubbles() == ["how long is delivery?"]
    [error] = visitor.events("error")
    assert (error["about"], error["kind"], error["code"]) == ("message", "failed", "KW303")
    visitor.button("Try again").click()
    visitor.sees("warehouse in Bristol")
    assert len(visitor.bubbles()) == 2
    assert len(set(api.desk.ran)) == 1
    expect(visitor.field).to_be_focused()


def test_a_refused_message_is_not_sent_again(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("refuse this")
    visitor.sees("This message could not be taken.")
    expect(visitor.button("Try again")).to_have_count(0)
    visitor.say("hello").sees("You said: hello")


def test_what_is_written_offline_is_sent_when_one_is_back(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.page.context.set_offline(True)
    visitor.say("are you there?")
    expect(visitor.panel).to_contain_text("You are offline.")
    visitor.shot("offline")
    visitor.page.context.set_offline(False)
    visitor.sees("You said: are you there?")
    expect(visitor.panel).to_contain_text("Connected again.")
    assert len(api.desk.ran) == 2


def test_the_chat_reconnects_after_the_server_was_restarted(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    fake.stop()
    expect(visitor.panel).to_contain_text("Connection lost.")
    visitor.shot("reconnecting")
    visitor.say("still there?")
    fake.start()
    visitor.sees("You said: still there?")
    assert visitor.bubbles() == ["hello", "You said: hello", "still there?", "You said: still there?"]
    [talk] = api.desk.talks.values()
    fake.do(api.desk.say(talk, "bot", "Back again."))
    visitor.sees("Back again.")


def test_what_happened_while_one_was_away_is_shown_once(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.button("Close chat").first.click()
    [talk] = api.desk.talks.values()
    fake.do(api.desk.say(talk, "bot", "One more thing."))
    visitor.open().sees("One more thing.")
    assert visitor.bubbles() == ["hello", "You said: hello", "One more thing."]


def test_a_conversation_that_is_no_more_gives_way_to_a_new_one(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.button("Close chat").first.click()
    api.desk.talks.clear()
    visitor.page.reload()
    visitor.open().say("hello again").sees("You said: hello again")
    assert visitor.bubbles() == ["hello again", "You said: hello again"]


def test_a_message_to_an_expired_conversation_opens_a_new_one(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    [old] = api.desk.talks.values()
    old.token = "another"
    visitor.say("next").sees("You said: next")
    expect(visitor.log).to_contain_text("The earlier conversation has ended.")
    assert visitor.bubbles()[-2:] == ["next", "You said: next"]
    visitor.shot("ended")


def test_a_server_that_is_not_there_is_said_so_and_tried_again(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url)
    fake.stop()
    visitor.open()
    expect(visitor.panel).to_contain_text("can not be reached")
    visitor.shot("unreachable")
    fake.start()
    visitor.button("Try again").click()
    expect(visitor.field).to_be_focused()
    visitor.say("hello").sees("You said: hello")
