"""The widget against the real server: the museum bot without a language model, and the shop in a process of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.widget.conftest import ROOT, Meet
from e2e.widget.fake_server import FakeApi, create_fake
from e2e.widget.serving import Served, free_port
from kitwright.bot import Bot
from kitwright.generation import EchoBackend
from kitwright.serve import ServeSettings, create_app
from kitwright.store import Ratings
from unit.bot.museum import ASK_ADDRESS, GROUNDED, PARKING, museum_bot


@pytest.fixture
def bot(museum_kits: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bot]:
    """The museum bot, which takes its time over each word."""
    monkeypatch.setattr("kitwright.privacy.tagger.recogniser.is_installed", lambda: False)
    museum = museum_bot(museum_kits, backend=EchoBackend((GROUNDED,), delay_s=0.02))
    yield museum
    museum.close()


@pytest.fixture
def museum(bot: Bot) -> Iterator[Served]:
    """The museum's server."""
    served = Served(create_app([bot], settings=ServeSettings(), secret="s" * 40))
    yield served
    served.stop()


def _only_conversation(bot: Bot) -> str:
    [conversation] = bot.store.conversations(bot.name)
    return str(conversation)


def test_a_visitor_asks_gets_a_streamed_reply_and_finds_it_again(museum: Served, meet: Meet) -> None:
    visitor = meet(museum.url, path="/")
    expect(visitor.field).to_be_visible()
    visitor.say(PARKING).sees("There is a car park behind it")
    visitor.sees("stops in front of the house.")
    assert visitor.bubbles() == [PARKING, GROUNDED]
    visitor.shot("museum")
    visitor.page.reload()
    visitor.sees("stops in front of the house.")
    assert visitor.bubbles() == [PARKING, GROUNDED]


def test_what_one_wrote_about_oneself_comes_back_to_oneself(museum: Served, bot: Bot, meet: Meet) -> None:
    visitor = meet(museum.url, path="/").say(ASK_ADDRESS)
    visitor.sees("To which address may we write?")
    visitor.say("jo@visitor.example").sees("I will write to jo@visitor.example.")
    visitor.page.reload()
    visitor.sees("I will write to jo@visitor.example.")
    assert "jo@visitor.example" not in str(bot.events(_only_conversation(bot)))


def test_a_rating_with_a_correction_is_kept_without_personal_data(museum: Served, bot: Bot, meet: Meet) -> None:
    visitor = meet(museum.url, path="/").say(PARKING)
    visitor.button("Bad answer").click()
    visitor.page.get_by_label("Incomplete", exact=True).check()
    visitor.page.get_by_label("What would have been a better answer?").fill("Write to jo@visitor.example")
    visitor.button("Send feedback").click()
    expect(visitor.log).to_contain_text("Thank you.")
    [rating] = Ratings(bot.store.engine).of(bot.name, _only_conversation(bot))
    assert (rating.value, rating.reason) == (-1, "incomplete")
    assert rating.better
    assert "jo@visitor.example" not in rating.better
    visitor.page.reload()
    expect(visitor.button("Bad answer")).to_have_attribute("aria-pressed", "true")


def test_a_visitor_starts_again_downloads_and_deletes(museum: Served, bot: Bot, meet: Meet, tmp_path: Path) -> None:
    visitor = meet(museum.url, path="/").say(PARKING)
    visitor.sees("stops in front")
    with visitor.page.expect_download() as coming:
        visitor.menu("Download my data")
    coming.value.save_as(tmp_path / "mine.json")
    assert "car park" in (tmp_path / "mine.json").read_text("utf-8")
    visitor.menu("Start again")
    visitor.page.get_by_role("alertdialog").get_by_role("button", name="Start again").click()
    expect(visitor.log).not_to_contain_text("car park")
    visitor.say(ASK_ADDRESS).sees("To which address")
    visitor.page.reload()
    visitor.sees("To which address")
    assert len(visitor.bubbles()) == 2
    visitor.menu("Delete my data")
    visitor.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    visitor.sees("Your data have been deleted.")
    assert list(bot.store.conversations(bot.name)) == []


def test_a_reply_is_stopped(bot: Bot, meet: Meet, museum_kits: Path) -> None:
    slow = museum_bot(museum_kits, backend=EchoBackend((GROUNDED,), delay_s=5))
    served = Served(create_app([slow], settings=ServeSettings(), secret="s" * 40))
    visitor = meet(served.url, path="/").say(PARKING)
    visitor.button("Stop the reply").click()
    expect(visitor.button("Send")).to_be_visible()
    visitor.say("goodbye")
    expect(visitor.button("Send")).to_be_visible()
    assert visitor.bubbles()[0] == PARKING
    assert "Not sent." not in visitor.log.inner_text()
    served.stop()
    slow.close()


def test_a_person_takes_over_and_hands_back(museum: Served, bot: Bot, meet: Meet) -> None:
    desk = museum.app.state.reception.desk
    desk.staffed = lambda _bot: True
    visitor = meet(museum.url, path="/").say(PARKING)
    visitor.sees("stops in front")
    visitor.menu("Talk to a person")
    visitor.sees("A person has been asked to join.")
    conversation = _only_conversation(bot)
    museum.do(desk.record(bot.name, conversation, "agent_joined", agent="Ana"))
    visitor.sees("Ana has joined the chat.")
    museum.do(desk.io(bot.people.say, conversation, "Hello, this is Ana.", agent="Ana"))
    visitor.sees("Hello, this is Ana.")
    visitor.say("my bag was left in the museum")
    expect(visitor.button("Send")).to_be_visible()
    museum.do(desk.record(bot.name, conversation, "handed_back", agent="Ana"))
    visitor.sees("You are talking to the automated assistant again.")
    visitor.say(PARKING)
    expect(visitor.log.get_by_text("stops in front")).to_have_count(2)
    assert visitor.bubbles().count("my bag was left in the museum") == 1
    assert visitor.bubbles().count("Hello, this is Ana.") == 1


def test_a_page_of_another_origin_needs_to_be_allowed(bot: Bot, meet: Meet) -> None:
    elsewhere = Served(create_fake(FakeApi()))
    for origins, works in (((elsewhere.url,), True), ((), False)):
        served = Served(create_app([bot], settings=ServeSettings(origins=origins), secret="s" * 40))
        visitor = meet(elsewhere.url, also=served.url, bot="museum").open()
        if works:
            visitor.say(PARKING).sees("stops in front")
        else:
            expect(visitor.panel).to_contain_text("can not be reached")
            visitor.shot("refused")
        assert visitor.violations() == []
        visitor.page.close()
        served.stop()
    elsewhere.stop()


def _shop(port: int, folder: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "core", ROOT / "kits")))}
    command = [sys.executable, "-m", "kitwright", "serve", "clothing_support", "--echo", "--port", str(port)]
    running = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + 180
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return running
        except OSError:
            if running.poll() is not None:
                pytest.fail("the server ended")
            time.sleep(0.2)  # a process that starts can only be asked
    running.kill()
    raise TimeoutError("the server did not start")


def test_the_shops_page_survives_a_server_that_was_killed(meet: Meet, tmp_path: Path) -> None:
    port = free_port()
    server = _shop(port, tmp_path)
    try:
        visitor = meet(f"http://127.0.0.1:{port}", path="/").open()
        visitor.button("Can I return swimwear?").click()
        visitor.sees("hygiene strip")
        expect(visitor.button("Send")).to_be_visible()
        server.send_signal(signal.SIGKILL)
        server.wait()
        expect(visitor.panel).to_contain_text("Connection lost.")
        visitor.say("where is my order?")
        server = _shop(port, tmp_path)
        visitor.sees("What is your order number?")
        said = visitor.bubbles()
        assert said.count("where is my order?") == 1
        assert len([text for text in said if "order number" in text]) == 1
        visitor.shot("shop-after-restart")
    finally:
        server.terminate()
        server.wait(30)
