"""Why a text is scrubbed as it is: every finding and everything kept, with who found it and who won."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.privacy.finding import Finding
from kitwright.privacy.overlaps import Outcome, winner

_AROUND: Final = 20
Treated = Callable[[Finding, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Explained:
    """One finding, and what became of it. Holds the value itself: for the person who asks, not for a log.

    Args:
        text: the stretch.
        label: what it was taken for, or the kind of what is kept.
        recogniser: who found it.
        pattern: by which pattern or list; empty where there is none.
        tier: how the recogniser knows, in small letters.
        score: 0 to 1.
        context: some text around it.
        outcome: `replaced`, `made coarser`, `blocked`, `stays` (found, but the policy lets it), `in part`, `beaten`
            or `kept`.
        why: what decided.
    """

    start: int
    end: int
    text: str
    label: str
    recogniser: str
    pattern: str
    tier: str
    score: float
    context: str
    outcome: str
    why: str


def explain(
    text: str, outcomes: Sequence[Outcome], kept: Sequence[Finding], *, treated: Treated
) -> tuple[Explained, ...]:
    """Every outcome and everything kept, in order of position; what two patterns find alike is told once.

    Args:
        text: the text that was scanned.
        outcomes: of every finding.
        kept: what stays, whether a finding lies in it or not.
        treated: of a finding that holds, and the text, what becomes of it and why.
    """
    held = {(o.finding.start, o.finding.end, o.finding.label) for o in outcomes if o.pieces}
    told = [
        _told(text, each.finding, *(_lost(each, outcomes, kept) or treated(each.finding, text)))
        for each in outcomes
        if each.pieces or (each.finding.start, each.finding.end, each.finding.label) not in held
    ]
    told += [_told(text, each, "kept", "no personal data, or allowed by the kit") for each in kept]
    return tuple(sorted(told, key=lambda each: (each.start, -each.end)))


def _lost(outcome: Outcome, outcomes: Sequence[Outcome], kept: Sequence[Finding]) -> tuple[str, str] | None:
    """How and why a finding does not hold as a whole; None if it does."""
    finding, rival = outcome.finding, winner(outcome, outcomes, kept)
    if outcome.kept:
        return "beaten", f"lies in what is kept: {_name(rival)}"
    if not outcome.pieces:
        return "beaten", f"{_name(rival)} {_reason(finding, rival)}"
    if rival is not None:
        return "in part", f"the rest went to {_name(rival)}, which {_reason(finding, rival)}"
    return None


def _name(finding: Finding | None) -> str:
    return "something" if finding is None else f"{finding.label} ({finding.pattern or finding.recogniser})"


def _reason(loser: Finding, rival: Finding | None) -> str:
    if rival is None:
        return "is surer"
    if rival.tier != loser.tier:
        return f"is {rival.tier.name.lower()}, this is {loser.tier.name.lower()}"
    if rival.score != loser.score:
        return f"has the score {rival.score:.2f}, this has {loser.score:.2f}"
    return "is longer or comes first in the policy"


def _told(text: str, finding: Finding, outcome: str, why: str) -> Explained:
    start, end = finding.start, finding.end
    around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
    tier, score = finding.tier.name.lower(), round(finding.score, 4)
    return Explained(
        start,
        end,
        text[start:end],
        finding.label,
        finding.recogniser,
        finding.pattern,
        tier,
        score,
        around,
        outcome,
        why,
    )
