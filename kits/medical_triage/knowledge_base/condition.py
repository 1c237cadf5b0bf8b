"""A condition: what may be behind findings, and how urgent it is."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from ..knowledge_base.identity import FindingId, FindingOrValue
from ..knowledge_base.level import Level, level_named

LevelName = Annotated[
    Level,
    BeforeValidator(lambda name: level_named(name) if isinstance(name, str) else name),
    PlainSerializer(lambda level: level.name),
]
Chance = Annotated[float, Field(gt=0, lt=1)]
Factor = Annotated[float, Field(ge=0)]

AGE_BANDS: tuple[tuple[str, float], ...] = (
    ("0-1", 1), ("1-5", 5), ("5-12", 12), ("12-18", 18), ("18-40", 40), ("40-65", 65), ("65-80", 80), ("80+", 200),
)  # fmt: skip
"""Each band with the age in years below which it ends."""
AgeBand = Literal["0-1", "1-5", "5-12", "12-18", "18-40", "40-65", "65-80", "80+"]


class Raise(BaseModel):
    """What makes a condition more urgent than its level.

    Args:
        when: findings that must all hold.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: tuple[FindingOrValue, ...] = Field(min_length=1)
    level: LevelName
    why: str


class Condition(BaseModel):
    """An entry of knowledge_base/conditions.

    Args:
        name: lay.
        medical: a clinician's name.
        also: further names and abbreviations.
        level: typical for somebody who probably has it, untreated.
        severity: 1, a nuisance, to 10, life in danger within hours.
        rate: new cases per 100,000 people a year, all ages and both sexes together.
        ages: factor on the rate by age band.
        sex: factor on the rate; 0 where impossible.
        needs: findings without which it is impossible.
        findings: chance that somebody with it, who asks for help, has the finding.
        against: findings that speak against it.
        risks: factor on the odds where the person has it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: FindingId
    name: str
    medical: str
    also: tuple[str, ...] = ()
    system: str
    level: LevelName
    severity: int = Field(ge=1, le=10)
    rate: float = Field(gt=0)
    ages: dict[AgeBand, Factor]
    sex: dict[Literal["female", "male"], Factor]
    needs: tuple[FindingOrValue, ...] = ()
    findings: dict[FindingOrValue, Chance] = Field(min_length=4)
    against: tuple[FindingOrValue, ...] = ()
    risks: dict[FindingOrValue, Factor] = {}
    raises: tuple[Raise, ...] = ()
    see: str
    self_care: tuple[str, ...] = ()
    watch_for: tuple[str, ...] = Field(min_length=1)
    about: str
    source: str = Field(min_length=3)

    def names(self) -> tuple[str, ...]:
        """Every name of it, the lay one first."""
        return (self.name, self.medical, *self.also)
