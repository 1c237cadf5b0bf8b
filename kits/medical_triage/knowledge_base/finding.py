"""A finding: a symptom, a sign, a risk, a piece of history, a medicine or an exposure."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..knowledge_base.identity import FindingId

Kind = Literal["symptom", "sign", "risk", "history", "medicine", "exposure"]
Scale = Literal[
    "severity_0_10", "duration", "temperature", "count", "blood_pressure", "heart_rate", "oxygen", "glucose", "weeks"
]


class Finding(BaseModel):
    """An entry of knowledge_base/findings.

    Args:
        id: snake case; names no condition.
        name: a clinician's words.
        lay: other people's words.
        question: to the person, about one thing.
        why: what is said to "why do you ask?".
        phrases: what somebody would type.
        unlike: wordings that look like it and are not it.
        attributes: what makes a difference; each value is a finding of its own, `id/value`, with its wordings.
        scale: what a number about it measures.
        implies: wider findings that hold too.
        ages: years between which it makes sense.
        sex: where it makes sense for one sex at birth only.
        source: a public guideline or page that covers it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: FindingId
    name: str = Field(min_length=2)
    lay: str = Field(min_length=2)
    kind: Kind
    question: str = Field(pattern=r"\?$")
    why: str = Field(min_length=10)
    phrases: tuple[str, ...] = Field(min_length=8)
    unlike: tuple[str, ...] = ()
    attributes: dict[str, dict[str, tuple[str, ...]]] = {}
    scale: Scale | None = None
    implies: tuple[FindingId, ...] = ()
    ages: tuple[float, float] = (0, 120)
    sex: Literal["female", "male"] | None = None
    source: str = Field(min_length=3)

    @model_validator(mode="after")
    def _values_are_unique(self) -> "Finding":
        values = [value for choices in self.attributes.values() for value in choices]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise ValueError(f"names a value twice: {', '.join(twice)}")
        return self

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The wordings of each value of its attributes."""
        return {value: words for choices in self.attributes.values() for value, words in choices.items()}

    def siblings(self, value: str) -> tuple[str, ...]:
        """The other values of the attribute that a value belongs to."""
        return next(
            (
                tuple(each for each in choices if each != value)
                for choices in self.attributes.values()
                if value in choices
            ),
            (),
        )
