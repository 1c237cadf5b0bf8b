"""The model: how likely each condition is for a case.

Naive Bayes with a leak: base rates by age and sex, times risk factors, times the likelihoods of what is present,
denied, and not mentioned. A value counts given its finding. What nobody asked about counts a little as absent, as much
as people tell of themselves. Likelihoods are tempered (`Settings.evidence_weight`), since findings go together.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..case.case import Case
from ..differential.settings import DEFAULT, Settings
from ..differential.table import Table, band_of, table_of
from ..knowledge_base.condition import Condition
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level

Floats = npt.NDArray[np.float64]
_UNSURE: Final = 0.6
_SEXES: Final = {"female": 0, "male": 1}


@dataclass(frozen=True, slots=True)
class Likely:
    """A condition with how likely it is.

    Args:
        condition: of the knowledge base.
        probability: among all conditions and "none of these".
        level: its level for this case, raised by what raises it.
    """

    condition: Condition
    probability: float
    level: Level


class Differential:
    """The model over the kit's knowledge base."""

    def __init__(self, table: Table | None = None, settings: Settings = DEFAULT) -> None:
        self.table = table or table_of(settings)
        self.settings = settings

    def posterior(self, case: Case) -> Floats:
        """Probability of each condition, "none of these" last; shape (conditions + 1,)."""
        scores = self._prior(case) + self.settings.evidence_weight * self._evidence(case)
        scores -= scores.max()
        weights = np.exp(scores)
        return np.asarray(weights / weights.sum())

    def likely(self, case: Case, *, most: int | None = None) -> list[Likely]:
        """The conditions, the likeliest first."""
        posterior = self.posterior(case)
        order = np.argsort(-posterior[:-1])[:most]
        conditions = self.table.conditions
        return [Likely(conditions[i], float(posterior[i]), level_for(conditions[i], case)) for i in order]

    def levels(self, case: Case) -> list[Level]:
        """The level of each condition for a case."""
        return [level_for(condition, case) for condition in self.table.conditions]

    def _prior(self, case: Case) -> Floats:
        prior = self.table.prior
        rate = prior.mean(axis=0) if case.age is None else prior[band_of(case.age)]
        rate = rate.mean(axis=0) if case.sex is None else rate[_SEXES[case.sex]]
        with np.errstate(divide="ignore"):
            scores = self.settings.prior_weight * np.log(rate)
        for row, condition in enumerate(self.table.conditions):
            if any(case.lacks(need) for need in condition.needs):
                scores[row] = -np.inf
            elif any(not case.has(need) for need in condition.needs):
                scores[row] -= 2.0
            scores[row] += self._risk(condition, case)
        top = scores[np.isfinite(scores)].max(initial=0)
        total = np.log(np.exp(scores - top).sum()) + top
        return np.append(scores, total + np.log(self.settings.other))

    def _risk(self, condition: Condition, case: Case) -> float:
        """Log of the factor of the risks that a person has; of a risk and its values the strongest counts."""
        strongest: dict[str, float] = {}
        for risk, factor in condition.risks.items():
            if case.has(risk):
                parent = parent_of(risk)
                log = float(np.log(max(factor, 0.05)))
                strongest[parent] = max(log, strongest.get(parent, log), key=abs)
        limit = float(np.log(self.settings.cut_risk))
        return min(sum(strongest.values()), limit)

    def _evidence(self, case: Case) -> Floats:
        table = self.table
        scores: Floats = table.untold.sum(axis=1)
        for finding, evidence in case.evidence.items():
            column = table.column.get(finding)
            if column is None:
                continue
            scores -= table.untold[:, column]
            if evidence.state == "absent":
                # Of a finding that is not there, no value can be.
                if "/" not in finding or case.has(parent_of(finding)):
                    scores += evidence.score * table.absent[:, column]
            elif evidence.holds:
                weight = evidence.score * (_UNSURE if evidence.state == "unsure" else 1.0)
                scores += weight * table.present[:, column]
        return np.asarray(scores)


def level_for(condition: Condition, case: Case) -> Level:
    """The level of a condition for a case: its own, or a higher one that something raises it to."""
    raised = [one.level for one in condition.raises if all(case.has(finding) for finding in one.when)]
    return max([condition.level, *raised])
