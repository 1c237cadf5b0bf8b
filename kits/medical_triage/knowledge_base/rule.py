"""A rule: findings and facts about a person that alone set a least level, with no model."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..knowledge_base.condition import LevelName
from ..knowledge_base.identity import FindingId

MEASURES: Final = (
    "age", "age_months", "weeks_pregnant", "temperature_c", "oxygen", "heart_rate", "systolic", "diastolic", "breaths",
    "glucose", "pain",
)  # fmt: skip
_OPERATORS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<=": operator.le, ">=": operator.ge, "==": operator.eq, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_COMPARISON: Final = re.compile(r"^([a-z][a-z0-9_]*(?:/[a-z0-9_]+)?(?:\.(?:hours|count))?)\s*(<=|>=|==|<|>)\s*(\S+)$")
_FINDING: Final = re.compile(r"^[a-z][a-z0-9_]*(/[a-z0-9_]+)?$")


@dataclass(frozen=True, slots=True)
class Holds:
    """The person has a finding, or, where `denied`, says that it is absent."""

    finding: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Compares:
    """A number about the person, compared: of MEASURES, or `FINDING.hours`, `FINDING.count`."""

    name: str
    sign: str
    number: float

    def holds_for(self, value: float) -> bool:
        """Whether it holds for a value."""
        return _OPERATORS[self.sign](value, self.number)


@dataclass(frozen=True, slots=True)
class OfSex:
    """The person's sex at birth."""

    sex: str


Term = Holds | Compares | OfSex
Line = tuple[Term, ...]
"""Holds where any of its terms does."""


def term_of(source: object) -> Term:
    """Read one term of a rule.

    Raises:
        ValueError: it is none.
    """
    text = str(source).strip()
    if text in {"sex == female", "sex == male"}:
        return OfSex(text.rpartition(" ")[2])
    comparison = _COMPARISON.match(text)
    if comparison:
        name, sign, number = comparison.groups()
        if "." not in name and name not in MEASURES:
            raise ValueError(
                f"{text!r} compares something else than {', '.join(MEASURES)}, FINDING.hours, FINDING.count"
            )
        return Compares(name, sign, float(number))
    denied = text.startswith("not ")
    finding = text.removeprefix("not ").strip()
    if not _FINDING.match(finding):
        raise ValueError(f"{text!r} is no finding, no `not finding` and no comparison")
    return Holds(finding, denied)


def _line(source: object) -> Any:
    if isinstance(source, tuple):
        return source
    return tuple(term_of(each) for each in (source if isinstance(source, list) else [source]))


RuleLine = Annotated[Line, BeforeValidator(_line)]
RuleTerm = Annotated[
    Term, BeforeValidator(lambda source: source if isinstance(source, Holds | Compares | OfSex) else term_of(source))
]


class Rule(BaseModel):
    """An entry of knowledge_base/red_flags or knowledge_base/combinations.

    Args:
        level: the least level where it speaks.
        when: lines that must all hold.
        unless: it does not speak where any of these holds.
        past: it counts too where its findings were there in the last days and are over.
        crisis: the person is given the crisis text.
        ask: asked first where all lines but one hold.
        say: one calm sentence on what it may be.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    id: FindingId
    level: LevelName
    when: tuple[RuleLine, ...] = Field(min_length=1)
    unless: tuple[RuleTerm, ...] = ()
    past: bool = False
    crisis: bool = False
    ask: str | None = Field(default=None, pattern=r"\?$")
    say: str = Field(min_length=10)
    source: str = Field(min_length=3)

    def findings(self) -> set[str]:
        """Every finding, or value of one, that it names."""
        terms = [term for line in self.when for term in line] + list(self.unless)
        named = {term.finding for term in terms if isinstance(term, Holds)}
        return named | {
            term.name.partition(".")[0] for term in terms if isinstance(term, Compares) and "." in term.name
        }
