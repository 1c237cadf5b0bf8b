"""The examples of a bot: exchanges of its kit's training conversations, and never of its evals."""

from collections.abc import Callable

from kitwright.bot.once import once
from kitwright.dataset import exchanges
from kitwright.kit import Kit, all_conversations
from kitwright.protocols import Encoder
from kitwright.retrieval import ExampleIndex
from kitwright.types import PLACEHOLDER, Exchange


def examples_of(kit: Kit, encoder: Encoder) -> Callable[[], ExampleIndex]:
    """Gives what examples are chosen from, made at the first call.

    A conversation whose question stands in an answer eval is left out, so that no eval is answered by an example; so is
    one with a placeholder, which would stand for what this customer said.

    That call raises FaultsFound where a file of conversations is malformed, CacheUnusable where the cache is.
    """

    def index() -> ExampleIndex:
        measured = {sample.text for each in kit.evals for sample in each.answers}
        known = exchanges(all_conversations(kit), {passage.id: passage for passage in kit.passages})
        usable = [each for each in known if each.question not in measured and not _has_placeholder(each)]
        return ExampleIndex.build(usable, encoder)

    return once(index)


def _has_placeholder(exchange: Exchange) -> bool:
    return any(PLACEHOLDER.search(text) for text in (exchange.question, exchange.answer, *exchange.facts))
