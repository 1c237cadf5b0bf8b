"""The prompt writer of a bot, from its kit's layers and its own choices."""

from collections.abc import Callable, Sequence

from kitwright.kit import BotFile, Kit
from kitwright.prompting import Budget, PromptWriter
from kitwright.types import Message


def prompt_writer(file: BotFile, kit: Kit, count: Callable[[Sequence[Message]], int]) -> PromptWriter:
    """The writer of a bot's prompts; turns, training examples and eval samples all go through it.

    Args:
        file: chooses variants and budget.
        kit: brings the layers.
        count: tokens of messages, from the model that will read them.
    """
    return PromptWriter(
        book=kit.prompts,
        variants=file.variants(kit),
        bot=file.title or kit.manifest.title,
        language=kit.manifest.language,
        budget=Budget(file.budget.prompt_tokens, file.budget.answer_tokens),
        count=count,
    )
