"""An exchange: a question of a written conversation with its answer, and what the answer rests on."""

from dataclasses import dataclass

from kitwright.types.passage import FoundPassage
from kitwright.types.text import ScrubbedText


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, to show a model how such questions are answered.

    Args:
        question: what was asked.
        answer: what was said.
        passages: the sentences that the answer restates.
        facts: lines of the tool result that it was given with.
    """

    question: ScrubbedText
    answer: ScrubbedText
    passages: tuple[FoundPassage, ...] = ()
    facts: tuple[str, ...] = ()
