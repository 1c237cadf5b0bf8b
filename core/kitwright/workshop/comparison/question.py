"""A sample as the bot meets it: the message, what was said before, and the notes that the bot finds for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kitwright.bot import Bot
from kitwright.dataset import AnswerSample
from kitwright.evaluation import Evidence
from kitwright.privacy import MemoryVault
from kitwright.prompting import PromptWriter
from kitwright.prompting.step import HISTORY_MESSAGES
from kitwright.types import (
    Decision,
    FoundPassage,
    Message,
    Prompt,
    RawText,
    ScrubbedText,
    Turn,
    fact_lines,
    whole_texts,
)
from kitwright.workshop.comparison.arm import Arm


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One sample, ready to be asked.

    Args:
        text: the customer's last message.
        history: what was said before.
        passages: what the bot's own retrieval finds, not what the sample names.
        facts: lines of the tool result that belongs to the sample.
    """

    sample: AnswerSample
    text: ScrubbedText
    history: tuple[Message, ...]
    passages: tuple[FoundPassage, ...]
    facts: tuple[str, ...]

    @property
    def evidence(self) -> Evidence:
        """What every arm's answer is held against, whether the arm was shown it or not."""
        said = [*(message.content for message in self.history), self.text]
        return Evidence(sources=(*whole_texts(self.passages), *self.facts), conversation=tuple(said))


def read_questions(bot: Bot, samples: Sequence[AnswerSample], tick: Callable[[], None]) -> tuple[Question, ...]:
    """The samples as questions; the bot's steps look their notes up.

    Eval samples are written for the purpose and hold nobody's data, so they count as scrubbed.

    Raises:
        ModelUnavailable: the encoder is not installed.
    """
    retrieve = next(step for step in bot.steps if step.name == "retrieve")
    questions = []
    for sample in samples:
        turn = _turn(bot, sample)
        questions.append(
            Question(
                sample=sample,
                text=ScrubbedText(sample.text),
                history=turn.history,
                passages=retrieve.run(turn).passages or (),
                facts=fact_lines(sample.facts or {}),
            )
        )
        tick()
    return tuple(questions)


def write_prompt(arm: Arm, question: Question, writer: PromptWriter) -> Prompt:
    """What the arm's model is asked.

    Without the bot's prompt, notes stand as plain paragraphs before the question; nothing says what they are for.
    """
    passages = question.passages if arm.retrieval else ()
    facts = question.facts if arm.retrieval else ()
    if arm.prompted:
        return writer.compose(question.text, passages=passages, facts=facts, history=question.history)
    asked = "\n\n".join([*(found.passage.text for found in passages), *facts, question.text])
    messages = (*question.history[-HISTORY_MESSAGES:], Message("user", ScrubbedText(asked)))
    return Prompt(messages=messages, tokens=writer.count(messages), max_new_tokens=writer.budget.answer)


def _turn(bot: Bot, sample: AnswerSample) -> Turn:
    """A turn that stands where the bot looks for notes."""
    text = ScrubbedText(sample.text)
    return Turn(
        conversation_id=sample.id,
        turn_id=sample.id,
        received=RawText(""),
        at=datetime.now(UTC),
        history=tuple(Message(m.role, ScrubbedText(m.content)) for m in sample.messages[:-1]),
        vault=MemoryVault(),
        text=text,
        understanding=bot.understand(text),
        decision=Decision(kind="answer", why="eval sample", query=text),
    )
