"""Running a bot's evaluation suites, and holding the results to the kit's floors."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kitwright.bot import Bot
from kitwright.encoder import embedded_encoder
from kitwright.evaluation import ConversationResult, IntentReport, evaluate_intents, run_conversation
from kitwright.kit import Kit
from kitwright.nlu import SpanScore, trained_tagging
from kitwright.types import ScrubbedText, Understanding
from kitwright.workshop.kit_code import with_context


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """A suite with its figures and what it missed.

    Args:
        metrics: name to value.
        misses: one line for each floor or test that did not hold.
        intervals: metric to the ends of its 95% interval, where it has one.
        details: more for `--json`, JSON-able and scrubbed.
    """

    suite: str
    metrics: dict[str, float | int | None]
    misses: tuple[str, ...]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    details: Mapping[str, object] = field(default_factory=dict)


def conversation_suite(bot: Bot, done: Callable[[ConversationResult], None]) -> SuiteResult:
    """Run the kit's conversation tests; `done` is called after each."""
    results = []
    for test in bot.kit.tests:
        results.append(run_conversation(test, bot))
        done(results[-1])
    misses = tuple(f"{r.name}: {failure}" for r in results for failure in r.failures)
    passed = sum(result.passed for result in results)
    return SuiteResult("conversations", {"tests": len(results), "passed": passed}, misses)


def intent_suites(bot: Bot) -> Iterator[tuple[SuiteResult, IntentReport]]:
    """Run the kit's intent evals."""
    for entry in (each for each in bot.kit.evals if each.kind == "intents"):
        report = evaluate_intents(entry.intents, lambda text: _understood(bot, text))
        yield (
            SuiteResult(entry.name, dict(report.metrics), below_floors(entry.name, entry.floors, report.metrics)),
            report,
        )


def own_suites(kit: Kit) -> Iterator[SuiteResult]:
    """Run what the kit measures by its own code."""
    for name, entry in kit.manifest.code.evals.items():
        figures = dict(with_context(kit.code.evals[name])())
        misses = below_floors(name, entry.floors, figures) + above_ceilings(name, entry.ceilings, figures)
        yield SuiteResult(name, figures, misses)


def entity_suite(kit: Kit) -> SuiteResult | None:
    """How well the kit's annotated entities are found, each by a tagger that was trained without its utterance.

    None where the kit annotates too few to measure. Gazetteers and patterns are the kit's own and see all utterances.
    """
    tagging = trained_tagging(kit.nlu, embedded_encoder())
    if tagging is None:
        return None
    metrics: dict[str, float | int | None] = {}
    for name, finding in tagging.tagger.findings.items():
        score = finding.score
        metrics |= {f"{name}.precision": score.precision, f"{name}.recall": score.recall, f"{name}.f1": score.f1}
    scores = [finding.score for finding in tagging.tagger.findings.values()]
    total = SpanScore(*(sum(column) for column in zip(*((s.right, s.extra, s.missed) for s in scores), strict=True)))
    return SuiteResult("entities", {"f1": total.f1, **metrics}, ())


def below_floors(suite: str, floors: Mapping[Any, float], metrics: Mapping[str, float | None]) -> tuple[str, ...]:
    """One line for each floor of the suite that does not hold; what was not measured holds none."""
    return tuple(
        f"{suite}: {metric} is {_shown(metrics.get(metric))}, the floor is {floor}"
        for metric, floor in floors.items()
        if (value := metrics.get(metric)) is None or value < floor
    )


def above_ceilings(suite: str, ceilings: Mapping[Any, float], metrics: Mapping[str, float | None]) -> tuple[str, ...]:
    """One line for each ceiling of the suite that does not hold; what was not measured holds none."""
    return tuple(
        f"{suite}: {metric} is {_shown(metrics.get(metric))}, the ceiling is {ceiling}"
        for metric, ceiling in ceilings.items()
        if (value := metrics.get(metric)) is None or value > ceiling
    )


def _understood(bot: Bot, text: str) -> Understanding:
    """Eval samples are written for the purpose and hold nobody's data, so they count as scrubbed."""
    return bot.understand(ScrubbedText(text))


def _shown(value: float | None) -> str:
    return "missing" if value is None else f"{value:.3f}"
