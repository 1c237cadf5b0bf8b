"""The prompt step: layers, history, passages and the question become one prompt within the budget."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from kitwright.prompting.budget import Budget, Count, Parts, fit
from kitwright.prompting.layers import SYSTEM_LAYERS, PromptBook
from kitwright.types import Message, Prompt, ScrubbedText, Step, Turn

HISTORY_MESSAGES: Final = 4


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
    """

    book: PromptBook
    variants: Mapping[str, str]
    bot: str
    language: str
    budget: Budget
    count: Count

    def system(self) -> Message:
        """The system message; the same on every turn."""
        layers = (self._layer(layer) for layer in SYSTEM_LAYERS)
        return Message("system", ScrubbedText("\n".join(text for text in layers if text)))

    def write(self, turn: Turn) -> Prompt:
        """The prompt for a turn that answers from passages."""
        parts = Parts(turn.passages or (), turn.history[-HISTORY_MESSAGES:])
        fitted = fit(parts, lambda p: self._assemble(p, turn), self.count, self.budget.prompt)
        return Prompt(
            messages=fitted.messages,
            tokens=fitted.tokens,
            max_new_tokens=self.budget.answer,
            dropped=fitted.dropped,
            variants=tuple(sorted(self.variants.items())),
        )

    def _assemble(self, parts: Parts, turn: Turn) -> tuple[Message, ...]:
        decision = turn.decision
        question = self._layer(
            "task",
            passages=[found.passage for found in parts.passages],
            facts=list(decision.evidence) if decision else [],
            question=(decision.query if decision else None) or turn.text or "",
        )
        return (self.system(), *parts.history, Message("user", ScrubbedText(question)))

    def _layer(self, layer: str, **variables: object) -> str:
        return self.book.render(layer, self.variants[layer], bot=self.bot, language=self.language, **variables)


def prompt_step(writer: PromptWriter) -> Step:
    """The step `prompt`; without passages there is nothing to answer from, so no prompt is written."""

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer" or not turn.passages:
            return turn.note("prompt", "skipped", "nothing to generate")
        prompt = writer.write(turn)
        left_out = f"left out: {', '.join(prompt.dropped)}" if prompt.dropped else ""
        return replace(turn, prompt=prompt).note("prompt", f"{prompt.tokens} tokens", left_out)

    return Step(
        name="prompt",
        reads=frozenset({"decision", "passages", "text", "history"}),
        writes=frozenset({"prompt"}),
        run=run,
    )
