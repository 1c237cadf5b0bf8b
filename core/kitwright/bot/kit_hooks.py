"""The three places of a turn where a kit's own code may speak: screen, policy and check."""

from collections.abc import Callable
from dataclasses import asdict

from kitwright.bot.toolbox import Toolbox
from kitwright.kit import KitCode
from kitwright.protocols import Verdict
from kitwright.types import Button, Decision, RawText, ScrubbedText, Turn


def screen_call(code: KitCode, toolbox: Toolbox) -> Callable[[RawText, Turn], Decision | None]:
    """The kit's `screen`; it sees raw text, since it must work even when scrubbing does not."""
    screen = code.screen

    def call(text: RawText, turn: Turn) -> Decision | None:
        verdict = screen(text.reveal(), toolbox.context(turn)) if screen else None
        return _decided(verdict) if verdict else None

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
        verdict = policy(turn.text or "", understood, toolbox.context(turn))
        return _decided(verdict) if verdict else None

    return call


def check_call(code: KitCode, toolbox: Toolbox) -> Callable[[ScrubbedText, Turn], Decision | None]:
    """The kit's `check`; its words instead of the reply, or None to let the reply go."""
    check = code.check

    def call(text: ScrubbedText, turn: Turn) -> Decision | None:
        if check is None:
            return None
        evidence = [found.passage.text for found in turn.passages or ()]
        evidence += list(turn.decision.evidence) if turn.decision else []
        objection = check(text, evidence, toolbox.context(turn))
        if objection is None:
            return None
        return Decision(kind="say", why=objection["why"], texts=(ScrubbedText(objection.get("instead", "")),))

    return call


def _decided(verdict: Verdict) -> Decision:
    """A kit's verdict as a decision; its text is the kit's own and holds nothing a person typed."""
    return Decision(
        kind="handoff" if verdict.get("handoff") else "say",
        why=verdict["why"],
        texts=(ScrubbedText(verdict["text"]),),
        buttons=tuple(Button(button["title"], button["payload"]) for button in verdict.get("buttons", ())),
    )
