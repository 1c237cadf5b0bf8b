"""The receive step: clean the message, keep it within limits, and let the kit's screen see it first."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kitwright.guard import GuardRules
from kitwright.types import Decision, RawText, Step, Turn

ScreenCall = Callable[[RawText, Turn], Decision | None]
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def receive_step(rules: GuardRules, *, respond: Callable[[str], Decision], screen: ScreenCall) -> Step:
    """The step `receive`.

    Args:
        rules: how long a message may be, and what is said about empty and too long ones.
        respond: turns the name of a response into a decision that says it.
        screen: the kit's own look at the raw text, before any model runs.
    """

    def run(turn: Turn) -> Turn:
        text = cleaned(turn.received)
        # Of a message that is too long nothing is kept: a cut could halve an e-mail address, and half of one
        # is not recognised as personal any more.
        normal = RawText(text if len(text) <= rules.max_characters else "")
        screened = screen(RawText(text), turn)
        if screened is not None:
            return replace(turn, normal=normal, verdict=screened).note("receive", "screened", screened.why)
        if not text:
            return replace(turn, normal=normal, verdict=respond(rules.empty)).note("receive", "empty")
        if len(text) > rules.max_characters:
            why = f"{len(text)} characters, at most {rules.max_characters}"
            return replace(turn, normal=normal, verdict=respond(rules.too_long)).note("receive", "too long", why)
        return replace(turn, normal=normal).note("receive", "accepted", f"{len(text)} characters")

    return Step(name="receive", reads=frozenset({"received"}), writes=frozenset({"normal", "verdict"}), run=run)


def cleaned(raw: RawText) -> str:
    """The text in Unicode NFC, without control characters and half characters, and stripped."""
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", raw.reveal())).strip()
