"""The four ways in which prompting and fine-tuning differ: objective, method, control, resources, as measured here."""

import statistics
from collections.abc import Mapping
from typing import Any, NamedTuple

from kitwright.workshop.comparison.study import Comparison
from kitwright.workshop.comparison.verdict import METRIC, percent

NOT_MEASURED = "not measured in this run"


class Way(NamedTuple):
    """One respect: what each approach is, what this run measured of it, and the arms behind that."""

    name: str
    prompting: str
    prompting_measured: str
    tuning: str
    tuning_measured: str
    prompting_arms: tuple[str, ...] = ()
    tuning_arms: tuple[str, ...] = ()


def four_ways(found: Comparison, report: Mapping[str, Any]) -> tuple[Way, ...]:
    """The four respects, side by side."""
    arms = report["arms"]
    return (
        Way(
            "Objective",
            "Better results from the model as it is.",
            _moved(arms, "base+retrieval", "prompt+retrieval"),
            "A better model: it is trained again, on this domain's data.",
            _moved(arms, "base+retrieval", "adapter+retrieval"),
            prompting_arms=("base+retrieval", "prompt+retrieval"),
            tuning_arms=("base+retrieval", "adapter+retrieval"),
        ),
        Way(
            "Method",
            "Clear words: what the bot is, what it may use, how it answers; phrasings are tried against each other.",
            _phrasings(report),
            "Examples of right answers, learned step by step.",
            _training(report["adapter"]),
        ),
        Way(
            "Control",
            "People keep it: every word can be read, and changed from one answer to the next.",
            _changed(found),
            "The model acts more on its own; to change it, change the examples and train again.",
            _alone(arms),
            tuning_arms=("base+retrieval", "adapter+retrieval"),
        ),
        Way(
            "Resources",
            "Nothing to train; every question is longer by the prompt.",
            _lengths(arms),
            "Examples, and time on a machine; then questions can be short.",
            _cost(report["adapter"], arms),
            prompting_arms=("base+retrieval", "prompt+retrieval"),
            tuning_arms=("adapter+retrieval",),
        ),
    )


def _moved(arms: Mapping[str, Any], before: str, after: str) -> str:
    if before not in arms or after not in arms:
        return NOT_MEASURED
    one, other = (_value(arms[name], METRIC) for name in (before, after))
    return f"Right facts, with notes: {percent(one)} before, {percent(other)} after."


def _phrasings(report: Mapping[str, Any]) -> str:
    tried = f"{len(report['variants'])} other variants tried; " if report["variants"] else "No variants tried here; "
    return f"{tried}the system prompt has {report['prompt']['system_tokens']} tokens."


def _training(adapter: Mapping[str, Any] | None) -> str:
    if adapter is None:
        return NOT_MEASURED
    learned = f"{adapter['examples']:,} conversations" if adapter["examples"] else "number of conversations unknown"
    trained = f", {adapter['trainable']:,} parameters trained" if adapter["trainable"] else ""
    return f"{learned}{trained}, LoRA of rank {adapter['rank'] or 'unknown'}."


def _changed(found: Comparison) -> str:
    if not found.variants:
        return NOT_MEASURED
    share = statistics.fmean(variant.changed for variant in found.variants)
    return f"Changing one layer of the prompt changed {percent(share)} of the answers (mean over the variants)."


def _alone(arms: Mapping[str, Any]) -> str:
    names = ("base+retrieval", "adapter+retrieval")
    if any(name not in arms for name in names):
        return NOT_MEASURED
    one, other = (_value(arms[name], "sendable") for name in names)
    return (
        f"Without any instruction, {percent(other)} of the tuned model's answers could be sent as they are, "
        f"{percent(one)} of the base model's."
    )


def _lengths(arms: Mapping[str, Any]) -> str:
    names = ("base+retrieval", "prompt+retrieval")
    if any(name not in arms for name in names):
        return NOT_MEASURED
    one, other = (arms[name]["cost"]["prompt_tokens"] for name in names)
    return f"{other:.0f} tokens to read a question with notes, {one:.0f} without the bot's prompt."


def _cost(adapter: Mapping[str, Any] | None, arms: Mapping[str, Any]) -> str:
    if adapter is None:
        return NOT_MEASURED
    time = f"{adapter['seconds'] / 60:.0f} minutes of training, " if adapter["seconds"] else "training time unknown, "
    memory = f"{adapter['memory_mb'] / 1024:.1f} GB of memory, " if adapter["memory_mb"] else ""
    tuned = arms.get("adapter+retrieval")
    length = f" {tuned['cost']['prompt_tokens']:.0f} tokens to read a question with notes." if tuned else ""
    return f"{time}{memory}an adapter of {adapter['megabytes']:.1f} MB.{length}"


def _value(arm: Mapping[str, Any], metric: str) -> float | None:
    found = arm["metrics"][metric]
    return found["value"] if found else None
