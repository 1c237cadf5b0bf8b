"""Commands of the kit: `kitwright run medical_triage assess | report | replay | review`."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from .assessment import Assessor, assessor, assessor_with
from .cases import case_problems, read_lines
from .evaluation.suites import DEVELOPMENT, read
from .interview.facts import Facts, facts_of
from .knowledge_base.base import FOLDER, read_knowledge_base
from .knowledge_base.review import review as review_of
from .result.fhir import bundle_of
from .result.pdf import write_pdf
from .result.record import record_of, replayed
from .result.summary import summary_text
from .result.texts import Texts
from .second.opinion import FILE as OPINION
from .second.opinion import learnt

CasesOption = Annotated[Path, typer.Option("--in", help='JSON lines {"id","text","age"?,"sex"?}.')]


def assess(
    source: CasesOption,
    target: Annotated[Path, typer.Option("--out", help="One JSON line of results a case.")],
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help='Simulated patients: {"id","facts":{FINDING: true|false|null|VALUE}}.'),
    ] = None,
    words_only: Annotated[bool, typer.Option(help="Read by words alone, without the sentence encoder.")] = False,
    *,
    context: Mapping[str, Any],
) -> None:
    """Assess cases told in one message each: level, conditions to consider, red flags, advice.

    A prototype: it gives no diagnosis and does not replace a clinician.

    Example: kitwright run medical_triage assess --in cases.jsonl --out results.jsonl
    """
    worker = assessor() if words_only else assessor_with(context["encode"])
    cases = read_lines(source, case_problems)
    patients = _patients(answers, worker) if answers else {}
    with _writing(target) as out, typer.progressbar(cases, label="assessing", file=_terminal()) as bar:
        for case in bar:
            record = record_of(worker, Texts(), case, patients.get(str(case["id"])))
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def report(
    source: CasesOption,
    folder: Annotated[Path, typer.Option("--out", help="A folder for ID.txt, ID.pdf and ID.fhir.json.")],
    *,
    context: Mapping[str, Any],
) -> None:
    """Write the clinician summary of each case: SBAR as text and PDF, and a FHIR R4 document.

    Example: kitwright run medical_triage report --in cases.jsonl --out reports
    """
    worker, texts = assessor_with(context["encode"]), Texts()
    cases = read_lines(source, case_problems)
    at = datetime.now(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for case in cases:
            read = worker.read(case["text"], age=case.get("age"), sex=case.get("sex"))
            assessment = worker.assess(read)
            name = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in str(case["id"]))
            summary = summary_text(worker.base, assessment, texts)
            (folder / f"{name}.txt").write_text(summary + "\n", encoding="utf-8")
            write_pdf(summary, folder / f"{name}.pdf", title="Triage summary (prototype)")
            bundle = bundle_of(worker.base, assessment, texts, at=at, id_=str(case["id"]))
            (folder / f"{name}.fhir.json").write_text(json.dumps(bundle, indent=1), encoding="utf-8")
    except OSError as error:
        raise ValueError(f"--out {folder}: can not be written ({error.strerror})") from None
    typer.echo(f"{len(cases)} cases written to {folder}")


def replay(source: Annotated[Path, typer.Option("--in", help="Results that `assess` wrote.")]) -> None:
    """Assess what `assess` recorded once more, and tell what comes out otherwise.

    Example: kitwright run medical_triage replay --in results.jsonl
    """
    worker = assessor()
    records = read_lines(source, lambda line: [] if "case" in line else ['has no "case": no result of `assess`'])
    differing = [record["id"] for record in records if not replayed(worker, Texts(), record)]
    typer.echo(f"{len(records) - len(differing)} of {len(records)} results come out the same")
    for id_ in differing:
        typer.echo(f"{id_}: comes out otherwise")
    if differing:
        raise typer.Exit(1)


def learn(
    target: Annotated[Path, typer.Option("--out", help="A file for the weights.")] = OPINION,
    *,
    context: Mapping[str, Any],
) -> None:
    """Learn the second opinion from the knowledge base and the development cases; a minute or two.

    Example: kitwright run medical_triage learn
    """
    cases = [case for name in DEVELOPMENT for case in read(name)]
    weights = learnt(assessor().base, cases, context["encode"])
    with _writing(target) as out:
        out.write(json.dumps(weights) + "\n")
    typer.echo(f"{weights['examples']} examples, {weights['emergencies']} of emergencies; written to {target}")


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


def _patients(path: Path, worker: Assessor) -> dict[str, Facts]:
    def problems(line: dict[str, Any]) -> list[str]:
        if not isinstance(line.get("facts"), dict):
            return ['has no "facts"']
        return facts_of(line["facts"], worker.base)[1]

    return {str(line.get("id")): facts_of(line["facts"], worker.base)[0] for line in read_lines(path, problems)}


def _terminal() -> TextIO | None:
    """Standard error, where the bar does not mix with results."""
    return typer.get_text_stream("stderr")


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    try:
        with path.open("w", encoding="utf-8", buffering=1) as out:
            yield out
    except OSError as error:
        raise ValueError(f"--out {path}: can not be written ({error.strerror})") from None
