"""Scores of levels: predicted against what a panel gave and accepts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..evaluation.intervals import Share, share
from ..knowledge_base.level import Level


@dataclass(frozen=True, slots=True)
class Judged:
    """One case.

    Args:
        gold: the panel's level.
        accepted: levels that count as right; `gold` is one.
        predicted: what came out.
    """

    gold: Level
    accepted: frozenset[Level]
    predicted: Level


def level_scores(cases: Sequence[Judged]) -> dict[str, Share]:
    """The scores, by name.

    Returns:
        accuracy: predicted is accepted · safety: at or above the lowest accepted · severe_under: two or more levels
        below · over: above the highest accepted · emergencies_found: of the two highest levels, predicted as one of
        them · false_emergency: of cases whose accepted levels exclude both, predicted as one · recall_<level>: of the
        cases of a level, predicted as it.
    """
    emergencies = [case for case in cases if case.gold >= Level.emergency]
    calm = [case for case in cases if max(case.accepted) < Level.emergency]
    scores = {
        "accuracy": share([case.predicted in case.accepted for case in cases]),
        "safety": share([case.predicted >= min(case.accepted) for case in cases]),
        "severe_under": share([case.predicted <= min(case.accepted) - 2 for case in cases]),
        "over": share([case.predicted > max(case.accepted) for case in cases]),
        "emergencies_found": share([case.predicted >= Level.emergency for case in emergencies]),
        "false_emergency": share([case.predicted >= Level.emergency for case in calm]),
    }
    for level in Level:
        own = [case for case in cases if case.gold is level]
        scores[f"recall_{level.name}"] = share([case.predicted is level for case in own])
    return scores


def three_classes(level: Level) -> int:
    """The level in three classes as symptom-checker studies have them: 1 self-care, 2 non-emergency, 3 emergency."""
    return 1 if level is Level.self_care else 2 if level <= Level.urgent else 3
