"""The report of a comparison: every figure as JSON and CSV, and every answer with its scores."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kitwright.bot import Bot
from kitwright.errors import Fault, UsageError
from kitwright.evaluation import METRICS, difference
from kitwright.evaluation.scorers import required_facts
from kitwright.files import content_hash, origin, write_atomically
from kitwright.kit import KitEval
from kitwright.workshop.comparison.question import Question
from kitwright.workshop.comparison.result import ArmResult, VariantResult, slices
from kitwright.workshop.comparison.study import OUTPUTS, Comparison, Study
from kitwright.workshop.comparison.verdict import ASPECTS, METRIC, findings, headline, turning_point

REPORT: Final = "report.json"
TABLE: Final = "report.csv"
SAMPLES: Final = "samples.jsonl"
PAGE: Final = "index.html"


def build_report(study: Study, found: Comparison) -> dict[str, Any]:
    """Every figure, with where it comes from."""
    arms, seed = found.arms, study.seed
    tried = [(examples, arm) for examples, arm in found.curve if examples]
    start = dict(found.curve).get(0)
    return {
        "bot": study.bot.name,
        "kit": study.bot.kit.name,
        "samples": len(study.samples),
        "quick": study.quick,
        "notes": _notes(found.questions),
        "verdicts": [_verdict(arms, metric, seed) for metric in ASPECTS],
        "arms": {name: _arm(arm, seed) for name, arm in arms.items()},
        "slices": {field: _sliced(groups, arms) for field, groups in slices(study.samples).items()},
        "curve": [
            {"examples": examples, **estimates(arm, seed), "metric": METRIC, **_gap(arm, start, seed)}
            for examples, arm in found.curve
        ],
        "curve_verdict": turning_point(tried, start, seed=seed) if start else "No learning curve was given.",
        "variants": [variant_row(variant, seed) for variant in found.variants],
        "prompt": {"variants": study.bot.file.variants(study.bot.kit), "system_tokens": found.system_tokens},
        "adapter": _adapter(study),
        "origin": origin_of(study.bot, seed),
    }


def write_report(out: Path, report: Mapping[str, Any], found: Comparison, page: str) -> None:
    """Write report.json, report.csv, samples.jsonl and index.html.

    Raises:
        UsageError: the folder can not be written.
    """
    tried = [*found.arms.values(), *(each.arm for each in found.variants), *(arm for _, arm in found.curve)]
    samples = sample_lines(found.questions, tried)
    write_files(out, {REPORT: as_json(report), TABLE: _table(report), SAMPLES: samples, PAGE: page})


def as_json(report: Mapping[str, Any]) -> str:
    """A report as a file."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def write_files(out: Path, files: Mapping[str, str]) -> None:
    """Write files by name.

    Raises:
        UsageError: the folder can not be written.
    """
    try:
        for name, text in files.items():
            write_atomically(out / name, text.encode("utf-8", "replace"))
            (out / name).chmod(0o644)  # a report is there to be passed on
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {out}", problem=problem)) from error


def sample_lines(questions: Sequence[Question], arms: Iterable[ArmResult]) -> str:
    """Every answer as a line of JSON, with what it was asked, shown and scored; of arms of one name the last counts."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _sample_rows(questions, arms))


def _sample_rows(questions: Sequence[Question], arms: Iterable[ArmResult]) -> Iterator[dict[str, Any]]:
    by_id = {question.sample.id: question for question in questions}
    for arm in {arm.name: arm for arm in arms}.values():
        for name, output in arm.outputs.items():
            question = by_id[name]
            yield {
                "sample": name,
                "arm": arm.name,
                "question": question.sample.text,
                "expect": question.sample.expect,
                "intent": question.sample.intent,
                "difficulty": question.sample.difficulty,
                "answer": output.answer,
                "reference": question.sample.reference,
                "scores": dict(arm.scores[name]),
                "found": [passage.passage.id for passage in question.passages],
                "prompt_tokens": output.prompt_tokens,
                "answer_tokens": output.answer_tokens,
                "seconds": output.seconds,
                "output": output.key,
            }


def _notes(questions: Sequence[Question]) -> dict[str, float | int | None]:
    """How often the bot finds the right notes, and how many of the required facts stand in what it finds."""
    answerable = [q for q in questions if q.sample.passages]
    right = [any(found.passage.id in q.sample.passages for found in q.passages) for q in answerable]
    facts = [required_facts("\n".join(q.evidence.sources), q.sample) for q in questions]
    known = [share for share in facts if share is not None]
    return {
        "questions": len(answerable),
        "found": sum(right) / len(right) if right else None,
        "facts": sum(known) / len(known) if known else None,
    }


def _verdict(arms: Mapping[str, ArmResult], metric: str, seed: int) -> dict[str, Any]:
    return {
        "metric": metric,
        "title": ASPECTS[metric][0],
        "headline": list(headline(arms, seed=seed, metric=metric)),
        "findings": [finding.as_dict() for finding in findings(arms, seed=seed, metric=metric)],
    }


def _arm(arm: ArmResult, seed: int) -> dict[str, Any]:
    return {"title": arm.title, **estimates(arm, seed), "cost": arm.cost()}


def estimates(arm: ArmResult, seed: int) -> dict[str, Any]:
    """An arm's metrics for JSON, under `metrics`."""
    known = arm.estimates(seed=seed)
    return {"metrics": {name: each.as_dict() if each else None for name, each in known.items()}}


def _gap(arm: ArmResult, start: ArmResult | None, seed: int) -> dict[str, Any]:
    gap = difference(arm.metric(METRIC), start.metric(METRIC), seed=seed) if start else None
    return {"against_prompting": gap.as_dict() if gap else None}


def _sliced(groups: Mapping[str, list[str]], arms: Mapping[str, ArmResult]) -> dict[str, Any]:
    """Of each group, the share that passed by arm."""
    return {
        name: {
            "count": len(ids),
            "passed": {
                arm.name: sum(arm.scores[each]["passed"] or 0.0 for each in ids) / len(ids) for arm in arms.values()
            },
        }
        for name, ids in groups.items()
    }


def variant_row(variant: VariantResult, seed: int, metric: str = METRIC) -> dict[str, Any]:
    """A variant for JSON, with its difference in one metric from the bot's own prompt."""
    gap = difference(variant.arm.metric(metric), variant.default_arm.metric(metric), seed=seed)
    return {
        "layer": ", ".join(change.part for change in variant.changes),
        "variant": ", ".join(str(change.value) for change in variant.changes),
        "default": ", ".join(str(change.default) for change in variant.changes),
        "changed": variant.changed,
        "prompt_tokens": variant.arm.cost()["prompt_tokens"],
        **estimates(variant.arm, seed),
        "default_metrics": estimates(variant.default_arm, seed)["metrics"],
        "against_default": gap.as_dict() if gap else None,
    }


def _adapter(study: Study) -> dict[str, Any] | None:
    facts = study.adapter_facts
    if facts is None:
        return None
    return {field: getattr(facts, field) for field in facts.__slots__}


def origin_of(bot: Bot, seed: int) -> dict[str, Any]:
    """What a report was made with: versions and hardware, seed, hashes and model."""
    kit = bot.kit
    evals = [each for each in kit.evals if each.answers]
    return {
        **origin(),
        "seed": seed,
        "kit_hash": kit.hash,
        "prompts_hash": kit.prompts.hash,
        "eval_hash": content_hash(*(_bytes(each) for each in evals)),
        "outputs": OUTPUTS,
        "model": bot.file.model.model_dump(mode="json"),
    }


def _bytes(entry: KitEval) -> bytes:
    return entry.path.read_bytes()


def _table(report: Mapping[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("arm", "metric", "value", "low", "high", "count"))
    for arm, known in report["arms"].items():
        for metric in METRICS:
            found = known["metrics"][metric] or {}
            writer.writerow((arm, metric, *(_figure(found.get(key)) for key in ("value", "low", "high", "count"))))
        for name, value in known["cost"].items():
            writer.writerow((arm, name, _figure(value), "", "", report["samples"]))
    return out.getvalue()


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
