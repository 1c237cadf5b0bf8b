"""The table: the knowledge base's chances as arrays, for one set of settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..differential.settings import DEFAULT, Settings
from ..knowledge_base.base import KnowledgeBase, knowledge_base
from ..knowledge_base.condition import AGE_BANDS, Condition
from ..knowledge_base.identity import parent_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Chances of findings in conditions.

    Args:
        conditions: the rows.
        findings: the columns, findings and values.
        column: of each finding or value.
        chance: of a finding, or of a value given its finding; shape (conditions + 1, findings), the last row for
            "none of these".
        listed: whether the condition names it; same shape.
        prior: cases per 100,000 a year by age band and sex (female, male); shape (bands, 2, conditions).
        present: log likelihood of each finding where it is there; same shape as `chance`.
        absent: log likelihood of each where it is not.
        untold: log likelihood of each where a person does not speak of it and the condition names it; 0 elsewhere.
    """

    conditions: tuple[Condition, ...]
    findings: tuple[str, ...]
    column: dict[str, int]
    chance: Floats
    listed: npt.NDArray[np.bool_]
    prior: Floats
    present: Floats
    absent: Floats
    untold: Floats


@lru_cache(maxsize=4)
def table_of(settings: Settings = DEFAULT) -> Table:
    """The table of the kit's knowledge base; made once for each set of settings."""
    return make_table(knowledge_base(), settings)


def make_table(base: KnowledgeBase, settings: Settings) -> Table:
    """The table of a knowledge base."""
    conditions = tuple(base.conditions.values())
    findings = tuple(_columns(base))
    column = {finding: number for number, finding in enumerate(findings)}
    told = _told_chances(conditions, column)
    listed = told > 0
    prior = np.stack([_prior(condition) for condition in conditions], axis=-1)
    share = prior.mean(axis=(0, 1)) ** settings.prior_weight
    average = np.maximum((share / share.sum()) @ told[:-1], 1e-4)
    parents = np.array([column[parent_of(finding)] for finding in findings])
    own = parents == np.arange(len(findings))
    least = np.where(_is_background(base, findings), settings.background, settings.least_chance)
    leaked = np.where(own, np.maximum(settings.leak * average, least), 0)
    # A value is judged given its finding: where a condition names only the finding, its values are as likely as in all.
    given = np.clip(average / average[parents], 0.02, 0.98)
    chance = np.where(listed, told, leaked)
    within = np.clip(told / np.maximum(np.where(listed[:, parents], told[:, parents], 1.0), 1e-9), 0.02, 0.98)
    # A condition that names other values of the finding, and not this one, makes this one less likely.
    sibling = _names_sibling(listed, parents, own)
    chance = np.where(own, chance, np.where(listed, within, np.where(sibling, 0.5 * given, given)))
    for row, condition in enumerate(conditions):
        for finding in condition.against:
            chance[row, column[finding]] *= settings.against
    chance = np.clip(chance, settings.least_chance, 0.995)
    chance[-1] = np.clip(np.where(own, average, given), settings.least_chance, 0.9)
    untold = np.where(listed & own, np.log1p(-settings.told * chance), 0)
    present, absent = np.log(chance), np.log1p(-chance)
    return Table(conditions, findings, column, chance, listed, prior, present, absent, untold)


def _is_background(base: KnowledgeBase, findings: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each column is a risk, history, medicine or exposure: what many have whatever ails them."""
    return np.array([base.findings[parent_of(finding)].kind not in {"symptom", "sign"} for finding in findings])


def _columns(base: KnowledgeBase) -> Sequence[str]:
    return [
        key
        for finding in base.findings.values()
        for key in (finding.id, *(f"{finding.id}/{value}" for value in finding.values))
    ]


def _told_chances(conditions: Sequence[Condition], column: dict[str, int]) -> Floats:
    """Chances as written; a finding is at least as likely as any of its values. The last row stays empty."""
    told = np.zeros((len(conditions) + 1, len(column)))
    for row, condition in enumerate(conditions):
        for finding, chance in condition.findings.items():
            told[row, column[finding]] = chance
            wider = column[parent_of(finding)]
            told[row, wider] = max(told[row, wider], chance)
    return told


def _names_sibling(
    listed: npt.NDArray[np.bool_], parents: npt.NDArray[np.int64], own: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """For each condition and value, whether the condition names any value of the same finding."""
    values = np.flatnonzero(~own)
    any_value = np.zeros((listed.shape[0], listed.shape[1]), dtype=bool)
    np.logical_or.at(any_value.T, parents[values], listed[:, values].T)
    return any_value[:, parents]


def _prior(condition: Condition) -> Floats:
    """Cases per 100,000 by age band and sex."""
    ages = np.array([condition.ages.get(name, 1.0) for name, _ in AGE_BANDS])  # type: ignore[call-overload]
    sexes = np.array([condition.sex.get("female", 1.0), condition.sex.get("male", 1.0)])
    return np.asarray(condition.rate * ages[:, None] * sexes[None, :])


def band_of(age: float) -> int:
    """The number of the age band of an age in years."""
    return next(number for number, (_, end) in enumerate(AGE_BANDS) if age < end)
