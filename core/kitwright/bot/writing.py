"""The prompt writer of a bot, from its kit's layers and conversations and its own choices."""

from collections.abc import Callable, Sequence

from kitwright.bot.examples import examples_of
from kitwright.encoder import embedded_encoder
from kitwright.kit import BotFile, Kit
from kitwright.prompting import Budget, PromptWriter, no_examples
from kitwright.retrieval import ExampleIndex
from kitwright.types import Exchange, Message, ScrubbedText


def prompt_writer(
    file: BotFile,
    kit: Kit,
    count: Callable[[Sequence[Message]], int],
    *,
    examples: Callable[[], ExampleIndex] | None = None,
) -> PromptWriter:
    """The writer of a bot's prompts; turns, training examples and eval samples all go through it.

    Args:
        file: chooses variants, examples and budget.
        kit: brings the layers and the conversations that examples are chosen from.
        count: tokens of messages, from the model that will read them.
        examples: gives what they are chosen from, at the first question, if the bot shows any; made with the embedded
            encoder where left out.
    """
    wanted, index = file.examples, examples or examples_of(kit, embedded_encoder())

    def nearest(question: ScrubbedText) -> Sequence[Exchange]:
        return index().nearest(question, wanted.count, minimum=wanted.minimum)

    return PromptWriter(
        book=kit.prompts,
        variants=file.variants(kit),
        bot=file.title or kit.manifest.title,
        language=kit.manifest.language,
        budget=Budget(file.budget.prompt_tokens, file.budget.answer_tokens),
        count=count,
        examples=nearest if wanted.count else no_examples,
        nearest_last=wanted.order == "nearest_last",
    )
