"""Commands of the kit: `kitwright run medical_triage assess | review`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from .assessment import Assessment, Assessor, assessor
from .interview.choosing import Progress, next_question
from .knowledge_base.base import FOLDER, read_knowledge_base
from .knowledge_base.review import review as review_of
from .result.advice import advice_text
from .result.texts import Texts


def assess(
    source: Annotated[Path, typer.Option("--in", help='JSON lines {"id","text","age"?,"sex"?}.')],
    target: Annotated[Path, typer.Option("--out", help="One JSON line of results a case.")],
) -> None:
    """Assess cases told in one message each: level, conditions to consider, red flags, advice.

    A prototype: it gives no diagnosis and does not replace a clinician.

    Example: kitwright run medical_triage assess --in cases.jsonl --out results.jsonl
    """
    cases = _read_cases(source)
    worker, texts = assessor(), Texts()
    try:
        with target.open("w", encoding="utf-8", buffering=1) as out:
            for case in cases:
                out.write(json.dumps(one_result(worker, texts, case), ensure_ascii=False) + "\n")
    except OSError as error:
        raise ValueError(f"--out {target}: can not be written ({error.strerror})") from None


def one_result(worker: Assessor, texts: Texts, case: dict[str, Any]) -> dict[str, Any]:
    """The result of one case as `assess` writes it."""
    read = worker.read(case["text"], age=case.get("age"), sex=case.get("sex"))
    assessment = worker.assess(read)
    question = next_question(worker, assessment, Progress(("complaint",)))
    return {
        "id": case["id"],
        "level": assessment.level.name,
        "state": "crisis" if assessment.is_crisis else "assessed" if assessment.enough else "insufficient_information",
        "differential": _differential(assessment),
        "red_flags": [
            {"id": rule.id, "level": rule.level.name, "say": rule.say, "source": rule.source}
            for rule in assessment.rules
        ],
        "findings": [each.to_dict() for each in assessment.case.evidence.values()],
        "age": assessment.case.age,
        "sex": assessment.case.sex,
        "measures": dict(assessment.case.measures),
        "questions": [question.text] if question else [],
        "advice": advice_text(worker.base, assessment, texts),
        "intended_use": texts.said("prototype"),
        "knowledge_base": worker.base.version,
    }


def _differential(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "condition": each.condition.name,
            "names": [name for name in each.condition.names() if name != each.condition.name],
            "probability": round(each.probability, 4),
        }
        for each in assessment.likely
    ]


def review() -> None:
    """Check the knowledge base: schema, names, chances, rules and patterns; print what is in it.

    Example: kitwright run medical_triage review
    """
    base, flaws = read_knowledge_base(FOLDER)
    flaws += review_of(base)
    counts = {
        "findings": len(base.findings),
        "conditions": len(base.conditions),
        "red flags": len(base.red_flags),
        "combinations": len(base.combinations),
        "patterns": sum(map(len, base.patterns.values())),
    }
    typer.echo(f"{', '.join(f'{count} {name}' for name, count in counts.items())}; version {base.version}")
    for flaw in flaws:
        typer.echo(f"{flaw.place}: {flaw.problem}")
    if flaws:
        raise typer.Exit(1)


def _read_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of a file.

    Raises:
        ValueError: it can not be read, or has lines that are no cases; each is named.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"--in {path}: can not be read ({type(error).__name__})") from None
    cases, problems = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case, problem = _case_of(line)
        if problem:
            problems.append(f"{path}:{number}: {problem}")
        cases.append(case)
    if problems:
        raise ValueError("\n".join(problems))
    return cases


def _case_of(line: str) -> tuple[dict[str, Any], str]:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError):
        return {}, "is not JSON"
    if not isinstance(case, dict) or not isinstance(case.get("text"), str) or not isinstance(case.get("id"), str | int):
        return {}, 'is no object with "id" and "text"'
    age, sex = case.get("age"), case.get("sex")
    if age is not None and (not isinstance(age, int | float) or isinstance(age, bool) or not 0 <= age <= 120):
        return {}, f'has an "age" that is no number of years between 0 and 120: {age!r}'
    if sex not in {None, "female", "male", "unknown", "other", ""}:
        return {}, f'has a "sex" other than female, male: {sex!r}'
    return case, ""
