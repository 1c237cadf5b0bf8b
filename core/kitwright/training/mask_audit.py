"""The mask audit: which tokens would be learned, looked at before step one; a run that teaches nothing is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from kitwright.errors import Fault, FaultsFound
from kitwright.files import Faults
from kitwright.training.examples import Example

MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class MaskAudit:
    """What a training run would supervise.

    Args:
        examples: how many.
        tokens: of all examples together.
        supervised: learned tokens of all examples together.
        shortest: learned tokens of the example with fewest.
        median: learned tokens of the middle example.
    """

    examples: int
    tokens: int
    supervised: int
    shortest: int
    median: float

    @property
    def share(self) -> float:
        """Learned tokens among all, 0 to 1."""
        return self.supervised / self.tokens

    def as_dict(self) -> dict[str, float]:
        """The audit for JSON."""
        return {
            "examples": self.examples,
            "tokens": self.tokens,
            "supervised": self.supervised,
            "share": round(self.share, 4),
            "shortest": self.shortest,
            "median": self.median,
        }


def audit(examples: Sequence[Example], *, stop_id: int) -> MaskAudit:
    """Look at the mask of every example.

    Args:
        examples: what is to be learned from.
        stop_id: the token that ends an answer; an answer whose end is not learned never ends when served.

    Raises:
        FaultsFound: KW305, no examples, or for every example without a learned token, with an unlearned stop
            token, or with a learned token in what is asked.
    """
    if not examples:
        raise FaultsFound(Fault(code="KW305", place="data", problem="no examples to learn from"))
    faults = Faults()
    for example in examples:
        problem = _problem(example, stop_id)
        if problem and len(faults.found) < MOST_SHOWN:
            hint = "see that the record ends with an answer of the assistant"
            faults.add(Fault(code="KW305", place=example.id, problem=problem, hint=hint))
    faults.raise_if_any()
    learned = [example.supervised for example in examples]
    return MaskAudit(
        examples=len(examples),
        tokens=sum(len(example.ids) for example in examples),
        supervised=sum(learned),
        shortest=min(learned),
        median=median(learned),
    )


def _problem(example: Example, stop_id: int) -> str | None:
    if len(example.ids) != len(example.mask):
        return f"{len(example.ids)} tokens, but a mask of {len(example.mask)}"
    learned = [place for place, on in enumerate(example.mask) if on]
    if not learned:
        return "no token would be learned"
    if example.ids[learned[-1]] != stop_id:
        return "the token that ends the answer would not be learned"
    if len(learned) == 1:
        return "only the end of the answer would be learned"
    if learned[-1] - learned[0] + 1 != len(learned):
        return "the learned tokens are not one stretch: something besides the last answer would be learned"
    return None
