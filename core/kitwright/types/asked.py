"""A question that people asked, with the sentences that answered it."""

from dataclasses import dataclass

from kitwright.types.text import ScrubbedText


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a written conversation; it teaches retrieval how people ask for what a passage says.

    Args:
        text: the question.
        answers: the sentences its answer restates, each with the id of its passage.
    """

    text: ScrubbedText
    answers: tuple[tuple[str, str], ...]
