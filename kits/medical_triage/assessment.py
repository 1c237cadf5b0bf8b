"""The assessment: level, conditions to consider, and why, for one case."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .case.case import Case
from .differential.model import Differential, Likely
from .differential.urgency import Urgency, urgency_of
from .knowledge_base.base import KnowledgeBase, knowledge_base
from .knowledge_base.level import Level
from .knowledge_base.rule import Rule
from .reading.implied import fitting, with_implied
from .reading.meaning import Encode
from .reading.reader import Reader
from .rules.screen import Screen

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Assessment:
    """What follows from a case.

    Args:
        case: with everything that follows from what was said.
        level: the highest that a rule or the likely conditions ask for.
        rules: those that speak, the most urgent first.
        likely: conditions, the likeliest first.
        urgency: what the conditions alone ask for.
        enough: whether enough is known to say anything; else the level is the least safe one, `urgent`.
    """

    case: Case
    level: Level
    rules: tuple[Rule, ...]
    likely: tuple[Likely, ...]
    urgency: Urgency
    enough: bool

    @property
    def is_crisis(self) -> bool:
        """Whether the crisis text is to be given."""
        return any(rule.crisis for rule in self.rules)


class Assessor:
    """Assesses cases by the knowledge base alone.

    Args:
        base: the knowledge base.
        encode: texts to unit vectors; without it messages are read by words alone.
    """

    def __init__(self, base: KnowledgeBase, encode: Encode | None = None) -> None:
        self.base = base
        self.reader = Reader(base, encode)
        self.screen = Screen(base.rules)
        self.differential = Differential()

    def read(self, text: str, *, age: float | None = None, sex: str | None = None, case: Case | None = None) -> Case:
        """The case of a text; age (years) and sex given beside it go before those it names."""
        reading = self.reader.read(text)
        months = reading.person.age_months if age is None else age * 12
        chosen = sex if sex in {"female", "male"} else reading.person.sex
        return (case or Case()).learn(
            reading.evidence,
            age_months=months,
            sex=chosen,  # type: ignore[arg-type]
            who=reading.person.who,
            measures=reading.measures,
        )

    def assess(self, case: Case) -> Assessment:
        """Assess a case."""
        whole = with_implied(fitting(case, self.base), self.base)
        rules = tuple(self.screen.speaking(whole))
        urgency = urgency_of(self.differential, whole)
        enough = bool(whole.present())
        level = max([urgency.level if enough else Level.urgent, *(rule.level for rule in rules)])
        return Assessment(whole, level, rules, tuple(self.differential.likely(whole, most=_SHOWN)), urgency, enough)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    """The assessor of the kit's knowledge base; made once."""
    return Assessor(knowledge_base())


@lru_cache(maxsize=2)
def assessor_with(encode: Encode) -> Assessor:
    """The assessor that reads by meaning too; made once for an encoder."""
    return Assessor(knowledge_base(), encode)
