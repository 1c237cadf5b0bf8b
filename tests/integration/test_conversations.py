"""Whole conversations with the real embedded models: the kits' own tests, and what must hold in any conversation."""

import asyncio
import json
import re
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from kitwright.bot import Bot
from kitwright.dataset import ConversationTest
from kitwright.evaluation import run_conversation
from kitwright.kit import load_bot_file, load_kit
from kitwright.types import Reply

ROOT = Path(__file__).parents[2]
BOTS = sorted(path.parent.name for path in (ROOT / "bots").rglob("bot.yaml"))
STEPS = "receive scrub understand guard_in decide retrieve prompt generate guard_out restore reply".split()
QUESTIONS = (
    "can I return swimwear?",
    "how much is delivery to Ireland?",
    "When is the Edinburgh shop open?",
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
ORDERS = {
    "1050": "cormac.geraghty@example.com",  # not 1043, which a passage gives as an example
    "1044": "leila.farahani@example.com",
    "1059": "tom.ashworth@example.org",
    "1073": "seun.adebayo@example.com",
    "1079": "abdi.warsame@example.org",
    "1091": "diego.fuentes@example.net",
}
ODD = {
    "50 kB": "my parcel is late and " * 2300,
    "nothing but spaces": " \t \u3000 \n",
    "emoji": "🧥🧦👖 ❓ 👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "right to left": "أين طلبي؟ \u202eeht si erehw\u202c שלום",
    "NUL and control": "hel\x00lo\x1b[2J\x07 there\x7f",
    "half a surrogate pair": "well \ud83d then \udc00",
    "2,000 newlines": "so\n" + "\n" * 2000 + "what",
    "template": "{{7*7}} {% for x in range(9) %}{{ self.__init__ }}{% endfor %} {order_number}",
    "SQL": '\'; DROP TABLE events; -- " OR "1"="1',
    "stacked accents": "h" + "\u0301\u0323\u0336" * 300 + "i",
    "markup": "<script>alert(1)</script><EMAIL_ADDRESS_1>[link](javascript:0)",
}


class Streamed(NamedTuple):
    """An answer as it came: piece by piece, and whole."""

    question: str
    conversation: str
    deltas: tuple[str, ...]
    reply: Reply


def _new() -> str:
    return f"conversation-{uuid.uuid4().hex}"


def _streamed(bot: Bot, question: str, conversation: str) -> Streamed:
    async def collect() -> Streamed:
        events = [event async for event in bot.stream(question, conversation=conversation)]
        assert [event.kind for event in events] == ["delta"] * (len(events) - 1) + ["message"]
        assert events[-1].reply is not None
        assert events[-1].text == events[-1].reply.text
        return Streamed(question, conversation, tuple(e.text for e in events[:-1]), events[-1].reply)

    return asyncio.run(collect())


def _says(bot: Bot, reply: Reply, response: str) -> bool:
    return any(wording in reply.text for wording in bot.wordings(response))


def _kit_tests() -> list[tuple[str, ConversationTest]]:
    return [(name, test) for name in BOTS for test in load_kit(load_bot_file(name).kit).tests]


@pytest.fixture(scope="module")
def answers(real_bot: Bot) -> Sequence[Streamed]:
    """The answers to `QUESTIONS`, each in a conversation of its own."""
    return [_streamed(real_bot, question, _new()) for question in QUESTIONS]


@pytest.mark.parametrize(("name", "test"), _kit_tests(), ids=lambda value: getattr(value, "test_case", value))
def test_the_kits_own_conversations(real_bots: Callable[[str], Bot], name: str, test: ConversationTest) -> None:
    result = run_conversation(test, real_bots(name))
    assert result.failures == (), result.transcript


def test_the_pieces_of_an_answer_add_up_to_it(answers: Sequence[Streamed]) -> None:
    assert ["".join(answer.deltas) for answer in answers] == [answer.reply.text for answer in answers]


def test_the_pieces_of_a_fixed_text_add_up_to_it(real_bot: Bot) -> None:
    conversation = _new()
    for text in ("where is my order", "1050", ORDERS["1050"]):
        streamed = _streamed(real_bot, text, conversation)
        assert "".join(streamed.deltas) == streamed.reply.text != ""


def test_every_number_of_an_answer_stands_in_its_sources(real_bot: Bot, answers: Sequence[Streamed]) -> None:
    passages = {passage.id: f"{passage.title} {passage.text}" for passage in real_bot.kit.passages}
    checked = 0
    for answer in answers:
        stated = {n for source in answer.reply.sources for n in NUMBER.findall(passages[source.id])}
        assert set(NUMBER.findall(answer.reply.text)) <= stated, answer
        checked += len(NUMBER.findall(answer.reply.text))
    assert checked >= 4


def test_answers_name_a_source_of_the_right_folder(answers: Sequence[Streamed]) -> None:
    folders = [answer.reply.sources[0].id.partition("/")[0] for answer in answers]
    assert folders == ["returns", "delivery", "shops"]


def test_every_turn_leaves_a_note_of_each_step(answers: Sequence[Streamed]) -> None:
    for answer in answers:
        assert [entry.step for entry in answer.reply.trace] == STEPS
        assert all(entry.ms >= 0 for entry in answer.reply.trace)


def test_the_same_question_gets_the_same_answer(real_bot: Bot, answers: Sequence[Streamed]) -> None:
    assert real_bot.reply(QUESTIONS[0], conversation=_new()).text == answers[0].reply.text


def test_what_was_said_is_what_is_kept(real_bot: Bot, answers: Sequence[Streamed]) -> None:
    for answer in answers:
        kept = [event.data["text"] for event in real_bot.events(answer.conversation) if event.kind in ("user", "bot")]
        assert kept == [answer.question, answer.reply.text]


def test_six_conversations_at_once_stay_apart(real_bot: Bot) -> None:
    together = threading.Barrier(len(ORDERS))

    def talk(number: str, mail: str) -> tuple[str, list[str]]:
        conversation, replies = _new(), []
        for text in ("where is my order", f"it is {number}", mail, "and which order was that?"):
            together.wait(timeout=60)
            replies.append(real_bot.reply(text, conversation=conversation).text)
        return conversation, replies

    with ThreadPoolExecutor(len(ORDERS)) as threads:
        talks = dict(zip(ORDERS, threads.map(talk, ORDERS, ORDERS.values()), strict=True))
    for number, (conversation, replies) in talks.items():
        assert number in replies[2]
        assert not [other for other in ORDERS if other != number and other in " ".join(replies[2:])]
        assert real_bot.slots(conversation)["order_number"] == number


def test_turns_of_one_conversation_never_mix(real_bot: Bot) -> None:
    conversation = _new()
    texts = [f"hello number {word}" for word in ("one", "two", "three", "four", "five", "six")]
    with ThreadPoolExecutor(len(texts)) as threads:
        replies = list(threads.map(lambda text: real_bot.reply(text, conversation=conversation), texts))
    events = [event for event in real_bot.events(conversation) if event.kind in ("user", "bot")]
    assert [event.kind for event in events] == ["user", "bot"] * len(texts)
    assert sorted(str(event.data["text"]) for event in events[::2]) == sorted(texts)
    assert sorted(str(event.data["text"]) for event in events[1::2]) == sorted(reply.text for reply in replies)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_messages_get_a_reply_and_the_flow_goes_on(real_bot: Bot, odd: str) -> None:
    conversation = _new()
    assert _says(real_bot, real_bot.reply("where is my order", conversation=conversation), "utter_ask_order_number")
    reply = real_bot.reply(odd, conversation=conversation)
    assert reply.text.strip()
    assert "49" not in reply.text
    json.dumps(reply.as_record(""), ensure_ascii=False).encode("utf-8")
    assert _says(real_bot, real_bot.reply("it is 1043", conversation=conversation), "utter_ask_proof")


def test_personal_data_is_kept_nowhere(real_bot: Bot) -> None:
    conversation = _new()
    told = (
        "Hi, where's my parcel? order FH-1043, email maya.lindqvist@example.com",
        "call me on 07700 900143 or write to 14 Foss Lane, BS6 5QA please",
    )
    replies = [real_bot.reply(text, conversation=conversation) for text in told]
    kept = json.dumps([dict(event.data) for event in real_bot.events(conversation)])
    traces = repr([reply.trace for reply in replies])
    for personal in ("maya.lindqvist", "900143", "BS6"):
        assert personal not in kept
        assert personal not in traces


def test_a_forgotten_conversation_begins_anew(real_bot: Bot) -> None:
    conversation = _new()
    real_bot.reply("where is order 1043", conversation=conversation)
    assert real_bot.slots(conversation)["order_number"] == "1043"
    assert real_bot.forget(conversation).deletion.rows["user"] == 1
    assert real_bot.events(conversation) == ()
    real_bot.reply("hello", conversation=conversation)
    assert "order_number" not in real_bot.slots(conversation)


def test_a_button_does_what_it_says(real_bot: Bot) -> None:
    conversation = _new()
    asked = real_bot.reply("cancel order 1103, postcode BA2 6QE", conversation=conversation)
    keep = next(button for button in asked.buttons if button.title == "No, keep it")
    assert _order_kept(real_bot, real_bot.reply(keep.payload, conversation=conversation))


def _order_kept(bot: Bot, reply: Reply) -> bool:
    return any(wording.format(order_number="1103") in reply.text for wording in bot.wordings("utter_order_kept"))


def test_a_listener_who_leaves_does_not_stop_the_turn(real_bot: Bot) -> None:
    conversation = _new()

    async def leave() -> None:
        stream = real_bot.stream("where is my order", conversation=conversation)
        await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]

    asyncio.run(leave())
    assert _says(real_bot, real_bot.reply("it is 1043", conversation=conversation), "utter_ask_proof")
