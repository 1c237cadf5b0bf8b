"""A passage of a kit's knowledge, and one found for a question."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One piece of knowledge that stands on its own.

    Args:
        id: unique in the kit, e.g. `returns/swimwear`.
        title: heading.
        text: Markdown, shown to people verbatim when the model's wording is not used.
        source: the page or section it comes from, as people know it.
        url: link to that page, or None.
        valid_from: ISO date.
        questions: ways people ask for it; they feed the index.
    """

    id: str
    title: str
    text: str
    source: str
    url: str | None = None
    valid_from: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage found for a question.

    Args:
        passage: the whole of it, which replies are held against.
        score: fused relevance, 0 to 1.
        excerpt: those of its sentences that the model is shown, nearest to the question first; empty for all.
    """

    passage: Passage
    score: float
    excerpt: str = ""

    @property
    def text(self) -> str:
        """What the model is shown."""
        return self.excerpt or self.passage.text


def whole_texts(found: Iterable[FoundPassage]) -> tuple[str, ...]:
    """The whole text of each passage once, however many excerpts of it were found; what a reply is held against."""
    return tuple(dict.fromkeys(each.passage.text for each in found))
