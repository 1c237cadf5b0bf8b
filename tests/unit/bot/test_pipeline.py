"""The pipeline refuses wrong orders with all faults at once, and steps that do other than they declare."""

from dataclasses import replace

import pytest

from kitwright.bot import checked_order, run_steps
from kitwright.errors import FaultsFound
from kitwright.types import ScrubbedText, Step, Turn
from unit.bot.turns import turn_of


def _step(name: str, reads: set[str], writes: set[str]) -> Step:
    return Step(name=name, reads=frozenset(reads), writes=frozenset(writes), run=lambda turn: turn.note(name, "done"))


def _faults(*steps: Step) -> list[tuple[str, str, str | None]]:
    with pytest.raises(FaultsFound) as refused:
        checked_order(steps)
    assert {fault.code for fault in refused.value.faults} == {"KW114"}
    return [(fault.place, fault.problem, fault.value) for fault in refused.value.faults]


def test_a_right_order_is_kept() -> None:
    steps = (_step("a", {"received", "past"}, {"text"}), _step("b", {"text", "trace"}, {"draft"}))
    assert checked_order(list(steps)) == steps


def test_a_field_that_no_turn_has_is_refused() -> None:
    assert _faults(_step("a", {"mood"}, {"weather"})) == [
        ("step a", "a turn has no such field", "mood"),
        ("step a", "a turn has no such field", "weather"),
    ]


def test_a_field_read_before_it_is_written_is_refused() -> None:
    wrong = _faults(_step("b", {"text"}, {"draft"}), _step("a", {"received"}, {"text"}))
    assert wrong == [("step b", "reads a field that no step before it writes", "text")]


def test_a_step_may_not_read_what_only_it_writes() -> None:
    assert [fault[2] for fault in _faults(_step("a", {"text"}, {"text"}))] == ["text"]


@pytest.mark.parametrize(("field", "owner"), [("text", "a"), ("received", "the input")])
def test_a_second_writer_is_refused(field: str, owner: str) -> None:
    wrong = _faults(_step("a", set(), {"text"}), _step("b", set(), {field}))
    assert wrong == [("step b", f"writes a field of {owner}", field)]


def test_all_faults_come_at_once() -> None:
    wrong = _faults(
        _step("a", {"mood", "draft"}, {"text"}), _step("b", set(), {"text"}), _step("c", {"prompt"}, {"vault"})
    )
    assert [(place, value) for place, _, value in wrong] == [
        ("step a", "mood"),
        ("step a", "draft"),
        ("step b", "text"),
        ("step c", "prompt"),
        ("step c", "vault"),
    ]


def test_steps_run_in_order_and_get_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([1.0, 1.25, 2.0, 2.5])
    monkeypatch.setattr("kitwright.bot.pipeline.time.perf_counter", lambda: next(clock))
    first = replace(_step("a", set(), {"text"}), run=_write)
    after = run_steps([first, _step("b", set(), set())], turn_of())
    assert after.text == "written"
    assert [(entry.step, entry.decision, entry.why, entry.ms) for entry in after.trace] == [
        ("a", "done", "why", 250.0),
        ("b", "done", "", 500.0),
    ]


def _write(turn: Turn) -> Turn:
    return replace(turn, text=ScrubbedText("written")).note("a", "done", "why")


def test_an_undeclared_change_is_refused() -> None:
    sly = replace(_step("a", set(), {"text"}), run=lambda turn: replace(turn, draft=ScrubbedText("d")).note("a", "x"))
    with pytest.raises(ValueError, match="step a changed draft without declaring it"):
        run_steps([sly], turn_of())


@pytest.mark.parametrize("notes", [(), ("b",), ("a", "a")])
def test_a_step_must_leave_one_note_in_its_name(notes: tuple[str, ...]) -> None:
    def run(turn: Turn) -> Turn:
        for name in notes:
            turn = turn.note(name, "done")
        return turn

    with pytest.raises(ValueError, match="step a left no trace note"):
        run_steps([replace(_step("a", set(), set()), run=run)], turn_of())
