"""A bot that is killed in mid-reply: what was answered before is kept whole, and the conversation goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kitwright.bot import Bot, load_bot
from kitwright.encoder import HashingEncoder
from kitwright.generation import EchoBackend
from kitwright.kit import new_kit
from kitwright.store import SqlStore

ROOT = Path(__file__).parents[2]
NAME = "museum"
TEXTS = ("hello", "where can I park", "do you have a café", "can I bring my dog", "I want to plan a visit")
UNFINISHED = "how much does it cost to get in, " * 8
CHILD = """
import sys
from kitwright.bot import load_bot
from kitwright.generation import EchoBackend
from kitwright.encoder import HashingEncoder
from kitwright.store import SqlStore

class Loud(EchoBackend):
    def stream(self, prompt, *, cancelled):
        for word in super().stream(prompt, cancelled=cancelled):
            print("word", flush=True)
            yield word

store, *texts = sys.argv[1:]
bot = load_bot("museum", backend=Loud(delay_s=0.05), encoder=HashingEncoder(), store=SqlStore(store))
for number, text in enumerate(texts):
    print("sent", number, flush=True)
    bot.reply(text, conversation="one")
    print("answered", number, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a store in a project with a small kit."""
    new_kit(NAME, tmp_path)
    monkeypatch.chdir(tmp_path)
    return f"sqlite:///{tmp_path}/talks.sqlite"


def _bot(store: str) -> Bot:
    return load_bot(NAME, backend=EchoBackend(), encoder=HashingEncoder(), store=SqlStore(store))


def _killed_in_mid_reply(store: str, texts: tuple[str, ...]) -> list[str]:
    """What a child said up to the second word of its last reply, when it was killed."""
    command = [sys.executable, "-c", CHILD, store, *texts]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "core")}
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        for line in child.stdout:
            said.append(line.strip())
            if said[-2:] == ["word", "word"] and f"sent {len(texts) - 1}" in said:
                child.send_signal(signal.SIGKILL)
                break
        assert child.wait(timeout=60) == -signal.SIGKILL
    return said


def test_turns_before_the_kill_are_kept_and_the_conversation_goes_on(store: str) -> None:
    said = _killed_in_mid_reply(store, (*TEXTS, UNFINISHED))
    assert [line for line in said if line.startswith("answered")] == [f"answered {n}" for n in range(len(TEXTS))]
    bot = _bot(store)
    kept = bot.events("one")
    assert tuple(event.data["text"] for event in kept if event.kind == "user") == TEXTS
    assert [event.kind for event in kept if event.kind in ("user", "bot")] == ["user", "bot"] * len(TEXTS)
    assert all(event.data["text"] for event in kept if event.kind == "bot")
    # The visit that was being planned is still open: a day is all it needs.
    reply = bot.reply("Saturday", conversation="one")
    bot.close()
    assert "10 to 18" in reply.text
    assert [event.kind for event in SqlStore(store).events(NAME, "one")].count("user") == len(TEXTS) + 1


def test_a_conversation_killed_at_its_first_word_begins_anew(store: str) -> None:
    _killed_in_mid_reply(store, (UNFINISHED,))
    bot = _bot(store)
    assert bot.events("one") == ()
    assert bot.reply("hello", conversation="one").text
    bot.close()
