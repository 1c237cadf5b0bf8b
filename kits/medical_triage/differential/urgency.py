"""Urgency: the level that follows from what conditions are likely."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..case.case import Case
from ..differential.model import Differential
from ..knowledge_base.level import Level

THRESHOLDS: Final[dict[Level, float]] = {
    Level.emergency_ambulance: 0.5,
    Level.emergency: 0.35,
    Level.urgent: 0.45,
    Level.routine: 0.6,
}
"""How likely it must be that a level or a higher one is right; more urgent ones need less."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """What the likely conditions ask for.

    Args:
        level: the most urgent level that is likely enough.
        at_least: how likely each level or a higher one is.
    """

    level: Level
    at_least: dict[Level, float]


def urgency_of(differential: Differential, case: Case) -> Urgency:
    """The level of the likely conditions of a case."""
    posterior = differential.posterior(case)[:-1]
    total = posterior.sum()
    levels = np.array(differential.levels(case))
    shares = {level: float(posterior[levels >= level].sum() / total) if total else 0.0 for level in Level}
    level = next(
        (level for level in sorted(THRESHOLDS, reverse=True) if shares[level] >= THRESHOLDS[level]), Level.self_care
    )
    return Urgency(level, shares)
