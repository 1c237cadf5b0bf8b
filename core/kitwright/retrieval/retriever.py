"""The retriever: the notes for a question, as the model is shown them, in a turn and in a training example alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.retrieval.index import PassageIndex, Query
from kitwright.types import FoundPassage, Message, ScrubbedText

NEAR_BEST: Final = 0.6  # a passage this far behind the best one is about something else
_BEFORE: Final = 2  # messages that a question may refer back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Retriever:
    """Finds the sentences of a kit's passages that bear on a question.

    Args:
        index: gives the index, loading it at the first call.
        passages: how many at most.
        sentences: of all of them together, how many at most.
        minimum: the least relevance, 0 to 1.
    """

    index: Callable[[], PassageIndex]
    passages: int
    sentences: int
    minimum: float

    def find(self, queries: Sequence[Query], *, doubt: float = 0.0) -> tuple[FoundPassage, ...]:
        """The passages worth showing, each cut down to what bears on the question; best first.

        Args:
            queries: the wordings of `wordings`, with their vectors.
            doubt: how much more relevance than the minimum is asked for.
        """
        found = self.index().search(queries, self.passages)
        best = found[0].score if found else 0.0
        least = max(self.minimum + doubt, NEAR_BEST * best)
        return self.index().excerpts(queries, [each for each in found if each.score >= least], self.sentences)


def wordings(question: ScrubbedText, before: Sequence[Message]) -> list[ScrubbedText]:
    """What to search for: the question alone and, within a conversation, with what was said just before it.

    A follow-up ("and for sale items?") names its subject in neither, a change of subject in the question alone.
    """
    said = [message.content for message in before if message.role != "system"][-_BEFORE:]
    return [question, ScrubbedText(" ".join([*said, question]))] if said else [question]
