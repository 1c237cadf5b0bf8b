"""The passage index: dense (FAISS over sentence vectors) and lexical (BM25), fused to one relevance.

A passage has several vectors: its title, every way people ask for it, and its sentences; its best one counts.
The fused score is a weighted sum rather than a rank fusion, because a question that nothing answers must be
told from one that something answers, and ranks can not tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kitwright.files import cached_folder, content_hash
from kitwright.protocols import Encoder
from kitwright.types import FoundPassage, Passage, ScrubbedText
from kitwright.types.sentences import all_sentences

DENSE_SHARE: Final = 0.6
HALF_SCORE: Final = 6.0  # a BM25 score of this counts as half relevant
_FORMAT: Final = "2"
_NEIGHBOURS: Final = 64
_WORD: Final = re.compile(r"[a-z0-9]+")


class Query(NamedTuple):
    """One wording of what is searched for: its words, and its vector of unit length, shape (dimensions,)."""

    text: str
    vector: npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """Finds passages for a question; made by `build`.

    Args:
        passages: in a fixed order.
        pieces: the sentences of each passage.
        owners: for each vector, the position of its passage.
        ends: for each passage, the position behind its last vector; the vectors of its sentences stand last.
        dense: FAISS inner-product index.
        lexical: BM25 over titles, questions and texts.
    """

    passages: tuple[Passage, ...]
    pieces: tuple[tuple[str, ...], ...]
    owners: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    dense: Any
    lexical: Any

    @classmethod
    def build(cls, passages: Sequence[Passage], encoder: Encoder, *, cache: Path | None = None) -> "PassageIndex":
        """The index of these passages, from the cache if their vectors are there.

        Raises:
            CacheUnusable: the cache folder can not be written.
        """
        import faiss

        pieces = tuple(tuple(all_sentences(passage.text)) for passage in passages)
        views = [list(_views(passage, parts)) for passage, parts in zip(passages, pieces, strict=True)]
        texts = [text for each in views for text in each]

        def write(folder: Path) -> None:
            vectors = encoder.encode([ScrubbedText(text) for text in texts])
            dense = faiss.IndexFlatIP(vectors.shape[1] if texts else 1)
            if texts:
                dense.add(np.ascontiguousarray(vectors, dtype=np.float32))
            # Not faiss.write_index: on a full disk it raises a RuntimeError, which nobody takes for one.
            (folder / "dense.faiss").write_bytes(faiss.serialize_index(dense).tobytes())

        counts = np.array([len(each) for each in views], dtype=np.int64)
        owners = np.repeat(np.arange(len(views), dtype=np.int64), counts)
        key = content_hash(_FORMAT, encoder.id, *(f"{n}:{text}" for n, text in zip(owners, texts, strict=True)))
        folder = cached_folder("index", key, write, root=cache)
        dense = faiss.read_index(str(folder / "dense.faiss"))
        return cls(tuple(passages), pieces, owners, np.cumsum(counts), dense, _lexical(passages))

    def search(self, queries: Sequence[Query], count: int) -> tuple[FoundPassage, ...]:
        """The most relevant passages, best first, each whole.

        Args:
            queries: wordings of the same question; each counts the same.
            count: how many at most.
        """
        if not self.passages or not queries or count < 1:
            return ()
        dense = np.mean([self._dense_scores(query.vector) for query in queries], axis=0)
        lexical = np.mean([self._lexical_scores(query.text) for query in queries], axis=0)
        scores = DENSE_SHARE * dense + (1 - DENSE_SHARE) * lexical
        best = np.argsort(-scores, kind="stable")[:count]
        return tuple(FoundPassage(self.passages[i], float(scores[i])) for i in best)

    def excerpts(self, queries: Sequence[Query], found: Sequence[FoundPassage], count: int) -> tuple[FoundPassage, ...]:
        """The sentences nearest to the question, nearest first, so that a small model need not search the notes.

        Sentences of one passage that come one after the other make one excerpt; a passage may come again.

        Args:
            queries: as in `search`.
            found: what it found.
            count: of sentences, over all passages.
        """
        places = {passage.id: place for place, passage in enumerate(self.passages)}
        ranked = sorted(
            (
                (float(near) + each.score, each, piece)
                for each in found
                for piece, near in zip(*self._nearness(queries, places[each.passage.id]), strict=True)
            ),
            key=lambda entry: -entry[0],
        )
        excerpts: list[FoundPassage] = []
        for _, each, piece in ranked[:count]:
            last = excerpts.pop() if excerpts and excerpts[-1].passage is each.passage else replace(each, excerpt="")
            excerpts.append(replace(last, excerpt=f"{last.excerpt} {piece}".strip()))
        return tuple(excerpts)

    def _nearness(self, queries: Sequence[Query], place: int) -> tuple[tuple[str, ...], npt.NDArray[Any]]:
        """The sentences of a passage, and the cosine of each, the mean over the queries."""
        pieces = self.pieces[place]
        vectors = self.dense.reconstruct_n(int(self.ends[place]) - len(pieces), len(pieces))
        return pieces, np.mean([vectors @ query.vector for query in queries], axis=0)

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


def _views(passage: Passage, pieces: Sequence[str]) -> Iterator[str]:
    yield passage.title
    yield from passage.questions
    yield from (f"{passage.title}: {piece}" for piece in pieces)


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
