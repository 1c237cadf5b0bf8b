"""The tagger: finds stretches like those annotated in the utterances, word by word, where patterns and lists fail.

A linear classifier on token states gives each word the chances of the tags B-x, I-x (the first and further words of an
entity x) and O; the best sequence of tags in which I-x follows only B-x or I-x wins (Viterbi).
Files of a saved tagger: `tagger.json` (tags, what cross-validation found) and `tagger.npz` (numbers).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from kitwright.encoder import Words, best_path, stretches
from kitwright.nlu.span_scores import SpanScore
from kitwright.nlu.token_reader import Array, TokenReader

FORMAT: Final = "tagger-2"
_REMEMBERED: Final = 2048  # texts


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A stretch that the tagger takes for an entity: its type, first character, and one past the last."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What cross-validation found for one entity.

    Args:
        annotated: how often it is annotated.
        rules: score of patterns, lists and built-in forms alone.
        tagged: score with the tagger beside them; None where there are too few annotations to learn from.
        kept: whether the tagger is used for it.
    """

    annotated: int
    rules: SpanScore
    tagged: SpanScore | None
    kept: bool

    @property
    def score(self) -> SpanScore:
        """What the entity scores as it is used."""
        return self.tagged if self.kept and self.tagged else self.rules


@dataclass(frozen=True, slots=True, eq=False)
class TokenTagger:
    """A trained tagger.

    Args:
        tags: `O` first, then B-x and I-x for each entity x.
        weights: shape (features, tags).
        offsets: shape (tags,).
        findings: by entity, whether it is kept among them.
    """

    tags: tuple[str, ...]
    weights: Array
    offsets: Array
    findings: Mapping[str, Finding]

    def spans(self, words: Words, features: Array, *, names: frozenset[str] | None = None) -> list[TaggedSpan]:
        """Stretches in order of position.

        Args:
            words: places of the words.
            features: of each, shape (words, features).
            names: entities wanted; those that cross-validation kept by default.
        """
        if names is None:
            names = frozenset(name for name, finding in self.findings.items() if finding.kept)
        if not words or not names:
            return []
        path = best_path(features @ self.weights + self.offsets, self.tags)
        return [
            TaggedSpan(name, words[first][0], words[end - 1][1])
            for name, first, end in stretches(path, self.tags)
            if name in names
        ]

    def save(self, folder: Path) -> None:
        """Write the tagger into an existing folder; numbers in half precision."""
        about = {"format": FORMAT, "tags": self.tags, "findings": {n: asdict(f) for n, f in self.findings.items()}}
        (folder / "tagger.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
        weights, offsets = self.weights.astype(np.float16), self.offsets.astype(np.float16)
        np.savez_compressed(folder / "tagger.npz", weights=weights, offsets=offsets)

    @classmethod
    def load(cls, folder: Path) -> "TokenTagger":
        """Read what `save` wrote; the cache vouches for the files."""
        about = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        with np.load(folder / "tagger.npz", allow_pickle=False) as file:
            weights, offsets = (file[name].astype(np.float32) for name in ("weights", "offsets"))
        findings = {
            name: Finding(
                annotated=each["annotated"],
                rules=SpanScore(**each["rules"]),
                tagged=each["tagged"] and SpanScore(**each["tagged"]),
                kept=each["kept"],
            )
            for name, each in about["findings"].items()
        }
        return cls(tuple(about["tags"]), weights, offsets, findings)


class Tagging:
    """A tagger with the reader of its words; called with a text, it gives the stretches in it.

    Args:
        tagger: was trained on features of this reader.
        reader: of words.
    """

    def __init__(self, tagger: TokenTagger, reader: TokenReader) -> None:
        self.tagger = tagger
        self.reader = reader
        self._is_used = any(finding.kept for finding in tagger.findings.values())
        self._spans = lru_cache(_REMEMBERED)(lambda text: tuple(tagger.spans(*reader(text))))

    def __call__(self, text: str) -> Sequence[TaggedSpan]:
        """Stretches in order of position; none where cross-validation kept no entity, which costs nothing."""
        return self._spans(text) if self._is_used else ()
