"""The generate step: what goes out, what stays in the draft, and what happens when the model fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from kitwright.errors import BackendFailed, Fault
from kitwright.generation import EchoBackend, generate_step
from kitwright.types import Decision, DecisionKind, Message, Prompt, RawText, ScrubbedText, Turn

PROMPT = Prompt(messages=(Message("user", ScrubbedText("one two three four")),), tokens=0, max_new_tokens=50)


@dataclass
class OneBehind:
    """A gate that holds one piece back and stops at a word."""

    stop_at: str = "never"
    held: list[ScrubbedText] = field(default_factory=list)
    stopped: bool = False

    def feed(self, piece: ScrubbedText) -> list[ScrubbedText]:
        self.stopped = self.stopped or piece.strip() == self.stop_at
        out, self.held = self.held, [piece]
        return [] if self.stopped else out


class Failing(EchoBackend):
    """Fails after the first piece."""

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        yield from list(super().stream(prompt, cancelled=cancelled))[:1]
        raise BackendFailed(Fault(code="KW303", place="generate", problem="gone"))


def turn(kind: DecisionKind = "answer", prompt: Prompt | None = PROMPT) -> tuple[Turn, list[str]]:
    shown: list[str] = []
    vault: Any = None
    new = Turn(
        conversation_id="c",
        turn_id="t",
        received=RawText("x"),
        at=datetime.now(UTC),
        vault=vault,
        emit=shown.append,
        decision=Decision(kind=kind, why="test"),
        prompt=prompt,
    )
    return new, shown


def test_safe_pieces_go_out_and_the_draft_is_whole() -> None:
    given, shown = turn()
    after = generate_step(EchoBackend(), open_gate=lambda _turn: OneBehind()).run(given)
    assert after.draft == "one two three four"
    assert "".join(shown) == "one two three "
    assert (after.trace[-1].step, after.trace[-1].decision) == ("generate", "drafted")


def test_a_stopped_gate_ends_the_generation() -> None:
    given, shown = turn()
    after = generate_step(EchoBackend(), open_gate=lambda _turn: OneBehind("three")).run(given)
    assert after.draft == "one two three "
    assert "".join(shown) == "one "
    assert after.trace[-1].decision == "stopped"


def test_nothing_is_generated_where_nothing_is_to_be_phrased() -> None:
    for given in (turn("say")[0], turn("handoff")[0], turn(prompt=None)[0], replace(turn()[0], decision=None)):
        after = generate_step(EchoBackend(), open_gate=lambda _turn: OneBehind()).run(given)
        assert after.draft is None
        assert after.trace[-1].decision == "skipped"


def test_a_backend_that_fails_leaves_no_draft_and_the_turn_goes_on() -> None:
    after = generate_step(Failing(), open_gate=lambda _turn: OneBehind()).run(turn()[0])
    assert after.draft is None
    assert (after.trace[-1].decision, after.trace[-1].why) == ("failed", "KW303")


def test_it_declares_what_it_reads_and_writes() -> None:
    step = generate_step(EchoBackend(), open_gate=lambda _turn: OneBehind())
    assert step.reads == frozenset({"prompt", "passages", "decision"})
    assert step.writes == frozenset({"draft"})
