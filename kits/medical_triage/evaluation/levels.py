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


def in_three_classes(case: Judged) -> Judged:
    """A case in three classes, as studies of symptom checkers have them: self-care, non-emergency, emergency."""
    accepted = frozenset(_class_of(level) for level in case.accepted)
    return Judged(_class_of(case.gold), accepted, _class_of(case.predicted))


def _class_of(level: Level) -> Level:
    """The lowest level of the class."""
    if level >= Level.emergency:
        return Level.emergency
    return Level.routine if level >= Level.routine else Level.self_care
