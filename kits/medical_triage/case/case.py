"""The case: a person's age, sex, findings and measures; every change gives a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..case.evidence import Evidence

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Case:
    """What is known about one person.

    Args:
        age_months: None where unknown.
        sex: at birth; None where unknown.
        who: `self`, or who the person who writes is asking for ("son").
        evidence: by finding.
        measures: numbers by the names of `knowledge_base.rule.MEASURES`.
        alarm: how likely the second opinion holds it that a message states an emergency; the highest so far.
    """

    age_months: float | None = None
    sex: Sex | None = None
    who: str = "self"
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    alarm: float = 0.0

    @property
    def age(self) -> float | None:
        """In years."""
        return None if self.age_months is None else self.age_months / 12

    def has(self, finding: str, *, resolved: bool = True) -> bool:
        """Whether the person has a finding, surely or perhaps; `resolved`: or had it in the last days."""
        known = self.evidence.get(finding)
        return known is not None and known.holds and (resolved or known.when == "now")

    def lacks(self, finding: str) -> bool:
        """Whether it was said that the person does not have it."""
        known = self.evidence.get(finding)
        return known is not None and known.state == "absent"

    def present(self) -> list[str]:
        """Every finding that the person has."""
        return [finding for finding in self.evidence if self.has(finding)]

    def absent(self) -> list[str]:
        """Every finding that the person does not have."""
        return [finding for finding in self.evidence if self.lacks(finding)]

    def number(self, name: str) -> float | None:
        """A number that a rule compares; None where it is unknown."""
        finding, _, what = name.partition(".")
        if what:
            known = self.evidence.get(finding)
            return getattr(known, what) if known and known.holds else None
        if name == "age":
            return self.age
        return self.age_months if name == "age_months" else self.measures.get(name)

    def learn(
        self,
        evidence: Iterable[Evidence] = (),
        *,
        age_months: float | None = None,
        sex: Sex | None = None,
        who: str | None = None,
        measures: Mapping[str, float] | None = None,
        alarm: float = 0.0,
    ) -> "Case":
        """The case with what was said since; a later word on a finding replaces an earlier one.

        With a finding that turns out to be absent all that was said of its values goes.
        """
        told = dict(self.evidence)
        for each in evidence:
            if each.state == "absent" and "/" not in each.finding and each.finding in told:
                told = {key: known for key, known in told.items() if not key.startswith(f"{each.finding}/")}
            before = told.get(each.finding)
            if before and before.state == each.state:
                each = replace(each, hours=each.hours or before.hours, count=each.count or before.count)
            told[each.finding] = each
        return Case(
            self.age_months if age_months is None else age_months,
            sex or self.sex,
            who or self.who,
            told,
            {**self.measures, **(measures or {})},
            max(self.alarm, alarm),
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "age_months": self.age_months,
            "sex": self.sex,
            "who": self.who,
            "evidence": [each.to_dict() for each in self.evidence.values()],
            "measures": dict(self.measures),
            "alarm": self.alarm,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Case":
        """A case of what `to_dict` gave."""
        evidence = [Evidence(**each) for each in data["evidence"]]
        told = {each.finding: each for each in evidence}
        return cls(data["age_months"], data["sex"], data["who"], told, dict(data["measures"]), data["alarm"])
