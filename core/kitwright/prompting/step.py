"""The prompt step: layers, examples, history, passages and the question become one prompt within the budget."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitwright.files import content_hash
from kitwright.prompting.budget import EXAMPLE, Budget, Count, Parts, fit
from kitwright.prompting.layers import SYSTEM_LAYERS, PromptBook
from kitwright.types import Exchange, FoundPassage, Message, Prompt, ScrubbedText, Step, Turn

HISTORY_MESSAGES: Final = 4
Choose = Callable[[ScrubbedText], Sequence[Exchange]]


def no_examples(_question: ScrubbedText) -> tuple[Exchange, ...]:
    """Questions are asked without examples."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptWriter:
    """Writes prompts for one bot.

    Args:
        book: the kit's layers.
        variants: the variant in use, by layer.
        bot: the name the bot goes by.
        language: ISO 639-1 code.
        budget: token limits.
        count: tokens of rendered messages, from the backend.
        examples: chooses answered questions to show before a question, nearest first.
        nearest_last: whether the nearest one stands next to the question.
    """

    book: PromptBook
    variants: Mapping[str, str]
    bot: str
    language: str
    budget: Budget
    count: Count
    examples: Choose = no_examples
    nearest_last: bool = True

    def system(self) -> Message:
        """The system message; the same on every turn."""
        layers = (self._layer(layer) for layer in SYSTEM_LAYERS)
        return Message("system", ScrubbedText("\n".join(text for text in layers if text)))

    @property
    def hash(self) -> str:
        """Hash of the system message and the task template; an adapter is bound to it."""
        return content_hash(self.system().content, self.book.templates["task"][self.variants["task"]])

    def write(self, turn: Turn) -> Prompt:
        """The prompt for a turn that answers from passages."""
        decision = turn.decision
        return self.compose(
            (decision.query if decision else None) or turn.text or ScrubbedText(""),
            passages=turn.passages or (),
            facts=decision.evidence if decision else (),
            history=turn.history,
        )

    def compose(
        self,
        question: ScrubbedText,
        *,
        passages: Sequence[FoundPassage] = (),
        facts: Sequence[str] = (),
        history: Sequence[Message] = (),
    ) -> Prompt:
        """The prompt for a question: the same for a turn, a training record and an eval sample."""

        def assemble(parts: Parts) -> tuple[Message, ...]:
            asked = self._asked(question, parts.passages, facts)
            return (self.system(), *self._shown(parts.examples), *parts.history, asked)

        parts = Parts(tuple(passages), tuple(history[-HISTORY_MESSAGES:]), tuple(self.examples(question)))
        fitted = fit(parts, assemble, self.count, self.budget.prompt)
        return Prompt(
            messages=fitted.messages,
            tokens=fitted.tokens,
            max_new_tokens=self.budget.answer,
            dropped=fitted.dropped,
            variants=tuple(sorted(self.variants.items())),
            examples=len(parts.examples) - fitted.dropped.count(EXAMPLE),
        )

    def _asked(self, question: ScrubbedText, passages: Sequence[FoundPassage], facts: Sequence[str]) -> Message:
        notes = [{"title": found.passage.title, "text": found.text} for found in passages]
        return Message("user", ScrubbedText(self._layer("task", passages=notes, facts=list(facts), question=question)))

    def _shown(self, examples: Sequence[Exchange]) -> Iterator[Message]:
        """Examples as earlier messages, asked as the question is; the system message stays the same on every turn."""
        for each in reversed(examples) if self.nearest_last else examples:
            yield self._asked(each.question, each.passages, each.facts)
            yield Message("assistant", each.answer)

    def _layer(self, layer: str, **variables: object) -> str:
        return self.book.render(layer, self.variants[layer], bot=self.bot, language=self.language, **variables)


def prompt_step(writer: PromptWriter) -> Step:
    """The step `prompt`; without passages there is nothing to answer from, so no prompt is written."""

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer" or not turn.passages:
            return turn.note("prompt", "skipped", "nothing to generate")
        prompt = writer.write(turn)
        left_out = f"left out: {', '.join(prompt.dropped)}" if prompt.dropped else ""
        size = f"{prompt.tokens} tokens" + (f", examples: {prompt.examples}" if prompt.examples else "")
        return replace(turn, prompt=prompt).note("prompt", size, left_out)

    return Step(
        name="prompt",
        reads=frozenset({"decision", "passages", "text", "history"}),
        writes=frozenset({"prompt"}),
        run=run,
    )
