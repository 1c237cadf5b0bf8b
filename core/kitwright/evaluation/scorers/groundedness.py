"""Groundedness: whether the checkable facts of an answer stand in what it may take them from."""

from collections.abc import Callable, Sequence

from kitwright.guard import Fact, is_supported


def grounded(answer: str, sources: Sequence[str], *, facts_of: Callable[[str], frozenset[Fact]]) -> float | None:
    """The share of the answer's numbers, prices, dates, links and addresses that stand in the sources.

    Awkward cases: an answer without such facts says nothing checkable, None; a figure that stands in a source
    in another role ("14 days" of the sale items) counts as grounded: that it is wrong is for the facts' scorers.

    Args:
        answer: what was said.
        sources: notes, tool results and the conversation.
        facts_of: reads the facts of a text, the guard's reader.
    """
    stated = facts_of(answer)
    if not stated:
        return None
    known = frozenset().union(*(facts_of(source) for source in sources))
    return sum(is_supported(fact, known) for fact in stated) / len(stated)
