"""The guard's two steps: `guard_in` refuses messages by rule, `guard_out` lets only sound replies go."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from kitwright.guard.gate import SentenceGate, excerpt, review
from kitwright.guard.rules import GuardRules
from kitwright.types import Decision, ScrubbedText, Step, Turn

Respond = Callable[[str], Decision]
CheckCall = Callable[[ScrubbedText, Turn], Decision | None]


def guard_in_step(rules: GuardRules, *, respond: Respond, block: Mapping[str, str] | None = None) -> Step:
    """The step `guard_in`.

    Args:
        rules: the kit's guard.yaml.
        respond: turns the name of a response into a decision that says it.
        block: label of personal data to the response that is said when a message holds it.
    """
    blocked = block or {}
    compiled = [(rule, [re.compile(pattern) for pattern in rule.patterns]) for rule in rules.input]

    def run(turn: Turn) -> Turn:
        if turn.verdict is not None or turn.text is None:
            return turn.note("guard_in", "passed", "already decided")
        label = next((span.label for span in turn.spans or () if span.label in blocked), None)
        if label is not None:
            decision = replace(respond(blocked[label]), why=f"blocked: {label}")
            return replace(turn, guarded=decision).note("guard_in", "refused", decision.why)
        lowered = turn.text.lower()
        broken = next((rule for rule, patterns in compiled if any(p.search(lowered) for p in patterns)), None)
        if broken is None:
            return turn.note("guard_in", "passed")
        decision = respond(broken.response)
        decision = replace(decision, kind="handoff" if broken.handoff else "say", why=f"guard rule {broken.id}")
        return replace(turn, guarded=decision).note("guard_in", "refused", f"rule {broken.id}")

    return Step(name="guard_in", reads=frozenset({"text", "spans", "verdict"}), writes=frozenset({"guarded"}), run=run)


def guard_out_step(
    rules: GuardRules, *, open_gate: Callable[[Turn], SentenceGate], respond: Respond, check: CheckCall
) -> Step:
    """The step `guard_out`: the text that may be sent, or the passage itself, or an honest "I do not know".

    Args:
        rules: the kit's guard.yaml.
        open_gate: the same gate that the generate step used while streaming.
        respond: turns the name of a response into a decision that says it.
        check: the kit's own check of a finished reply.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None:
            raise ValueError("guard_out needs a decision")
        body, note, why, promised = "", "passed", "fixed text", False
        if turn.decision.kind == "answer":  # what is fixed needs no evidence, so none is gathered
            gate = open_gate(turn)
            body, note, why = _body(turn, gate)
            promised = gate.promised
        quoted = (excerpt(found) for found in turn.further or ())
        text = ScrubbedText("\n\n".join(part for part in (body, *quoted, *turn.decision.texts) if part))
        refused = check(text, turn)
        if refused is not None:
            instead = "\n\n".join(part for part in refused.texts if part)
            text, note, why, promised = ScrubbedText(instead or _fallback()), "replaced", refused.why, False
        return replace(turn, checked=text, promised=promised).note("guard_out", note, why)

    def _body(turn: Turn, gate: SentenceGate) -> tuple[str, str, str]:
        kept = review(turn.draft or "", gate)
        if kept and gate.finding is None:
            return kept, "passed", ""
        why = gate.finding.why if gate.finding else "no text from the model"
        if gate.claims or gate.promised:
            return kept, "shortened", why
        if turn.passages:  # behind an apology that was shown already, the passage still has to answer
            return f"{kept} {excerpt(turn.passages[0])}".strip(), "passage instead", why
        return _fallback(), "fallback", "no passage fits"

    def _fallback() -> str:
        return "\n\n".join(respond(rules.output.fallback).texts)

    return Step(
        name="guard_out",
        reads=frozenset({"decision", "passages", "further", "draft", "text"}),
        writes=frozenset({"checked", "promised"}),
        run=run,
    )
