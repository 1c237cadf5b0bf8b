"""`kitwright chat`: one message, a script of conversations, and the terminal with piped input."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from kitwright.bot.bot import NOT_SCRUBBED
from kitwright.privacy import scrubber as scrubber_module
from kitwright.privacy.finding import Finding
from kitwright.protocols import TurnRecord
from kitwright.store import SqlStore
from kitwright.types import Event
from unit.cli.conftest import Run

KEYS = ["conversation_id", "text", "reply", "buttons", "sources", "handoff", "trace"]


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def said(conversation: str, text: str) -> dict[str, str]:
    return {"conversation_id": conversation, "text": text}


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_one_message_is_answered(run: Run, museum: Path) -> None:
    ran = run("chat", "museum", "--echo", "--message", "can I visit you on Monday", "--trace")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == ["On Monday we are closed. Would another day do?", "  source: Opening hours"]
    assert len(lines) == 2 + 11


def test_one_message_as_json(run: Run, museum: Path) -> None:
    ran = run("chat", "museum", "--echo", "--message", "hi", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert list(ran.json) == KEYS
    assert ran.json["buttons"] == [{"title": "Plan a visit", "payload": "/plan_visit"}]
    assert list(ran.json["trace"][0]) == ["step", "decision", "why", "ms"]


def test_a_script_of_three_conversations_is_answered_in_order(run: Run, museum: Path) -> None:
    turns = [
        said("a", "I want to plan a visit"),
        said("b", "please send me your programme"),
        said("a", "Saturday"),
        said("c", "where can I park"),
        said("b", "it is b@example.com"),
        said("c", "please send me your programme"),
        said("c", "it is c@example.com"),
        said("a", "never mind"),
    ]
    script, out = write(museum / "in.jsonl", *turns[:4], "", *turns[4:], "   "), museum / "out.jsonl"
    ran = run("chat", "museum", "--echo", "--script", script, "--out", out)
    assert (ran.code, ran.out) == (0, "")
    assert "8 turns" in ran.err
    lines = read(out)
    assert [said(str(line["conversation_id"]), str(line["text"])) for line in lines] == turns
    assert {tuple(line) for line in lines} == {tuple(KEYS)}
    replies = [str(line["reply"]) for line in lines]
    assert replies[0] == "On which day would you like to come?"
    assert replies[2].startswith("On Saturday we are open 10 to 18.")
    assert replies[3].startswith("The bus number 4 stops")
    assert lines[3]["sources"] == [{"id": "visit/getting-here", "title": "Getting here", "url": None}]
    assert replies[4].startswith("I will write to b@example.com.")
    assert replies[6].startswith("I will write to c@example.com.")
    assert [sorted(re.findall(r"[bc]@example", reply)) for reply in replies] == [
        *([[]] * 4),
        ["b@example"] * 2,
        [],
        ["c@example"] * 2,
        [],
    ]
    assert all(len(line["trace"]) == 11 for line in lines)  # type: ignore[arg-type]


def test_odd_characters_do_not_break_a_script(run: Run, museum: Path) -> None:
    odd = ["half \ud83d", "line\u2028end\u0085", "nul \0", "{{7*7}}", "'; drop table events; --", "مرحبا 🙂"]
    script = write(museum / "in.jsonl", *(said("a", text) for text in odd))
    script.write_text(
        script.read_text("utf-8") + "\n" + json.dumps(said("a", "raw\u2028line\u0085end"), ensure_ascii=False) + "\r\n",
        encoding="utf-8",
    )
    out = museum / "out.jsonl"
    ran = run("chat", "museum", "--echo", "--script", script, "--out", out)
    assert (ran.code, len(read(out))) == (0, 7), ran.err
    assert read(out)[0]["text"] == "half ?"
    assert read(out)[6]["text"] == "raw\u2028line\u0085end"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--script", "in.jsonl"),
        ("--out", "out.jsonl"),
        ("--script", "in.jsonl", "--out", "out.jsonl", "--message", "hi"),
        ("--script", "in.jsonl", "--out", "out.jsonl", "--message", ""),
    ],
    ids=" ".join,
)
def test_script_and_out_go_together_alone(run: Run, museum: Path, arguments: tuple[str, ...]) -> None:
    write(museum / "in.jsonl", said("a", "hi"))
    ran = run("chat", "museum", "--echo", *arguments)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.faults
    assert line.startswith("KW002 chat: --script and --out go together")
    assert not (museum / "out.jsonl").exists()


def test_every_malformed_line_is_named_and_nothing_is_done(run: Run, museum: Path) -> None:
    script = write(
        museum / "in.jsonl",
        said("a", "hi"),
        "canary@example.com",
        "",
        {"conversation_id": "a"},
        ["canary@example.com"],
        {"conversation_id": 3, "text": None},
        "[" * 100_000,
        said("a", "bye"),
    )
    ran = run("chat", "museum", "--echo", "--script", script, "--out", museum / "out.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert [line.removeprefix("KW113 ").replace(str(script), "in") for line in ran.faults] == [
        "in:2: is not JSON",
        "in:4: misses or mistypes text",
        "in:5: is not a JSON object",
        "in:6: misses or mistypes conversation_id, text",
        "in:7: is not JSON",
    ]
    assert not (museum / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("content", "code"), [(b'{"text": "caf\xe9"}\n', "KW102"), (b"\0\0", "KW102"), (b"", "KW103"), (None, "KW101")]
)
def test_a_script_that_can_not_be_read_is_named(run: Run, museum: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (museum / "in.jsonl").write_bytes(content)
    ran = run("chat", "museum", "--echo", "--script", "in.jsonl", "--out", "out.jsonl")
    assert ran.code == 2
    (line,) = ran.faults
    assert line.startswith(f"{code} in.jsonl")


def test_a_folder_is_no_script(run: Run, museum: Path) -> None:
    assert run("chat", "museum", "--echo", "--script", museum, "--out", "x").faults[0].startswith("KW101")


@pytest.mark.parametrize("out", ["no/such/folder/out.jsonl", ".", "in.jsonl/out.jsonl", "/dev/full"])
def test_an_out_that_can_not_be_written_is_named(run: Run, museum: Path, out: str) -> None:
    write(museum / "in.jsonl", said("a", "hi"))
    ran = run("chat", "museum", "--echo", "--script", "in.jsonl", "--out", out)
    assert ran.code == 2
    (line,) = ran.faults
    assert line.startswith(f"KW002 --out {out}: can not be written (")


def talk(run: Run, *typed: str) -> tuple[list[str], str]:
    """What the terminal shows after its greeting, line by line."""
    ran = run("chat", "museum", "--echo", stdin="".join(f"{line}\n" for line in typed))
    assert ran.code == 0
    greeting, *lines = ran.out.splitlines()
    assert greeting.startswith("Museum, Museum. Type a message.")
    assert lines[-1] == "Goodbye."
    return lines[:-1], ran.err


def test_the_terminal_streams_replies_with_buttons_and_sources(run: Run, museum: Path) -> None:
    lines, err = talk(run, "hello", "where can I park")
    assert lines[:3] == [
        "you: hello",
        "Museum: Hello! Ask me anything about your visit, or tell me that you would like to plan one.",
        "  [1] Plan a visit",
    ]
    assert lines[3] == "you: where can I park"
    assert lines[4].startswith("Museum: The bus number 4 stops")
    assert lines[5] == "  source: Getting here"
    assert err == ""


def test_a_number_presses_a_button_only_where_there_is_one(run: Run, museum: Path) -> None:
    lines, _ = talk(run, "hello", "1", "1", "hello", "2", "0")
    assert lines[4] == "Museum: On which day would you like to come?"
    assert not any("On which day" in line for line in lines[-2:])


def test_new_starts_a_conversation_without_the_old_one(run: Run, museum: Path) -> None:
    lines, _ = talk(run, "please send me your programme", "/new", "it is jo@example.com")
    assert lines[1] == "Museum: To which address may we write?"
    assert lines[2:4] == ["you: /new", "A new conversation."]
    assert "I will write" not in lines[5]


def test_buttons_do_not_outlive_their_conversation(run: Run, museum: Path) -> None:
    lines, _ = talk(run, "hello", "/new", "1")
    assert "On which day" not in lines[-1]


def test_the_trace_is_switched_on_and_off(run: Run, museum: Path) -> None:
    lines, _ = talk(run, "/trace", "where can I park", "/trace", "where can I park")
    assert lines[1] == "Trace on."
    assert [line.split()[2] for line in lines[5:16]] == (
        "receive: scrub: understand: guard_in: decide: retrieve: prompt: generate: guard_out: restore: reply:".split()
    )
    assert lines[17] == "Trace off."
    assert len(lines) == 21


def test_an_empty_line_and_bytes_that_are_no_text_are_answered(run: Run, museum: Path) -> None:
    lines, err = talk(run, "", "   ")
    assert [line for line in lines if line.startswith("Museum:")] == [
        "Museum: I got an empty message. What would you like to know?"
    ] * 2
    assert err == ""
    ran = run("chat", "museum", "--echo", stdin=b"caf\xe9 \xff\n")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Goodbye.")


@pytest.mark.parametrize("typed", [b"", b"/quit\nhello\n", b"/help\n"])
def test_leaving_says_goodbye(run: Run, museum: Path, typed: bytes) -> None:
    ran = run("chat", "museum", "--echo", stdin=typed)
    assert (ran.code, ran.out.splitlines()[-1], ran.err) == (0, "Goodbye.", "")
    assert "Hello!" not in ran.out


def test_a_last_line_without_an_end_is_answered(run: Run, museum: Path) -> None:
    ran = run("chat", "museum", "--echo", stdin=b"hello")
    assert "Museum: Hello!" in ran.out


def test_a_fault_ends_the_message_and_not_the_conversation(
    run: Run, museum: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kitwright.errors import Fault, StoreFailed
    from kitwright.store import SqlStore

    append, calls = SqlStore.append, []

    def fail_once(self: SqlStore, *arguments: object) -> tuple[Event, ...]:
        calls.append(arguments)
        if len(calls) == 1:
            raise StoreFailed(Fault(code="KW501", place="store", problem="is full"))
        return append(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlStore, "append", fail_once)
    lines, err = talk(run, "hello", "hello")
    assert err.splitlines() == ["KW501 store: is full"]
    assert lines[-1] == "  [1] Plan a visit"


CANARY = "canary@example.com"


def without_scrubbing(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """Scrubbing fails for what has the canary in it."""
    analyse = scrubber_module._analyse

    def sometimes(find: Callable[[str], Iterable[Finding]], text: str, latest: float) -> set[Finding]:
        if "canary" in text:
            raise error(text)
        return analyse(find, text, latest)

    monkeypatch.setattr(scrubber_module, "_analyse", sometimes)


@pytest.mark.parametrize("error", [MemoryError, ValueError, TimeoutError])
def test_the_terminal_stays_polite_and_goes_on_without_scrubbing(
    run: Run, museum: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    without_scrubbing(monkeypatch, error)
    lines, err = talk(run, "/trace", f"it is {CANARY}", "/trace", "where can I park")
    assert lines[3] == f"Museum: {NOT_SCRUBBED}"
    assert lines[4].strip().startswith("0.0 ms  scrub: failed (KW202")
    assert lines[8].startswith("Museum: The bus number 4 stops")
    assert err == ""


def test_a_script_answers_what_could_not_be_scrubbed_and_goes_on(
    run: Run, museum: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_scrubbing(monkeypatch, MemoryError)
    script = write(museum / "in.jsonl", said("a", CANARY), said("a", "where can I park"))
    ran = run("chat", "museum", "--echo", "--script", script, "--out", museum / "out.jsonl")
    assert ran.code == 0
    first, second = read(museum / "out.jsonl")
    assert (first["reply"], first["handoff"], first["buttons"]) == (NOT_SCRUBBED, False, [])
    assert "canary" not in str({**first, "text": ""})
    assert str(second["reply"]).startswith("The bus number 4 stops")


def test_a_bug_ends_a_message_and_not_the_conversation(run: Run, museum: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append = SqlStore.append

    def sometimes(
        store: SqlStore, bot: str, conversation: str, events: Sequence[Event], turn: TurnRecord | None = None
    ) -> tuple[Event, ...]:
        if len(store.events(bot, conversation)) == 0:
            raise KeyError(CANARY)
        return append(store, bot, conversation, events, turn)

    monkeypatch.setattr(SqlStore, "append", sometimes)
    ran = run("chat", "museum", "--echo", stdin=f"{CANARY}\n/quit\n")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Goodbye.")
    (line,) = ran.faults
    assert re.fullmatch(r"KW900 test_chat\.py:\d+: stopped by an unexpected KeyError; hint: .*", line)
