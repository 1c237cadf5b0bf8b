"""A script of 200 turns of 40 interleaved conversations through the command line, without the language model."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from e2e.conftest import Run

SCRIPT = Path(__file__).with_name("script_200.jsonl")
KEYS = ["conversation_id", "text", "reply", "buttons", "sources", "handoff", "trace"]
STEPS = "receive scrub understand guard_in decide retrieve prompt generate guard_out restore reply".split()


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _talks(lines: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    talks: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        talks.setdefault(line["conversation_id"], []).append(line)
    return talks


def test_the_script_is_what_it_says() -> None:
    lines = _lines(SCRIPT)
    order = [line["conversation_id"] for line in lines]
    assert set(Counter(order).values()) == {5}
    assert len(set(order)) == 40
    assert sum(one != next_ for one, next_ in pairwise(order)) > 180


def test_two_hundred_turns_come_back_in_order(kitwright: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = kitwright("chat", "clothing_support", "--echo", "--script", str(SCRIPT), "--out", str(out))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr == f"200 turns written to {out}\n"
    asked, answered = _lines(SCRIPT), _lines(out)
    assert [{key: line[key] for key in ("conversation_id", "text")} for line in answered] == asked
    for line in answered:
        assert list(line) == KEYS
        assert line["reply"].strip()
        assert [entry["step"] for entry in line["trace"]] == STEPS
    _conversations_stayed_apart(_talks(answered))


def _conversations_stayed_apart(talks: dict[str, list[dict[str, Any]]]) -> None:
    replies = {name: [line["reply"] for line in lines] for name, lines in talks.items()}
    assert "order 1033" in replies["zofia-cancel"][2]
    assert "order 1066 as it is" in replies["gareth-keeps"][1]
    assert "Order 1059" in replies["tom-delay"][1]
    assert "1043" in replies["mind-changer"][2]
    assert "M in the Harbour Linen Shirt" in replies["size-steps"][2]
    assert [line["handoff"] for line in talks["lost-words"]] == [False, False, False, True, False]
    assert "card numbers" in replies["card-number"][0]
    assert "4111" not in json.dumps(talks["card-number"][0]["trace"])
