"""The example index: exchanges of written conversations, found by how near their question is to another one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kitwright.protocols import Encoder
from kitwright.retrieval.vectors import vector_index
from kitwright.types import Exchange, ScrubbedText

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ExampleIndex:
    """Finds exchanges for a question; made by `build`.

    Args:
        exchanges: in a fixed order.
        dense: FAISS inner-product index of their questions.
        encoder: that of the index.
    """

    exchanges: tuple[Exchange, ...]
    dense: Any
    encoder: Encoder

    @classmethod
    def build(cls, exchanges: Sequence[Exchange], encoder: Encoder, *, cache: Path | None = None) -> "ExampleIndex":
        """The index of these exchanges, from the cache if their vectors are there.

        Raises:
            CacheUnusable: the cache folder can not be written.
        """
        dense = vector_index([exchange.question for exchange in exchanges], encoder, cache=cache)
        return cls(tuple(exchanges), dense, encoder)

    def nearest(self, question: ScrubbedText, count: int, *, minimum: float) -> tuple[Exchange, ...]:
        """The exchanges whose questions are nearest, nearest first, none twice.

        An exchange that asks the very same is left out: its answer would be given away, and a measurement on questions
        that were trained on would say nothing of others.

        Args:
            question: what is asked now.
            count: how many at most.
            minimum: the least cosine.
        """
        if not self.exchanges or count < 1:
            return ()
        cosines, places = self.dense.search(self.encoder.encode([question]), len(self.exchanges))
        seen = {_words(question)}
        found: list[Exchange] = []
        for cosine, place in zip(cosines[0], places[0], strict=True):
            exchange = self.exchanges[place]
            if cosine < minimum or len(found) == count:
                break
            if _words(exchange.question) not in seen:
                seen.add(_words(exchange.question))
                found.append(exchange)
        return tuple(found)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
