"""The decide step: a refusal or a screen's verdict stands; else the kit's policy; else the engine."""

from collections.abc import Callable
from dataclasses import replace

from kitwright.dialogue.engine import DialogueEngine
from kitwright.dialogue.run import ToolCall
from kitwright.types import Decision, Step, Turn

PolicyCall = Callable[[Turn], Decision | None]


def decide_step(engine: DialogueEngine, *, tools_of: Callable[[Turn], ToolCall], policy: PolicyCall) -> Step:
    """The step `decide`.

    Args:
        engine: decides by flows.
        tools_of: gives the tools bound to the turn's owner (they get real values).
        policy: the kit's own decision, asked before the engine.
    """

    def run(turn: Turn) -> Turn:
        decision = turn.verdict or turn.guarded or policy(turn) or _by_engine(turn)
        return replace(turn, decision=decision).note("decide", decision.kind, decision.why)

    def _by_engine(turn: Turn) -> Decision:
        if turn.understanding is None or turn.text is None:
            raise ValueError("decide needs an understood text")
        return engine.decide(turn.text, turn.understanding, turn.past, now=turn.at, call_tool=tools_of(turn))

    return Step(
        name="decide",
        reads=frozenset({"verdict", "guarded", "understanding", "text", "past", "at"}),
        writes=frozenset({"decision"}),
        run=run,
    )
