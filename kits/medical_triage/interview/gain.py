"""Gain: how much an answer is expected to tell of the level and of the conditions."""

from typing import Final

import numpy as np
import numpy.typing as npt

from ..case.case import Case
from ..differential.model import Differential
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level

Floats = npt.NDArray[np.float64]
_LEVEL_WEIGHT: Final = 1.0
_CONDITION_WEIGHT: Final = 0.5


def gains(differential: Differential, case: Case) -> dict[str, float]:
    """Expected loss of entropy, in nats, by each open finding: of the level, and half that of the conditions."""
    table = differential.table
    posterior = differential.posterior(case)[:-1]
    posterior = posterior / max(posterior.sum(), 1e-12)
    columns = _open_columns(differential, case, posterior)
    if not len(columns):
        return {}
    levels = np.array([int(level) for level in differential.levels(case)])
    groups = np.stack([levels == level for level in Level]).astype(float)
    chance = table.chance[:-1, columns]
    yes, no = posterior[:, None] * chance, posterior[:, None] * (1 - chance)
    share = yes.sum(axis=0)
    expected_levels = share * _entropy(groups @ (yes / share)) + (1 - share) * _entropy(groups @ (no / (1 - share)))
    expected_conditions = share * _entropy(yes / share) + (1 - share) * _entropy(no / (1 - share))
    level_gain = _entropy(groups @ posterior[:, None])[0] - expected_levels
    condition_gain = _entropy(posterior[:, None])[0] - expected_conditions
    total = _LEVEL_WEIGHT * level_gain + _CONDITION_WEIGHT * condition_gain
    return {table.findings[column]: float(gain) for column, gain in zip(columns, total, strict=True)}


def _open_columns(differential: Differential, case: Case, posterior: Floats) -> npt.NDArray[np.int64]:
    """Columns of findings worth asking: open, possible for the person, named by a likely condition."""
    table = differential.table
    likely = posterior >= min(0.01, posterior.max())
    named = table.listed[:-1][likely].any(axis=0)
    open_ = [number for number, finding in enumerate(table.findings) if named[number] and _is_open(finding, case)]
    return np.array(open_, dtype=np.int64)


def _is_open(finding: str, case: Case) -> bool:
    if finding in case.evidence:
        return False
    return "/" not in finding or case.has(parent_of(finding))


def _entropy(shares: Floats) -> Floats:
    """Of each column, in nats."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-(np.where(shares > 0, shares * np.log(np.maximum(shares, 1e-300)), 0)).sum(axis=0))
