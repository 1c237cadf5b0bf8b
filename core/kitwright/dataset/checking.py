"""Checking a dataset: every check over the material, and the findings with personal data masked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kitwright.dataset.checks import CHECKS
from kitwright.dataset.checks.classes import FOLDS, class_counts, countable
from kitwright.dataset.finding import Finding
from kitwright.dataset.material import Material
from kitwright.dataset.stats import DatasetStats, stats_of

EXCERPT: Final = 300
"""Characters of a text that a finding shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetReport:
    """What the checks found.

    Args:
        records: how many were checked.
        evals: how many records of evals they were held against.
        findings: errors first, then in the order of the checks.
        not_run: one clause for each check that could not be made.
        stats: figures of the set.
    """

    records: int
    evals: int
    findings: tuple[Finding, ...]
    not_run: tuple[str, ...]
    stats: DatasetStats

    @property
    def errors(self) -> int:
        """Number of errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def by_kind(self) -> dict[str, int]:
        """Kind to number of findings, in the order of the findings."""
        kinds = dict.fromkeys((finding.kind for finding in self.findings), 0)
        for finding in self.findings:
            kinds[finding.kind] += 1
        return kinds

    def as_dict(self) -> dict[str, object]:
        """The report for `--json`."""
        totals = {"error": self.errors, "warning": len(self.findings) - self.errors, "by_kind": self.by_kind}
        return {
            "records": self.records,
            "evals": self.evals,
            "ok": self.errors == 0,
            "totals": totals,
            "not_run": list(self.not_run),
            "findings": [finding.as_dict() for finding in self.findings],
            "stats": self.stats.as_dict(),
        }


def check_dataset(
    material: Material, *, unread: tuple[Finding, ...] = (), done: Callable[[], None] = lambda: None
) -> DatasetReport:
    """Run every check; `done` is called after each.

    Args:
        material: the records.
        unread: findings of reading them.
        done: called after each of `CHECKS`.
    """
    found = list(unread)
    for check in CHECKS if material.samples else ():
        found += [_masked(finding, material) for finding in check(material)]
        done()
    ordered = sorted(found, key=lambda finding: finding.severity != "error")
    return DatasetReport(
        records=len(material.samples),
        evals=len(material.evals),
        findings=tuple(ordered),
        not_run=_not_run(material),
        stats=stats_of(material),
    )


def _masked(finding: Finding, material: Material) -> Finding:
    return replace(finding, excerpts=tuple(_short(material.masked(text)) for text in finding.excerpts))


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _not_run(material: Material) -> tuple[str, ...]:
    reasons = []
    if len({sample.group for _, sample in countable(material.samples)}) < 2:
        small = "classes are too small" if class_counts(material.samples) else "there are no classes"
        reasons.append(f"mislabelled: {small}; it takes two of at least {FOLDS} records")
    if material.domain is None:
        reasons.append("unknown_reference, and ungrounded where passages are named: no kit was given")
    if not material.evals:
        reasons.append("leakage_into_eval: no eval was given")
    return tuple(reasons)
