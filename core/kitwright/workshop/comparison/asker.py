"""An asker: one model that is asked the questions of a comparison by one prompt, and scored."""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace

from kitwright.bot import Bot, prompt_writer
from kitwright.prompting import PromptWriter
from kitwright.protocols import Encoder
from kitwright.retrieval import ExampleIndex
from kitwright.workshop.comparison.arm import Arm
from kitwright.workshop.comparison.outputs import OutputLog
from kitwright.workshop.comparison.prompt_choice import PromptChoice
from kitwright.workshop.comparison.question import Question, write_prompt
from kitwright.workshop.comparison.result import ArmResult, score_outputs
from kitwright.workshop.comparison.speaker import Ask, Speaker, answer_all

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A model, a prompt and questions.

    Args:
        bot: whose prompt and guard rules count.
        speaker: who answers.
        log: keeps the answers.
        questions: in the order they are asked.
        encoder: for the similarity to reference answers.
        examples: gives what examples are chosen from.
        tick: called after each answer.
        prompt: instead of the bot's own.
    """

    bot: Bot
    speaker: Speaker
    log: OutputLog
    questions: tuple[Question, ...]
    encoder: Encoder
    examples: Callable[[], ExampleIndex]
    tick: Tick
    prompt: PromptChoice | None = None

    @property
    def writer(self) -> PromptWriter:
        """Of the prompts."""
        file = self.prompt.applied(self.bot.file) if self.prompt else self.bot.file
        return prompt_writer(file, self.bot.kit, self.speaker.backend.count, examples=self.examples)

    def ask(self, arm: Arm, *, name: str | None = None) -> ArmResult:
        """Ask everything that the log does not hold, and score it.

        Raises:
            BackendFailed: the runtime failed; the log keeps what was answered until then.
        """
        label, writer = name or arm.name, self.writer
        asks = [Ask(label, each.sample.id, write_prompt(arm, each, writer)) for each in self.questions]
        self.speaker.backend.warm(writer.system())
        outputs = answer_all(self.speaker, asks, self.log, self.tick)
        scores = score_outputs(self.questions, outputs, self.bot.kit.guard.output, self.encoder)
        return ArmResult(name=label, title=arm.title, outputs=outputs, scores=scores)

    def only(self, samples: Set[str]) -> "Asker":
        """The same with only the questions of these samples."""
        return replace(self, questions=tuple(each for each in self.questions if each.sample.id in samples))

    def with_prompt(self, prompt: PromptChoice) -> "Asker":
        """The same with another prompt."""
        return replace(self, prompt=prompt)
