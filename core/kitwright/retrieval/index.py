"""The passage index: dense (FAISS over sentence vectors) and lexical (BM25), fused to one relevance.

A passage has several vectors: its title, every way people ask for it, and its sentences; its best one counts.
The fused score is a weighted sum rather than a rank fusion, because a question that nothing answers must be
told from one that something answers, and ranks can not tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.files import cached_folder, content_hash
from kitwright.protocols import Encoder
from kitwright.types import FoundPassage, Passage, ScrubbedText

DENSE_SHARE: Final = 0.6
HALF_SCORE: Final = 6.0  # a BM25 score of this counts as half relevant
_FORMAT: Final = "1"
_NEIGHBOURS: Final = 64
_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """Finds passages for a question; made by `build`.

    Args:
        passages: in a fixed order.
        owners: for each vector, the position of its passage.
        dense: FAISS inner-product index.
        lexical: BM25 over titles, questions and texts.
    """

    passages: tuple[Passage, ...]
    owners: npt.NDArray[np.int64]
    dense: Any
    lexical: Any

    @classmethod
    def build(cls, passages: Sequence[Passage], encoder: Encoder, *, cache: Path | None = None) -> "PassageIndex":
        """The index of these passages, from the cache if their vectors are there.

        Raises:
            CacheUnusable: the cache folder can not be written.
        """
        import faiss

        texts = [(number, text) for number, passage in enumerate(passages) for text in _views(passage)]

        def write(folder: Path) -> None:
            vectors = encoder.encode([ScrubbedText(text) for _, text in texts])
            dense = faiss.IndexFlatIP(vectors.shape[1] if texts else 1)
            if texts:
                dense.add(np.ascontiguousarray(vectors, dtype=np.float32))
            # Not faiss.write_index: on a full disk it raises a RuntimeError, which nobody takes for one.
            (folder / "dense.faiss").write_bytes(faiss.serialize_index(dense).tobytes())

        key = content_hash(_FORMAT, encoder.id, *(f"{number}:{text}" for number, text in texts))
        folder = cached_folder("index", key, write, root=cache)
        owners = np.array([number for number, _ in texts], dtype=np.int64)
        return cls(tuple(passages), owners, faiss.read_index(str(folder / "dense.faiss")), _lexical(passages))

    def search(self, vector: npt.NDArray[Any], text: str, count: int) -> tuple[FoundPassage, ...]:
        """The most relevant passages, best first.

        Args:
            vector: of the question, float32, shape (dimensions,), unit length.
            text: the question.
            count: how many at most.
        """
        if not self.passages or count < 1:
            return ()
        scores = DENSE_SHARE * self._dense_scores(vector) + (1 - DENSE_SHARE) * self._lexical_scores(text)
        best = np.argsort(-scores, kind="stable")[:count]
        return tuple(FoundPassage(self.passages[i], float(scores[i])) for i in best)

    def _dense_scores(self, vector: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The cosine of each passage's nearest vector, 0 where none is near."""
        cosines, rows = self.dense.search(vector.reshape(1, -1), min(_NEIGHBOURS, len(self.owners)))
        scores = np.zeros(len(self.passages))
        np.maximum.at(scores, self.owners[rows[0]], cosines[0])
        return scores

    def _lexical_scores(self, text: str) -> npt.NDArray[np.float64]:
        words = [word for word in _words(text) if word in self.lexical.vocab_dict]
        if not words:
            return np.zeros(len(self.passages))
        scores = self.lexical.get_scores(words).astype(np.float64)
        return np.asarray(scores / (scores + HALF_SCORE))


def _views(passage: Passage) -> Iterator[str]:
    yield passage.title
    yield from passage.questions
    yield from (part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", passage.text) if len(part.split()) > 3)


def _lexical(passages: Sequence[Passage]) -> Any:
    import bm25s

    index = bm25s.BM25()
    if passages:
        documents = [_words(" ".join((p.title, *p.questions, p.text))) for p in passages]
        index.index(documents, show_progress=False)
    return index


def _words(text: str) -> list[str]:
    """Words in lower case without plural endings and without the commonest words."""
    return [_singular(word) for word in _WORD.findall(text.lower().replace("'", "")) if word not in _COMMON]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_COMMON: Final = frozenset(
    (
        "a an and are as at be but by can could did do does for from had has have how i if im in is it its ive me "
        "my of on or please should so that the their them then there they this to was we what when where which who "
        "why will with would you your"
    ).split()
)
