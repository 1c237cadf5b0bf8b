"""The three places of a turn where a kit's own code may speak: screen, policy and check.

Code that raises, or answers in another shape than agreed, ends the turn with `ToolFailed`: without its screen
or its check a bot must not go on.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TypeVar

from kitwright.bot.toolbox import Toolbox
from kitwright.errors import Fault, ScrubFailed, ToolFailed
from kitwright.kit import KitCode
from kitwright.protocols import Objection, Verdict
from kitwright.types import Button, Decision, Event, RawText, ScrubbedText, Turn, Vault, whole_texts

T = TypeVar("T")


def screen_call(code: KitCode, toolbox: Toolbox) -> Callable[[RawText, Turn], Decision | None]:
    """The kit's `screen`; it sees raw text, since it must work even when scrubbing does not.

    What it says again of that text is scrubbed, unless scrubbing fails: then its own words still have to be said.
    """
    screen = code.screen

    def call(text: RawText, turn: Turn) -> Decision | None:
        if screen is None:
            return None
        decision = _held("screen", lambda: _decided(screen(text.reveal(), toolbox.context(turn)), toolbox, turn))
        return decision and _concealing(decision, text, toolbox, turn.vault)

    return call


def policy_call(code: KitCode, toolbox: Toolbox) -> Callable[[Turn], Decision | None]:
    """The kit's `policy`."""
    policy = code.policy

    def call(turn: Turn) -> Decision | None:
        if policy is None or turn.understanding is None:
            return None
        understood = {
            "intents": [asdict(intent) for intent in turn.understanding.intents],
            "entities": [asdict(entity) for entity in turn.understanding.entities],
            "in_scope": turn.understanding.in_scope,
        }
        return _held(
            "policy", lambda: _decided(policy(turn.text or "", understood, toolbox.context(turn)), toolbox, turn)
        )

    return call


def check_call(code: KitCode, toolbox: Toolbox) -> Callable[[ScrubbedText, Turn], Decision | None]:
    """The kit's `check`; its words instead of the reply, or None to let the reply go."""
    check = code.check

    def call(text: ScrubbedText, turn: Turn) -> Decision | None:
        if check is None:
            return None
        evidence = [*whole_texts(turn.passages or ())]
        evidence += list(turn.decision.evidence) if turn.decision else []
        return _held("check", lambda: _objected(check(text, evidence, toolbox.context(turn))))

    return call


def _concealing(decision: Decision, text: RawText, toolbox: Toolbox, vault: Vault) -> Decision:
    """The decision with placeholders for the values of the message that it repeats."""
    try:
        toolbox.scrubber.scrub(text, vault)
    except ScrubFailed:
        return decision
    return replace(
        decision,
        why=vault.conceal(decision.why),
        texts=tuple(map(vault.conceal, decision.texts)),
        buttons=tuple(Button(vault.conceal(b.title), vault.conceal(b.payload)) for b in decision.buttons),
    )


def _held(place: str, ask: Callable[[], T]) -> T:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever a kit's code raises may carry what the person typed
        kind = type(error).__name__
    # Raised outside the handler, so that the kit's own error is not chained to it.
    raise ToolFailed(Fault(code="KW401", place=place, problem=f"the kit's {place} failed ({kind})"))


def _objected(objection: Objection | None) -> Decision | None:
    if objection is None:
        return None
    return Decision(kind="say", why=objection["why"], texts=(ScrubbedText(objection.get("instead", "")),))


def _decided(verdict: Verdict | None, toolbox: Toolbox, turn: Turn) -> Decision | None:
    """A kit's verdict as a decision; its text is the kit's own and holds nothing a person typed."""
    if not verdict:
        return None
    return Decision(
        kind="handoff" if verdict.get("handoff") else "say",
        why=verdict["why"],
        texts=(ScrubbedText(verdict["text"]),),
        buttons=tuple(Button(button["title"], button["payload"]) for button in verdict.get("buttons", ())),
        events=_state_events(verdict, toolbox, turn),
    )


def _state_events(verdict: Verdict, toolbox: Toolbox, turn: Turn) -> tuple[Event, ...]:
    """What the kit asks to keep; a state that can not be scrubbed is not kept."""
    state = verdict.get("state")
    if state is None:
        return ()
    try:
        return (Event("kit_state", turn.at, {"state": toolbox.kept(state, turn)}),)
    except ScrubFailed:
        return ()
