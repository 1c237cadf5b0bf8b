"""The passage index: dense (FAISS over sentence vectors) and lexical (BM25), fused to one relevance.

A passage has several vectors: its title, every way people ask for it, the questions of written conversations that
it answered, and its sentences; its best one counts.
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

from kitwright.protocols import Encoder
from kitwright.retrieval.vectors import vector_index
from kitwright.types import AskedQuestion, FoundPassage, Passage
from kitwright.types.sentences import all_sentences

DENSE_SHARE: Final = 0.6
HALF_SCORE: Final = 6.0  # a BM25 score of this counts as half relevant
ASKED_SHARE: Final = 0.5  # of a question asked before, beside the sentence that answered it
_NEIGHBOURS: Final = 256
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
        answered: for each passage and each question that it answered, the position of the sentence that did.
        owners: for each vector, the position of its passage.
        ends: for each passage, the position behind its last vector; the vectors of the questions it answered, then
            those of its sentences, stand last.
        dense: FAISS inner-product index.
        lexical: BM25 over titles, questions and texts.
    """

    passages: tuple[Passage, ...]
    pieces: tuple[tuple[str, ...], ...]
    answered: tuple[npt.NDArray[np.int64], ...]
    owners: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    dense: Any
    lexical: Any

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        encoder: Encoder,
        asked: Sequence[AskedQuestion] = (),
        *,
        cache: Path | None = None,
    ) -> "PassageIndex":
        """The index of these passages, from the cache if their vectors are there.

        Args:
            passages: what can be found.
            encoder: for everything that is searched in.
            asked: questions that these passages answered before.
            cache: folder for the vectors; the user's cache where left out.

        Raises:
            CacheUnusable: the cache folder can not be written.
        """
        pieces = tuple(tuple(all_sentences(passage.text)) for passage in passages)
        known = _asked_of(passages, pieces, asked)
        views = [list(_views(*each)) for each in zip(passages, pieces, known, strict=True)]
        texts = [text for each in views for text in each]

        counts = np.array([len(each) for each in views], dtype=np.int64)
        owners = np.repeat(np.arange(len(views), dtype=np.int64), counts)
        dense = vector_index(texts, encoder, cache=cache)
        answered = tuple(np.array([piece for _, piece in each], dtype=np.int64) for each in known)
        return cls(tuple(passages), pieces, answered, owners, np.cumsum(counts), dense, _lexical(passages))

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
        places = {each.passage.id: self.passages.index(each.passage) for each in found}
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
        """The sentences of a passage, and how near each is: itself and the nearest question it answered."""
        pieces, answered = self.pieces[place], self.answered[place]
        count = len(answered) + len(pieces)
        vectors = self.dense.reconstruct_n(int(self.ends[place]) - count, count)
        asked, stated = np.split(np.stack([query.vector for query in queries]) @ vectors.T, [len(answered)], axis=1)
        nearest = np.zeros_like(stated)
        for cosines, best in zip(asked, nearest, strict=True):
            np.maximum.at(best, answered, cosines)
        return pieces, np.mean(stated + ASKED_SHARE * nearest, axis=0)

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


def _asked_of(
    passages: Sequence[Passage], pieces: Sequence[Sequence[str]], asked: Sequence[AskedQuestion]
) -> list[list[tuple[str, int]]]:
    """For each passage, the questions that it answered, each with the position of the sentence that did."""
    places = {passage.id: place for place, passage in enumerate(passages)}
    known: list[list[tuple[str, int]]] = [[] for _ in passages]
    for question in asked:
        for name, sentence in question.answers:
            if name in places and sentence in pieces[places[name]]:
                known[places[name]].append((question.text, pieces[places[name]].index(sentence)))
    return known


def _views(passage: Passage, pieces: Sequence[str], asked: Sequence[tuple[str, int]]) -> Iterator[str]:
    yield passage.title
    yield from passage.questions
    yield from (text for text, _ in asked)
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
