"""The page of a comparison: one self-contained HTML file that a product owner can read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kitwright.evaluation import METRICS
from kitwright.pages import Point, bar_chart, line_chart, render_page
from kitwright.workshop.comparison.four_ways import four_ways
from kitwright.workshop.comparison.question import Question
from kitwright.workshop.comparison.result import ArmResult, slices
from kitwright.workshop.comparison.speaker import AT_ONCE
from kitwright.workshop.comparison.study import Comparison, Study
from kitwright.workshop.comparison.verdict import ASPECTS, METRIC, p_words, percent, signed

TEMPLATE: Final = Path(__file__).parent / "page.html.j2"
SHOWN: Final = 12
_LEAST_SIMILAR: Final = 20
_RANKED: Final[tuple[str, ...]] = (
    "prompt+adapter+retrieval",
    "prompt+retrieval",
    "adapter+retrieval",
    "base+retrieval",
)


@dataclass(frozen=True, slots=True)
class Missed:
    """The samples behind a figure: those that do not have the full score, or the least similar ones."""

    id: str
    title: str
    samples: tuple[str, ...]


def render(study: Study, found: Comparison, report: Mapping[str, Any]) -> str:
    """The page as HTML."""
    return render_page(
        f"{study.bot.file.title or study.bot.name}: prompting and fine-tuning compared",
        TEMPLATE,
        report=report,
        study=study,
        found=found,
        metrics=METRICS,
        main_metric=METRIC,
        main_title=ASPECTS[METRIC][0],
        bars=_bars(report["arms"]),
        curve=_curve(report["curve"]),
        ways=four_ways(found, report),
        missed=list(_missed(found)),
        slices=slices(study.samples),
        shown=pick_samples(found),
        questions=found.questions,
        at_once=AT_ONCE,
        adapter_figures=_adapter_figures(report["adapter"]),
        origin_rows=list(_origin_rows(report)),
        anchor=anchor,
        percent=percent,
        signed=signed,
        p_words=p_words,
    )


def anchor(*parts: str) -> str:
    """The id of a place in the page.

    Example:
        >>> anchor("list", "prompt+retrieval", "passed")
        'list-prompt-retrieval-passed'
    """
    return "-".join("".join(c if c.isalnum() or c in "._-" else "-" for c in part) for part in parts)


def pick_samples(found: Comparison) -> list[tuple[str, Question]]:
    """A dozen questions to read, each with why: the worst failures, what was gained, what was lost, what went well."""
    names = [name for name in _RANKED if name in found.arms] or list(found.arms)
    best, other = found.arms[names[0]], found.arms[names[min(1, len(names) - 1)]]
    by_badness = sorted(found.questions, key=lambda question: _badness(best, question.sample.id))
    groups = {
        f"Worst failures of {best.name}": [q for q in by_badness if not _passed(best, q)],
        f"Right with {best.name}, wrong with {other.name}": [
            q for q in reversed(by_badness) if _passed(best, q) and not _passed(other, q)
        ],
        f"Wrong with {best.name}, right with {other.name}": [
            q for q in by_badness if not _passed(best, q) and _passed(other, q)
        ],
        f"Right with {best.name}": [q for q in reversed(by_badness) if _passed(best, q)],
    }
    picked: dict[str, tuple[str, Question]] = {}
    for (why, questions), most in zip(groups.items(), (5, 3, 2, SHOWN), strict=True):
        fresh = [question for question in questions if question.sample.id not in picked]
        picked |= {question.sample.id: (why, question) for question in fresh[: min(most, SHOWN - len(picked))]}
    return list(picked.values())


def _badness(arm: ArmResult, sample: str) -> tuple[float, ...]:
    scores = arm.scores[sample]
    keys = ("passed", "no_forbidden_facts", "required_facts", "similarity")
    return tuple(1.0 if scores[key] is None else float(scores[key] or 0.0) for key in keys)


def _passed(arm: ArmResult, question: Question) -> bool:
    return arm.scores[question.sample.id]["passed"] == 1.0


def _bars(arms: Mapping[str, Any]) -> Any:
    """Right facts of each arm as a chart; error bars span the 95% intervals."""
    known = {name: arm["metrics"][METRIC] for name, arm in arms.items() if arm["metrics"][METRIC]}
    values = {name: 100 * each["value"] for name, each in known.items()}
    errors = {name: (100 * each["low"], 100 * each["high"]) for name, each in known.items()}
    return bar_chart("Right facts stated, by arm", values, errors=errors, unit="% of the required facts")


def _curve(points: Sequence[Mapping[str, Any]]) -> Any:
    known = [(point["examples"], point["metrics"][METRIC]) for point in points if point["metrics"][METRIC]]
    if not known:
        return None
    line = [Point(x, 100 * each["value"], 50 * (each["high"] - each["low"])) for x, each in known]
    level = [Point(x, line[0].y) for x, _ in known]
    lines = {"prompted and tuned": line, "prompted only": level}
    return line_chart("Learning curve", lines, x="training conversations", y="% of the required facts")


def _missed(found: Comparison) -> Iterator[Missed]:
    for name, arm in found.arms.items():
        for metric in METRICS:
            scored = {sample: value for sample, value in arm.metric(metric).items() if value is not None}
            if metric == "similarity":
                samples = sorted(scored, key=lambda sample: scored[sample])[:_LEAST_SIMILAR]
                title = f"{name}: the {len(samples)} answers least similar to their reference"
            else:
                samples = [sample for sample, value in scored.items() if value < 1]
                title = f"{name}: {len(samples)} of {len(scored)} without the full score for {metric}"
            yield Missed(anchor("list", name, metric), title, tuple(samples))


def _adapter_figures(adapter: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What the adapter took, where its folder tells."""
    if adapter is None:
        return []
    rows = [
        (adapter["seconds"] and f"{adapter['seconds'] / 60:.1f} min", "training time"),
        (adapter["trainable"] and f"{adapter['trainable']:,}", "trained parameters"),
        (adapter["examples"] and f"{adapter['examples']:,}", "training conversations"),
        (f"{adapter['megabytes']:.1f} MB", "size of the adapter"),
        (adapter["memory_mb"] and f"{adapter['memory_mb'] / 1024:.1f} GB", "memory while training"),
    ]
    return [(str(value), label) for value, label in rows if value]


def _origin_rows(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    came = report["origin"]
    yield "commit", f"{came['commit'] or 'outside a checkout'}{', with uncommitted changes' if came['dirty'] else ''}"
    yield "created", came["created"]
    yield "seed", str(came["seed"])
    yield "model", ", ".join(f"{key} {value}" for key, value in came["model"].items())
    yield "prompt variants", ", ".join(f"{layer} {variant}" for layer, variant in report["prompt"]["variants"].items())
    if report["adapter"]:
        yield "adapter", f"{report['adapter']['name']}, weights {report['adapter']['hash']}"
    for name in ("kit_hash", "prompts_hash", "eval_hash"):
        yield name.replace("_", " "), came[name]
    yield "versions", ", ".join(f"{name} {version}" for name, version in came["versions"].items())
    yield "hardware", ", ".join(f"{name} {value}" for name, value in came["hardware"].items())
