"""What is the visitor's to decide: consent, what this device keeps, a copy of their data, deletion."""

import json
from pathlib import Path

from playwright.sync_api import expect

from e2e.widget.conftest import Meet
from e2e.widget.fake_server import FakeApi
from e2e.widget.serving import Served

ASKS = {
    "text": "Your messages are read by a **machine**. Names are removed first.",
    "url": "https://fernhill.example/privacy",
}


def test_nothing_is_sent_before_consent_where_the_kit_asks_for_it(fake: Served, meet: Meet, api: FakeApi) -> None:
    api.desk.consent = ASKS
    visitor = meet(fake.url).open()
    expect(visitor.panel).to_contain_text("Before we start")
    expect(visitor.page.get_by_role("textbox")).to_have_count(0)
    expect(visitor.page.get_by_role("link", name="Read more")).to_have_attribute("href", ASKS["url"])
    visitor.shot("consent")
    assert visitor.page.evaluate("chat.sendMessage('hello')") is False
    visitor.button("I agree").click()
    expect(visitor.field).to_be_focused()
    visitor.say("hello").sees("You said: hello")
    assert api.desk.opened == [{"bot": "clothing_support", "locale": "en", "consent": True}]
    visitor.page.reload()
    visitor.open().sees("You said: hello")


def test_consent_can_be_refused_and_reconsidered(fake: Served, meet: Meet, api: FakeApi) -> None:
    api.desk.consent = ASKS["text"]
    visitor = meet(fake.url).open()
    visitor.button("No, thank you").click()
    expect(visitor.panel).to_contain_text("Nothing was sent.")
    visitor.shot("declined")
    visitor.button("Back").click()
    visitor.button("I agree").click()
    expect(visitor.field).to_be_visible()
    assert api.desk.opened == []


def test_a_chat_outlasts_the_tab_only_if_the_visitor_agreed(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    another = visitor.page.context.new_page()
    another.goto(visitor.page.url)
    assert another.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    visitor.menu("Keep this chat on this device")
    visitor.button("More options").click()
    expect(visitor.page.get_by_role("menuitemcheckbox")).to_have_attribute("aria-checked", "true")
    visitor.shot("menu")
    another.reload()
    another.get_by_role("button", name="Open chat").click()
    expect(another.get_by_role("log")).to_contain_text("You said: hello")
    visitor.page.keyboard.press("Escape")
    visitor.menu("Keep this chat on this device")
    assert another.evaluate("Object.keys(localStorage)") == []


def test_what_is_kept_on_the_device_holds_no_words_and_ends(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, rememberDays=7, user={"id": "maya@example.com", "name": "Maya"}).open().say("my secret")
    visitor.sees("You said: my secret")
    visitor.menu("Keep this chat on this device")
    [(key, kept)] = visitor.page.evaluate("Object.entries(localStorage)")
    assert "secret" not in kept
    assert "maya" not in key + kept
    week = json.loads(kept)["until"] - visitor.page.evaluate("Date.now()")
    assert 6.9 < week / 86_400_000 <= 7
    visitor.page.evaluate(
        "([key, kept]) => localStorage.setItem(key, JSON.stringify({...JSON.parse(kept), until: 1}))", [key, kept]
    )
    visitor.page.reload()
    visitor.open()
    expect(visitor.log).to_contain_text("Hello Maya!")
    assert visitor.bubbles() == []
    assert visitor.page.evaluate("localStorage.length") == 0


def test_ones_data_can_be_downloaded(fake: Served, meet: Meet, tmp_path: Path) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    with visitor.page.expect_download() as coming:
        visitor.menu("Download my data")
    coming.value.save_as(tmp_path / "mine.json")
    assert coming.value.suggested_filename == "my-chat.json"
    mine = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    assert [message["text"] for message in mine["messages"]] == ["hello", "You said: hello"]


def test_ones_data_can_be_deleted(fake: Served, meet: Meet, api: FakeApi) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    visitor.menu("Keep this chat on this device")
    visitor.menu("Delete my data")
    dialog = visitor.page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("deleted for good")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dialog.get_by_role("button", name="Delete").click()
    visitor.sees("Your data have been deleted.")
    visitor.shot("deleted")
    assert api.desk.talks == {}
    assert visitor.bubbles() == []
    assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
    visitor.say("new").sees("You said: new")


def test_a_deletion_that_failed_deletes_nothing_here(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url).open().say("hello")
    visitor.sees("You said: hello")
    fake.stop()
    visitor.menu("Delete my data")
    visitor.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(visitor.panel).to_contain_text("That did not go through")
    assert visitor.bubbles() == ["hello", "You said: hello"]


def test_two_people_on_one_device_do_not_see_each_others_chats(fake: Served, meet: Meet) -> None:
    visitor = meet(fake.url, user={"id": "1", "name": "Maya"}).open().say("hello")
    visitor.sees("You said: hello")
    visitor.page.evaluate("chat.setUser({id: '2', name: 'Jo'})")
    expect(visitor.log).to_contain_text("Hello Jo!")
    assert visitor.bubbles() == []
    visitor.page.evaluate("chat.setUser({id: '1', name: 'Maya'})")
    visitor.sees("You said: hello")


def test_the_kits_banner_is_shown(fake: Served, meet: Meet, api: FakeApi) -> None:
    api.desk.banner = {"text": "A prototype, not a doctor. In an emergency call [112](tel:112).", "kind": "emergency"}
    visitor = meet(fake.url).open()
    note = visitor.page.get_by_role("note")
    expect(note).to_contain_text("A prototype, not a doctor.")
    expect(note.get_by_role("link")).to_have_attribute("href", "tel:112")
    visitor.shot("banner")
