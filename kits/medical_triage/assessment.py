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
from .second.opinion import RAISES, shipped_opinion

_SHOWN: Final = 10
_HARDLY: Final = 0.1
_FAIRLY: Final = 0.3


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
        alarmed: whether the second opinion holds it for an emergency, where nothing speaks for something harmless.
    """

    case: Case
    level: Level
    rules: tuple[Rule, ...]
    likely: tuple[Likely, ...]
    urgency: Urgency
    enough: bool
    alarmed: bool = False

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
        self._second = shipped_opinion(encode) if encode else None

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
            alarm=round(self._second.probability(text), 3) if self._second else 0.0,
        )

    def assess(self, case: Case) -> Assessment:
        """Assess a case."""
        whole = with_implied(fitting(case, self.base), self.base)
        rules = tuple(self.screen.speaking(whole))
        urgency = urgency_of(self.differential, whole)
        enough = bool(whole.present())
        likely = tuple(self.differential.likely(whole, most=_SHOWN))
        alarmed = whole.alarm >= RAISES and not (enough and _is_harmless(likely[0], urgency))
        levels = [urgency.level if enough else Level.urgent, *(rule.level for rule in rules)]
        level = max([*levels, Level.emergency] if alarmed else levels)
        return Assessment(whole, level, rules, likely, urgency, enough, alarmed)


def _is_harmless(first: Likely, urgency: Urgency) -> bool:
    """Whether the knowledge base is fairly sure of something harmless: the second opinion then keeps still."""
    calm = first.level <= Level.routine and urgency.at_least[Level.emergency] < _HARDLY
    return calm and first.probability >= _FAIRLY


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    """The assessor of the kit's knowledge base; made once."""
    return Assessor(knowledge_base())


@lru_cache(maxsize=2)
def assessor_with(encode: Encode) -> Assessor:
    """The assessor that reads by meaning too; made once for an encoder."""
    return Assessor(knowledge_base(), encode)
