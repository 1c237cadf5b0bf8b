"""Training of the tagger: on a kit's annotated utterances, kept for an entity where cross-validation finds it helps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from kitwright.encoder import EmbeddedEncoder, Words, tags_of
from kitwright.files import cached_folder, content_hash
from kitwright.nlu.data import AnnotatedExample, NluData
from kitwright.nlu.entities import EntityFinder
from kitwright.nlu.placeholders import PERSONAL
from kitwright.nlu.span_scores import SpanScore, span_scores
from kitwright.nlu.tagger import FORMAT, Finding, TaggedSpan, Tagging, TokenTagger
from kitwright.nlu.token_reader import Array, TokenReader, token_reader
from kitwright.protocols import Encoder
from kitwright.types import Entity, ScrubbedText

FEWEST: Final = 15
"""Annotations from which an entity can be learned."""
_FOLDS: Final = 5
_EPOCHS: Final = 6
_FEWEST_STEPS: Final = 600  # for small kits, more passes
_BATCH: Final = 256
_RATE: Final = 3e-3
_SEED: Final = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    """An utterance as the tagger sees it: places of its words, their features, and their tags' numbers."""

    words: Words
    features: Array
    tags: Array


def trained_tagging(data: NluData, encoder: Encoder, *, root: Path | None = None) -> Tagging | None:
    """The tagger for this data, from the cache or trained now; None where nothing can be learned.

    Args:
        data: of a kit.
        encoder: only the embedded one gives states of words.
        root: cache folder instead of the user's.

    Raises:
        ModelUnavailable: the encoder is not installed.
        CacheUnusable: the cache can not be written.
    """
    if not isinstance(encoder, EmbeddedEncoder) or not learnable(data):
        return None
    reader = token_reader(encoder)
    key = content_hash(FORMAT, encoder.id, data.hash)
    folder = cached_folder("taggers", key, lambda place: train_tagger(data, reader).save(place), root=root)
    return Tagging(TokenTagger.load(folder), reader)


def learnable(data: NluData) -> tuple[str, ...]:
    """Entities with enough annotations, sorted; not the personal ones, which are placeholders when a bot runs."""
    counts = Counter(entity.name for example in data.examples for entity in example.entities)
    return tuple(sorted(n for n, count in counts.items() if count >= FEWEST and n not in PERSONAL))


def train_tagger(data: NluData, reader: TokenReader) -> TokenTagger:
    """Train a tagger, the same each time for the same data; at least one entity must be learnable."""
    from threadpoolctl import threadpool_limits

    names = learnable(data)
    tags = tags_of(names)
    with threadpool_limits(1):  # these products are too small to share out
        seen = [_seen(example, reader, tags) for example in data.examples]
        findings = _findings(data, names, list(_held_out(seen, tags)))
        return TokenTagger(tags, *_fitted(seen, len(tags)), findings)


def _seen(example: AnnotatedExample, reader: TokenReader, tags: Sequence[str]) -> _Seen:
    words, features = reader(example.text)
    numbers = np.zeros(len(words), dtype=np.int64)
    for entity in example.entities:
        if f"B-{entity.name}" in tags:
            covered = [n for n, (start, end) in enumerate(words) if start < entity.end and entity.start < end]
            numbers[covered] = tags.index(f"I-{entity.name}")
            numbers[covered[:1]] = tags.index(f"B-{entity.name}")
    return _Seen(words, features.astype(np.float16), numbers)


def _held_out(seen: Sequence[_Seen], tags: tuple[str, ...]) -> Iterator[tuple[int, list[TaggedSpan]]]:
    """Number of each utterance with the stretches that a tagger finds which was trained without it."""
    folds = np.random.default_rng(_SEED).integers(0, _FOLDS, len(seen))
    names = frozenset(tag[2:] for tag in tags[1:])
    for fold in range(_FOLDS):
        learned = [one for one, its in zip(seen, folds, strict=True) if its != fold]
        tagger = TokenTagger(tags, *_fitted(learned, len(tags)), {})
        for n in np.flatnonzero(folds == fold).tolist():
            yield n, tagger.spans(seen[n].words, seen[n].features.astype(np.float32), names=names)


def _findings(data: NluData, names: tuple[str, ...], held: list[tuple[int, list[TaggedSpan]]]) -> dict[str, Finding]:
    """Which entities the tagger helps with; those kept are measured together once more, and so recorded."""
    finder = EntityFinder(data)
    alone, tried = _scores(data, finder, held, frozenset()), _scores(data, finder, held, frozenset(names))
    kept = frozenset(name for name in names if tried[name].f1 > alone[name].f1)
    final = _scores(data, finder, held, kept)
    counts = Counter(entity.name for example in data.examples for entity in example.entities)
    return {
        name: Finding(counts[name], alone[name], (final if name in kept else tried)[name] if name in names else None,
                      kept=name in kept)
        for name in sorted(counts.keys() - PERSONAL)
    }  # fmt: skip


def _scores(
    data: NluData, finder: EntityFinder, held: list[tuple[int, list[TaggedSpan]]], names: frozenset[str]
) -> dict[str, SpanScore]:
    pairs = []
    for n, spans in held:
        example = data.examples[n]
        annotated = [
            Entity(e.name, finder.normalised(e.name, e.value) or e.value, e.start, e.end) for e in example.entities
        ]
        found = finder.find(ScrubbedText(example.text), [span for span in spans if span.name in names])
        pairs.append((annotated, found))
    return span_scores(pairs)


def _fitted(seen: Sequence[_Seen], tags: int) -> tuple[Array, Array]:
    """Weights and offsets of a softmax regression by Adam; its rate falls to zero.

    Over thirty thousand words, scikit-learn's solver takes many times as long.
    """
    features = np.concatenate([one.features for one in seen])
    classes = np.concatenate([one.tags for one in seen])
    batches = -(-len(classes) // _BATCH)
    epochs = max(_EPOCHS, -(-_FEWEST_STEPS // batches))
    rng, done, steps = np.random.default_rng(_SEED), 0, epochs * batches
    weights = np.zeros((features.shape[1] + 1, tags), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(classes)), batches):
            done += 1
            slope = _slope(_with_one(features[batch]), classes[batch], weights)
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            size = np.sqrt(second / (1 - 0.999**done)) + 1e-8
            weights -= _RATE * (1 - (done - 1) / steps) * first / (1 - 0.9**done) / size
    return weights[:-1], weights[-1]


def _slope(features: Array, classes: Array, weights: Array) -> Array:
    """Gradient of the mean log-loss, shape of the weights."""
    scores = features @ weights
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.arange(len(classes)), classes] -= 1
    slope: Array = features.T @ chances / len(classes)
    return slope


def _with_one(features: Array) -> Array:
    return np.hstack([features.astype(np.float32), np.ones((len(features), 1), dtype=np.float32)])
