"""`kitwright privacy`: rights by conversation, retention, groups that are too small, and the report."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kitwright.bot import default_store_url
from kitwright.store import SqlStore
from kitwright.types import Event
from unit.cli.conftest import Run

CANARY = "vandermeer.quill@example.com"


@pytest.fixture
def talked(run: Run, museum: Path, tmp_path: Path) -> Path:
    """A store with conversations `one` and `two`; returns the folder of its files."""
    lines = [
        {"conversation_id": "one", "text": "please send me your programme"},
        {"conversation_id": "one", "text": f"it is {CANARY}"},
        {"conversation_id": "two", "text": "my name is Tamsin Quillfeather, where can I park"},
    ]
    script = tmp_path / "in.jsonl"
    script.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert run("chat", "museum", "--echo", "--script", script, "--out", tmp_path / "out.jsonl").code == 0
    return Path(default_store_url("museum").removeprefix("sqlite:///")).parent


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_a_conversation_is_given_out_scrubbed(run: Run, talked: Path, tmp_path: Path) -> None:
    ran = run("privacy", "export", "museum", "--conversation", "one")
    assert (ran.code, ran.err) == (0, "")
    assert [message["from"] for message in ran.json["messages"]] == ["person", "bot"] * 2
    assert ran.json["messages"][2]["text"] == "it is <EMAIL_ADDRESS_1>"
    assert {event["kind"] for event in ran.json["events"]} >= {"user", "bot", "slot_set", "tool_called"}
    assert CANARY not in ran.out
    ran = run("privacy", "export", "museum", "--conversation", "one", "--out", tmp_path / "mine.json")
    assert (ran.code, ran.out) == (0, "")
    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["conversation_id"] == "one"


def test_a_conversation_is_deleted_to_the_last_byte_and_the_others_stay(run: Run, talked: Path) -> None:
    assert b"it is <EMAIL_ADDRESS_1>" in on_disk(talked)
    ran = run("privacy", "delete", "museum", "--conversation", "one", "--json")
    assert ran.code == 0
    assert (ran.json["messages"], ran.json["overwritten"]) == (4, True)
    assert ran.json["events"] == sum(ran.json["by_kind"].values()) > 4
    left = on_disk(talked)
    assert b"it is <EMAIL_ADDRESS_1>" not in left
    assert b"where can I park" in left
    assert run("privacy", "delete", "museum", "--conversation", "two").out.startswith("deleted: 2 messages,")


@pytest.mark.parametrize("command", ["export", "delete"])
def test_an_unknown_conversation_is_named_with_a_hint(run: Run, talked: Path, command: str) -> None:
    ran = run("privacy", command, "museum", "--conversation", "three")
    assert ran.code == 2
    (fault,) = ran.faults
    assert fault.startswith("KW001 conversation: no such conversation; value: 'three'; hint: every reply has")


def test_old_conversations_are_purged_and_said(run: Run, talked: Path) -> None:
    store = SqlStore(default_store_url("museum"))
    days = 30
    store.append("museum", "old", [Event("user", datetime.now(UTC) - timedelta(days=days + 1), {"text": "hi"})])
    store.close()
    ran = run("privacy", "purge", "museum", "--json")
    assert (ran.code, ran.json) == (0, {"retention_days": days, "conversations": ["old"]})
    assert run("privacy", "purge", "museum").out.startswith("0 conversations deleted")


def records(path: Path, told: dict[str, str]) -> Path:
    lines = [json.dumps({"id": name, "text": text, "label": "x"}) for name, text in told.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_small_groups_are_named_and_can_be_left_out(run: Run, tmp_path: Path) -> None:
    told = {f"n{n}": "I'm a nurse" for n in range(11)} | {"b": "I'm a beekeeper and I live in Leith", "q": "hello"}
    path = records(tmp_path / "records.jsonl", told)
    ran = run("privacy", "kanon", path, "--json", "--drop", tmp_path / "rest.jsonl")
    assert ran.code == 1
    assert (ran.json["people"], ran.json["telling"], ran.json["exposed"]) == (13, 12, 1)
    (group,) = ran.json["small"]
    assert group["quasi_identifiers"] == {"occupation": ["beekeeper"], "place": ["leith"]}
    assert (group["people"], group["advice"]) == (
        ["b"],
        "several kinds: leave the record out, or generalise more than one",
    )
    rest = (tmp_path / "rest.jsonl").read_text("utf-8")
    assert [json.loads(line)["id"] for line in rest.splitlines()] == [*(f"n{n}" for n in range(11)), "q"]
    ran = run("privacy", "kanon", tmp_path / "rest.jsonl")
    assert (ran.code, ran.out) == (0, "no group of people who tell the same of themselves is smaller than 11\n")
    assert run("privacy", "kanon", tmp_path / "rest.jsonl", "--k", 12).code == 1
    assert "n0, n1, n2, n3, n4 and 6 more" in run("privacy", "kanon", path, "--k", 12).out


def test_a_malformed_file_is_not_taken_for_an_anonymous_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    ran = run("privacy", "kanon", tmp_path / "x.jsonl")
    assert (ran.code, ran.faults[0][:16]) == (1, "KW113 x.jsonl:1:")
    assert run("privacy", "kanon", tmp_path / "nothing.jsonl").code == 2


def test_the_report_says_what_was_found_and_shows_scrubbed_text_only(run: Run, talked: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran = run("privacy", "report", "museum", "--json", "--out", page)
    assert ran.code == 0
    assert ran.json["conversations"] == 2
    places = ran.json["places"]
    assert places["messages of people"]["placeholders"] == {"EMAIL_ADDRESS": 1, "PERSON": 1}
    assert places["slots, tools and the rest"]["placeholders"]["EMAIL_ADDRESS"] >= 2
    assert places["messages of people"]["found"] == places["replies"]["found"] == {}
    assert ran.json["samples"] == [
        {
            "label": "EMAIL_ADDRESS",
            "text": "I will write to <EMAIL_ADDRESS_1>. The curator, <EMAIL_ADDRESS_2>, noted <EMAIL_ADDRESS_1>.",
        },
        {"label": "EMAIL_ADDRESS", "text": "it is <EMAIL_ADDRESS_1>"},
        {"label": "PERSON", "text": "my name is <PERSON_1>, where can I park"},
    ]
    html = page.read_text("utf-8")
    assert "it is <mark>&lt;EMAIL_ADDRESS_1&gt;</mark>" in html
    assert "kitwright privacy delete museum --conversation ID" in html
    assert "no guarantee" in html
    assert not any(raw in html + ran.out for raw in (CANARY, "Quillfeather"))


def test_the_report_wants_to_know_where_to(run: Run, museum: Path) -> None:
    ran = run("privacy", "report", "museum")
    assert (ran.code, ran.faults[0][:17]) == (2, "KW002 report: nei")


def test_an_audit_that_does_not_hold_names_the_place_and_exits_with_1(
    run: Run, museum: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kitwright.workshop.privacy.leaks.audit.DOORS", ("library",))
    ran = run("privacy", "audit", "museum", "--conversations", 6, "--kit-path", museum / "kits")
    assert ran.code == 0, ran.out
    assert "nothing was found where it should not be" in ran.out
    monkeypatch.setattr("kitwright.workshop.privacy.leaks.search.Needles.in_file", lambda *_: set())
    ran = run("privacy", "audit", "museum", "--conversations", 6, "--kit-path", museum / "kits")
    assert (ran.code, "so it proves nothing" in ran.out) == (1, True)
