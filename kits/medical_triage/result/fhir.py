"""The result as a FHIR R4 document: a Bundle that other systems can read.

Resources and elements after https://hl7.org/fhir/R4; candidates are never `confirmed`, unknown is no `false`.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from ..assessment import Assessment
from ..case.evidence import Evidence
from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level
from ..result.advice import band_of
from ..result.summary import summary_text
from ..result.texts import Texts

_SYSTEM: Final = "urn:kitwright:medical-triage"
_LOINC: Final = "http://loinc.org"
_TERMINOLOGY: Final = "http://terminology.hl7.org/CodeSystem"
_PRIORITY: Final = {
    Level.emergency_ambulance: "stat",
    Level.emergency: "stat",
    Level.urgent: "urgent",
    Level.routine: "routine",
    Level.self_care: "routine",
}
_MEASURES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "temperature_c": ("8310-5", "Body temperature", "Cel", "°C"),
    "heart_rate": ("8867-4", "Heart rate", "/min", "/min"),
    "breaths": ("9279-1", "Respiratory rate", "/min", "/min"),
    "oxygen": ("59408-5", "Oxygen saturation by pulse oximetry", "%", "%"),
    "systolic": ("8480-6", "Systolic blood pressure", "mm[Hg]", "mmHg"),
    "diastolic": ("8462-4", "Diastolic blood pressure", "mm[Hg]", "mmHg"),
    "glucose": ("15074-8", "Glucose", "mmol/L", "mmol/l"),
    "pain": ("72514-3", "Pain severity", "{score}", "of 10"),
}
_BANDS: Final = {"more likely": "high", "possible": "moderate", "less likely": "low"}
_CANDIDATES: Final = 5
_LEAST: Final = 0.05


def bundle_of(base: KnowledgeBase, assessment: Assessment, texts: Texts, *, at: datetime, id_: str) -> dict[str, Any]:
    """The document.

    Args:
        base: the knowledge base.
        assessment: what it is about.
        texts: the fixed words.
        at: when it was made, with a time zone.
        id_: of the assessment; the same one gives the same identifiers.
    """
    return _Document(base, assessment, texts, at, id_).bundle()


class _Document:
    """Makes the resources of one document."""

    def __init__(self, base: KnowledgeBase, assessment: Assessment, texts: Texts, at: datetime, id_: str) -> None:
        self._base, self._assessment, self._texts = base, assessment, texts
        self._at = at.isoformat(timespec="seconds")
        self._id = id_
        self._entries: list[dict[str, Any]] = []

    def bundle(self) -> dict[str, Any]:
        patient = self._add("patient", self._patient())
        device = self._add("device", self._device())
        encounter = self._add("encounter", self._encounter(patient))
        findings = [
            self._add(f"finding-{each.finding}", self._finding(each, patient))
            for each in self._assessment.case.evidence.values()
        ]
        findings += [
            self._add(f"measure-{name}", self._measure(name, value, patient))
            for name, value in self._assessment.case.measures.items()
            if name in _MEASURES
        ]
        level = self._add("level", self._level(patient, findings))
        others = self._candidates(patient, level) + self._flags(patient)
        others.append(self._add("next-step", self._next_step(patient, level)))
        made = [encounter, *findings, level, *others]
        provenance = self._add("provenance", self._provenance(made, device))
        composition = self._composition(patient, device, encounter, [*made, provenance])
        return {
            "resourceType": "Bundle",
            "identifier": {"system": _SYSTEM, "value": self._id},
            "type": "document",
            "timestamp": self._at,
            "entry": [{"fullUrl": self._url("composition"), "resource": composition}, *self._entries],
        }

    def _url(self, name: str) -> str:
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{_SYSTEM}/{self._id}/{name}')}"

    def _add(self, name: str, resource: dict[str, Any]) -> dict[str, str]:
        """Add a resource; gives the reference to it."""
        url = self._url(name)
        self._entries.append({"fullUrl": url, "resource": resource})
        return {"reference": url}

    def _patient(self) -> dict[str, Any]:
        case = self._assessment.case
        patient: dict[str, Any] = {"resourceType": "Patient", "gender": case.sex or "unknown"}
        if case.age_months is not None:
            born = datetime.fromisoformat(self._at).year - int(case.age_months // 12)
            patient["birthDate"] = str(born)
        return patient

    def _device(self) -> dict[str, Any]:
        return {
            "resourceType": "Device",
            "status": "active",
            "deviceName": [{"name": "Kitwright triage assistant (prototype)", "type": "user-friendly-name"}],
            "version": [{"value": self._base.version}],
            "note": [{"text": self._texts.said("prototype")}],
        }

    def _encounter(self, patient: dict[str, str]) -> dict[str, Any]:
        return {
            "resourceType": "Encounter",
            "status": "finished",
            "class": {"system": f"{_TERMINOLOGY}/v3-ActCode", "code": "VR", "display": "virtual"},
            "subject": patient,
        }

    def _finding(self, evidence: Evidence, patient: dict[str, str]) -> dict[str, Any]:
        observation: dict[str, Any] = {
            "resourceType": "Observation",
            "status": "preliminary",
            "category": [_concept(f"{_TERMINOLOGY}/observation-category", "survey", "Survey")],
            "code": self._finding_code(evidence.finding),
            "subject": patient,
            "effectiveDateTime": self._at,
        }
        if evidence.state == "unsure":
            reason = _concept(f"{_TERMINOLOGY}/data-absent-reason", "asked-unknown", "Asked But Unknown")
            return {**observation, "dataAbsentReason": reason}
        return {**observation, "valueBoolean": evidence.state == "present"}

    def _finding_code(self, finding: str) -> dict[str, Any]:
        value = finding.partition("/")[2].replace("_", " ")
        name = self._base.findings[parent_of(finding)].name
        return _concept(f"{_SYSTEM}/finding", finding.replace("/", "."), f"{name}: {value}" if value else name)

    def _measure(self, name: str, value: float, patient: dict[str, str]) -> dict[str, Any]:
        code, display, unit, shown = _MEASURES[name]
        return {
            "resourceType": "Observation",
            "status": "preliminary",
            "code": _concept(_LOINC, code, display),
            "subject": patient,
            "effectiveDateTime": self._at,
            "valueQuantity": {"value": value, "unit": shown, "system": "http://unitsofmeasure.org", "code": unit},
        }

    def _level(self, patient: dict[str, str], findings: list[dict[str, str]]) -> dict[str, Any]:
        level = self._assessment.level
        title = self._texts.said("levels", level.name, "title")
        derived = {"derivedFrom": findings} if findings else {}
        return {
            "resourceType": "Observation",
            "status": "preliminary",
            "code": _concept(_LOINC, "56839-4", "Acuity assessment Narrative"),
            "subject": patient,
            "effectiveDateTime": self._at,
            "valueCodeableConcept": _concept(f"{_SYSTEM}/level", level.name, title),
            **derived,
        }

    def _candidates(self, patient: dict[str, str], level: dict[str, str]) -> list[dict[str, str]]:
        """Conditions to consider, and how likely each is."""
        shown = [each for each in self._assessment.likely[:_CANDIDATES] if each.probability >= _LEAST]
        if not shown:
            return []
        status = _concept(f"{_TERMINOLOGY}/condition-ver-status", "differential", "Differential")
        references = [
            self._add(
                f"candidate-{each.condition.id}",
                {
                    "resourceType": "Condition",
                    "verificationStatus": status,
                    "code": _concept(f"{_SYSTEM}/condition", each.condition.id, each.condition.medical),
                    "subject": patient,
                },
            )
            for each in shown
        ]
        predictions = [
            {
                "outcome": _concept(f"{_SYSTEM}/condition", each.condition.id, each.condition.medical),
                "probabilityDecimal": round(100 * each.probability, 1),
                "qualitativeRisk": _concept(
                    f"{_TERMINOLOGY}/risk-probability", _BANDS[band_of(each.probability)], band_of(each.probability)
                ),
            }
            for each in shown
        ]
        risk = {
            "resourceType": "RiskAssessment",
            "status": "preliminary",
            "subject": patient,
            "method": {"text": f"Naive Bayes over knowledge base {self._base.version}"},
            "basis": [level],
            "prediction": predictions,
        }
        return [*references, self._add("likelihoods", risk)]

    def _flags(self, patient: dict[str, str]) -> list[dict[str, str]]:
        return [
            self._add(
                f"flag-{rule.id}",
                {
                    "resourceType": "Flag",
                    "status": "active",
                    "code": _concept(f"{_SYSTEM}/rule", rule.id, rule.say),
                    "subject": patient,
                },
            )
            for rule in self._assessment.rules
        ]

    def _next_step(self, patient: dict[str, str], level: dict[str, str]) -> dict[str, Any]:
        return {
            "resourceType": "ServiceRequest",
            "status": "draft",
            "intent": "proposal",
            "priority": _PRIORITY[self._assessment.level],
            "code": {"text": self._texts.first(self._assessment.level)},
            "subject": patient,
            "reasonReference": [level],
        }

    def _provenance(self, made: list[dict[str, str]], device: dict[str, str]) -> dict[str, Any]:
        return {"resourceType": "Provenance", "target": made, "recorded": self._at, "agent": [{"who": device}]}

    def _composition(
        self, patient: dict[str, str], device: dict[str, str], encounter: dict[str, str], made: list[dict[str, str]]
    ) -> dict[str, Any]:
        text = _escaped(summary_text(self._base, self._assessment, self._texts)).replace("\n", "<br/>")
        div = f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'
        section = {"title": "Summary", "text": {"status": "generated", "div": div}, "entry": made}
        return {
            "resourceType": "Composition",
            "status": "preliminary",
            "type": _concept(_LOINC, "8661-1", "Chief complaint - Reported"),
            "subject": patient,
            "encounter": encounter,
            "date": self._at,
            "author": [device],
            "title": "Triage summary (prototype)",
            "section": [section],
        }


def level_in(bundle: Mapping[str, Any]) -> Level:
    """The level that a document tells.

    Raises:
        ValueError: it tells none.
    """
    for entry in bundle["entry"]:
        for coding in entry["resource"].get("valueCodeableConcept", {}).get("coding", ()):
            if coding["system"] == f"{_SYSTEM}/level":
                return Level[coding["code"]]
    raise ValueError("the bundle tells no level")


def _concept(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
