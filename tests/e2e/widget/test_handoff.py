"""A person takes over and hands back, with the visitor seeing it."""

from playwright.sync_api import expect

from e2e.widget.conftest import Meet
from e2e.widget.fake_server import FakeApi
from e2e.widget.serving import Served


def test_a_person_takes_over_and_hands_back(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.menu("Talk to a person")
    visitor.sees("A person has been asked to join.")
    expect(visitor.panel).to_contain_text("Waiting for a person")
    visitor.shot("waiting")
    [talk] = api.desk.talks.values()
    fake.do(api.desk.to_state(talk, "agent", "Ana Ruiz"))
    visitor.sees("Ana Ruiz has joined the chat.")
    fake.do(api.desk.say(talk, "agent", "Hi, how can I help?", agent="Ana Ruiz"))
    visitor.sees("Hi, how can I help?")
    visitor.say("my parcel is lost")
    expect(visitor.button("Send")).to_be_visible()
    expect(visitor.page.locator(".typing")).to_be_hidden()
    visitor.shot("agent")
    fake.do(api.desk.to_state(talk, "bot"))
    visitor.sees("You are talking to the automated assistant again.")
    visitor.say("thanks").sees("You said: thanks")
    assert visitor.bubbles().count("my parcel is lost") == 1
    states = [(event["state"], event["agent"]) for event in visitor.events("handoff")]
    assert states == [("waiting", None), ("agent", "Ana Ruiz"), ("bot", None)]


def test_where_nobody_can_come_one_is_told(fake: Served, meet: Meet, api: FakeApi) -> None:
    api.desk.staffed = False
    visitor = meet(fake.url).open()
    visitor.menu("Talk to a person")
    visitor.sees("No one can join right now.")
    expect(visitor.panel).to_contain_text("Automated assistant")
    visitor.say("hello").sees("You said: hello")


def test_a_reply_may_hand_over(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("a person, please")
    visitor.sees("A person has been asked to join.")
    visitor.button("More options").click()
    expect(visitor.page.get_by_role("menu").get_by_text("Talk to a person")).to_be_hidden()


def test_a_person_is_heard_behind_a_closed_chat_and_after_a_reload(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("a person, please")
    visitor.sees("A person has been asked to join.")
    with visitor.page.expect_request("**/events*"):
        visitor.page.reload()
    [talk] = api.desk.talks.values()
    fake.do(api.desk.to_state(talk, "agent", "Ana"))
    fake.do(api.desk.say(talk, "agent", "Still there?", agent="Ana"))
    unread = visitor.page.get_by_role("button", name="Open chat, New messages: 1")
    expect(unread).to_be_visible()
    visitor.shot("unread")
    unread.click()
    visitor.sees("Still there?")
    assert visitor.bubbles().count("Still there?") == 1


def test_two_tabs_show_the_same(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.menu("Keep this chat on this device")
    another = visitor.page.context.new_page()
    another.goto(visitor.page.url)
    another.get_by_role("button", name="Open chat").click()
    expect(another.get_by_role("log")).to_contain_text("You said: hello")
    visitor.say("from the first").sees("You said: from the first")
    expect(another.get_by_role("log").get_by_text("from the first", exact=True)).to_have_count(1)
    expect(another.get_by_role("log").get_by_text("You said: from the first")).to_have_count(1)
