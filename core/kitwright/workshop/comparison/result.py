"""The results of an arm: its answers with their scores, and what they cost."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kitwright.dataset import AnswerSample
from kitwright.evaluation import Estimate, Scores, score_answer, summary
from kitwright.evaluation.scorers import similarities
from kitwright.guard import OutputRules
from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText
from kitwright.workshop.comparison.outputs import Output
from kitwright.workshop.comparison.prompt_choice import Change
from kitwright.workshop.comparison.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmResult:
    """Everything that one arm said.

    Args:
        name: of the arm, or of a variant or a point of the learning curve.
        title: in words.
        outputs: by sample id, in the order of the samples.
        scores: by sample id.
    """

    name: str
    title: str
    outputs: Mapping[str, Output]
    scores: Mapping[str, Scores]

    def estimates(self, *, seed: int) -> dict[str, Estimate | None]:
        """Each metric with its interval."""
        return summary(list(self.scores.values()), seed=seed)

    def metric(self, name: str) -> dict[str, float | None]:
        """One metric by sample."""
        return {sample: scores[name] for sample, scores in self.scores.items()}

    def mean(self, name: str) -> float:
        """The mean of one metric over the samples that have it; 0 where none has."""
        return mean(self.metric(name))

    def cost(self) -> dict[str, float | None]:
        """Tokens and times; with several questions at once, a time includes waiting for one another."""
        outputs = list(self.outputs.values())
        seconds = [output.seconds for output in outputs]
        return {
            "prompt_tokens": statistics.fmean(output.prompt_tokens for output in outputs),
            "answer_tokens": statistics.fmean(output.answer_tokens for output in outputs),
            "first_p50_s": statistics.median(output.first_s for output in outputs),
            "p50_s": statistics.median(seconds),
            "p95_s": statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0],
            "wall_s": wall_time(outputs),
            "memory_mb": max((each.memory_mb for each in outputs if each.memory_mb), default=None),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantResult:
    """A prompt that differs from the bot's, beside the bot's, on the same questions and with the same model.

    Args:
        changes: where it differs.
        arm: with it.
        default_arm: with the bot's own.
    """

    changes: tuple[Change, ...]
    arm: ArmResult
    default_arm: ArmResult

    @property
    def changed(self) -> float:
        """The share of answers that read differently."""
        pairs = [(output.answer, self.default_arm.outputs[name].answer) for name, output in self.arm.outputs.items()]
        return sum(one != other for one, other in pairs) / len(pairs)


def mean(values: Mapping[str, float | None]) -> float:
    """The mean of what is known; 0 where nothing is."""
    known = [value for value in values.values() if value is not None]
    return sum(known) / len(known) if known else 0.0


def wall_time(outputs: Sequence[Output]) -> float:
    """Seconds in which at least one answer was being made; breaks between broken-off runs do not count."""
    total, end = 0.0, 0.0
    for output in sorted(outputs, key=lambda each: each.started):
        finish = output.started + output.seconds
        total += max(0.0, finish - max(end, output.started))
        end = max(end, finish)
    return total


def score_outputs(
    questions: Sequence[Question], outputs: Mapping[str, Output], rules: OutputRules, encoder: Encoder
) -> dict[str, Scores]:
    """The scores of an arm's answers by sample.

    Raises:
        ModelUnavailable: the encoder is not installed.
    """
    answers = [ScrubbedText(outputs[question.sample.id].answer) for question in questions]
    alike = similarities(answers, [ScrubbedText(question.sample.reference) for question in questions], encoder)
    return {
        question.sample.id: score_answer(answer, question.sample, question.evidence, rules, similarity=cosine)
        for question, answer, cosine in zip(questions, answers, alike, strict=True)
    }


def slices(samples: Sequence[AnswerSample]) -> dict[str, dict[str, list[str]]]:
    """Sample ids by intent, by difficulty and by the kind of reply expected."""
    found: dict[str, dict[str, list[str]]] = {"expect": {}, "difficulty": {}, "intent": {}}
    for field, groups in found.items():
        for sample in samples:
            groups.setdefault(str(getattr(sample, field)), []).append(sample.id)
        found[field] = dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))
    return found
