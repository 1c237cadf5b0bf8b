"""The leak test: it finds what is planted in any form, passes a sound bot, and says where a leaking one leaks."""

import base64
import gzip
import json
import logging
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_plus

import httpx
import pytest

from kitwright.bot import Bot
from kitwright.encoder import HashingEncoder
from kitwright.privacy import PresidioScrubber
from kitwright.types import Reply
from kitwright.workshop.privacy.leaks import AuditResult, audit_bot
from kitwright.workshop.privacy.leaks.canary import WORDINGS, Aviary, Canary
from kitwright.workshop.privacy.leaks.conversation import Writer
from kitwright.workshop.privacy.leaks.endpoint import RecordingEndpoint, answer_to, pieces
from kitwright.workshop.privacy.leaks.search import Needles, forms
from unit.bot.museum import write_museum

JO = Canary("PERSON", "Zoë O'Vandermeer", ("Zoë O'Vandermeer", "O'Vandermeer"), "c")


def luhn(digits: str) -> bool:
    pairs = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits))]
    return sum(sum(map(int, str(n))) for n in pairs) % 10 == 0


def test_every_canary_is_new_and_long_enough_and_numbers_have_their_checksums() -> None:
    aviary = Aviary(3)
    made = [aviary.canary(label, f"c{number}") for label in WORDINGS for number in range(200)]
    told = [part for canary in made for part in canary.parts]
    assert len({canary.value for canary in made}) == len(made) == 200 * 11
    assert min(map(len, told)) >= 8
    assert all(luhn(c.parts[-1]) for c in made if c.label == "CREDIT_CARD")
    ibans = [c.parts[-1] for c in made if c.label == "IBAN_CODE"]
    assert all(int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1 for iban in ibans)
    assert [c.value for c in Aviary(3).some("c", 5)] == [c.value for c in Aviary(3).some("c", 5)]


def test_the_recognisers_find_most_of_the_wordings() -> None:
    scrubber, aviary = PresidioScrubber(), Aviary(7)
    tried, found = 0, 0
    for label, wordings in WORDINGS.items():
        for wording in wordings:
            canary = aviary.canary(label, "c")
            text = wording.format(canary.value)
            spans = scrubber.find(text)
            tried += 1
            at = text.index(canary.value)
            found += any(span.start <= at and span.end >= at + len(canary.value) for span in spans)
    assert found / tried > 0.85


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "in JSON": lambda text: json.dumps({"a": text}).encode(),
    "in JSON in JSON": lambda text: json.dumps({"a": text}, ensure_ascii=False).encode(),
    "in a URL": lambda text: f"/search?q={quote_plus(text)}&x=1".encode(),
    "as UTF-16": lambda text: f"ab{text}".encode("utf-16"),
    "as UTF-16, the other way": lambda text: text.encode("utf-16-be"),
    "in base64": lambda text: base64.b64encode(f"user={text};".encode()),
    "in base64, shifted": lambda text: base64.b64encode(f"users={text};".encode()),
    "in base64 for URLs": lambda text: base64.urlsafe_b64encode(f"userss={text};".encode()),
    "in lower case": lambda text: text.lower().encode(),
    "in upper case": lambda text: text.upper().encode(),
    "in HTML": lambda text: text.replace("'", "&#x27;").encode(),
}


@pytest.mark.parametrize("how", WRITTEN)
@pytest.mark.parametrize("place", [0, 1, 7, 8 << 20, (8 << 20) - 5])
def test_a_value_is_found_wherever_and_however_it_is_written(tmp_path: Path, how: str, place: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(random.Random(1).randbytes(place) + WRITTEN[how](JO.value) + b"\xff" * 90)
    assert {hit.canary for hit in Needles([JO, Aviary(1).canary("PERSON", "d")]).in_file(path)} == {JO}


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(random.Random(2).randbytes(3_000_000) + gzip.compress(b"x" * 100_000))
    aviary = Aviary(5)
    needles = Needles([aviary.canary(label, "c") for label in WORDINGS for _ in range(200)])
    assert needles.in_file(path) == set()
    assert needles.in_bytes(b"") == needles.in_bytes(b"short") == set()


def test_short_values_are_refused_since_chance_would_find_them() -> None:
    with pytest.raises(ValueError, match="too short"):
        Needles([Canary("PERSON", "Al", ("Al",), "c")])
    assert set(forms("abcdefgh").values()) >= {"raw", "upper case", "UTF-16", "base64"}


def test_a_database_is_searched_by_row_too(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA page_size=512")
        database.execute("CREATE TABLE t (a TEXT)")
        values = [("y" * gap + JO.value,) for gap in range(400, 520)]
        database.executemany("INSERT INTO t VALUES (?)", values)
    assert {hit.canary for hit in Needles([JO]).in_file(path)} == {JO}


def test_only_what_is_recognised_is_said() -> None:
    def hides_mail_only(_text: str, canaries: object) -> bool:
        assert isinstance(canaries, list)
        return all(canary.label == "EMAIL_ADDRESS" for canary in canaries)

    writer = Writer(["where is my order"], hides_mail_only, seed=2)
    held = list(writer.conversations("library", 40))
    said = [canary for conversation in held for canary in conversation.canaries]
    assert said
    assert {canary.label for canary in said} == {"EMAIL_ADDRESS"}
    assert 0 < writer.left_out < writer.written
    assert [c.deleted for c in held[:6]] == [False, False, True] * 2
    assert all(conversation.mark in conversation.messages[0].text for conversation in held)


def test_the_endpoint_keeps_every_byte_and_fails_in_every_way(tmp_path: Path) -> None:
    endpoint = RecordingEndpoint(tmp_path / "record")
    body = {"messages": [{"role": "user", "content": "I am <PERSON_2>, <PERSON_2>, <EMAIL_ADDRESS_1>"}]}
    said: list[str] = []
    with endpoint.serving(), httpx.Client(timeout=0.2) as client:
        for number in range(55):
            try:
                answer = client.post(f"{endpoint.url}/chat/completions", json={**body, "number": number})
                said.append(answer.text)
            except httpx.TransportError:
                continue
    assert (tmp_path / "record").read_bytes().count(b"<PERSON_2>, <PERSON_2>") == 55
    assert dict(endpoint.troubles) == dict.fromkeys(("error", "cut", "silence", "nonsense", "dropped"), 1)
    assert sum("[DONE]" in text for text in said) == 50
    thanks = "Thank you, <PERSON_2>. Thank you, <EMAIL_ADDRESS_1>."
    assert answer_to(json.dumps(body).encode()) == "".join(pieces(thanks)) == thanks


@pytest.fixture
def museum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("kitwright.bot.assembly.embedded_encoder", HashingEncoder)
    return write_museum(tmp_path)


def audited(kits: Path) -> AuditResult:
    return audit_bot("museum", conversations=60, doors=("library", "stream"), seed=4, kit_paths=[kits])


def test_a_sound_bot_passes(museum: Path) -> None:
    result = audited(museum)
    assert result.failures == ()
    assert [outcome.conversations for outcome in result.outcomes] == [30, 30]
    assert all(outcome.given_back + outcome.to_tools > 0 for outcome in result.outcomes)
    assert all(outcome.hidden == outcome.turns for outcome in result.outcomes)
    assert result.as_dict()["ok"] is True


def test_a_bot_that_logs_what_people_type_is_caught_and_no_value_is_told(
    museum: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply, typed = Bot.reply, list[str]()

    def telling(self: Bot, text: str, *, conversation: str | None = None) -> Reply:
        logging.getLogger("chatty").info("got %s", text)
        typed.append(text)
        return reply(self, text, conversation=conversation)

    monkeypatch.setattr(Bot, "reply", telling)
    result = audited(museum)
    assert not result.ok
    assert {(leak.door, leak.place, leak.file) for leak in result.leaks} == {("library", "logs", "library.log")}
    assert result.leaked("library", "logs") > 20
    assert all(told.endswith(("(library.log, raw)", "(library.log, lower case)")) for told in result.failures)
    words = {word for text in typed for word in text.split() if "@" in word}
    assert words
    assert not any(word in json.dumps(result.as_dict()) for word in words)


def test_a_bot_whose_store_keeps_what_is_deleted_is_caught(museum: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF")

    monkeypatch.setattr("kitwright.store.engine._durable_and_quick", careless)
    result = audited(museum)
    assert result.deleted_but_there > 0
    assert "deleted conversations left something" in result.failures[0]


def test_silence_is_no_proof(museum: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(self: Bot, text: str, *, conversation: str | None = None) -> Reply:
        return Reply(conversation_id=conversation or "", text="Hello.")

    monkeypatch.setattr(Bot, "reply", deaf)
    failures = " ".join(audited(museum).failures)
    assert "nothing shows that the values of library reached the bot" in failures
    assert "reached the store" in failures
