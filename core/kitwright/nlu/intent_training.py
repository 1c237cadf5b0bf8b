"""Training of the intent model: from labelled utterances to classifiers on each view, and their calibration."""

import json
import logging
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

import numpy as np

from kitwright.encoder import EmbeddedEncoder, model_folder, spoken, vocabulary, with_slips
from kitwright.errors import AdapterMismatch, Fault, FaultsFound
from kitwright.files import cached_folder, content_hash
from kitwright.nlu.calibrating import VECTOR_ROUNDS, WORD_ROUNDS, Views, calibrated, fitted, kept_for_learning, silent
from kitwright.nlu.data import AnnotatedExample, NluData
from kitwright.nlu.features import Lexicon
from kitwright.nlu.intent_model import FORMAT, Array, IntentModel, Tuned
from kitwright.nlu.intent_settings import IntentSettings, TuningSettings
from kitwright.nlu.spelling import Spelling
from kitwright.nlu.tuning import tune
from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText

_log: Final = logging.getLogger(__name__)
_REHEARSAL: Final = 0.35
"""Length of the tuning that calibration is learned from, as a share of the other's."""
_NAME_PART: Final = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
_SPOKEN: Final = {
    "email": "email address",
    "postcode": "uk postcode",
    "phone": "phone number",
    "member_number": "member number",
}


def trained_model(
    data: NluData | Sequence[tuple[str, str]],
    encoder: Encoder,
    *,
    settings: IntentSettings | None = None,
    root: Path | None = None,
) -> IntentModel:
    """The model for this data, from the cache or trained now.

    Args:
        data: a kit's data, or pairs of text and label.
        encoder: gives the sentence vectors.
        settings: how to train.
        root: cache folder instead of the user's.

    Raises:
        FaultsFound: fewer than two intents, or an intent without a name or text.
        ModelUnavailable: the encoder is not installed.
        CacheUnusable: the cache can not be written.
    """
    settings = settings or IntentSettings()
    pairs = training_pairs(data)
    key = content_hash(encoder.id, data_hash(pairs, settings))
    folder = cached_folder("intents", key, lambda place: train(pairs, encoder, settings).save(place), root=root)
    return IntentModel.load(folder, encoder=encoder)


def kept_model(folder: Path, data: NluData, encoder: Encoder) -> IntentModel | None:
    """The model in a folder, if it was trained on exactly these utterances with this encoder.

    Tuning takes a minute or two, too long for the start of a bot. So a tuned model is kept beside it, and where it does
    not fit, a log line says so and the bot goes on with one that is trained in seconds.
    """
    if not (folder / "model.json").is_file():
        return None
    try:
        model = IntentModel.load(folder, encoder=encoder)
    except (FaultsFound, AdapterMismatch) as error:
        problem = "; ".join(str(fault) for fault in error.faults)
    else:
        if model.data == data_hash(training_pairs(data), model.settings):
            return model
        problem = "it was trained on other utterances"
    _log.warning("the intent model in %s is left aside: %s; train it again: kitwright nlu train", folder, problem)
    return None


def training_pairs(data: NluData | Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Text and label of every utterance, personal entities spoken as their placeholders are when a bot runs."""
    if isinstance(data, NluData):
        return [(_as_scrubbed(example), example.intent) for example in data.examples]
    return [(text, label) for text, label in data]


def train(
    pairs: Sequence[tuple[str, str]],
    encoder: Encoder,
    settings: IntentSettings,
    *,
    tick: Callable[[int, int], None] = lambda _done, _of: None,
) -> IntentModel:
    """Train a model, the same each time for the same data and settings.

    Args:
        pairs: text and label.
        encoder: gives the sentence vectors; only the embedded one can be tuned.
        settings: how.
        tick: told about every step of the tuning.

    Raises:
        FaultsFound: fewer than two intents, or an empty text or label.
    """
    _refuse_useless(pairs)
    said = _with_names(pairs) if settings.tuning else pairs
    spelling = _spelling([text for text, _ in said]) if settings.lexical else Spelling((), frozenset())
    texts = [ScrubbedText(spelling.corrected(text)) for text, _ in said]
    labels, classes = np.unique([label for _, label in said], return_inverse=True)
    known = encoder.encode(texts)
    lexicon = Lexicon.fit(texts) if settings.lexical else Lexicon((), (), np.zeros(0, dtype=np.float32))
    words = lexicon.matrix(texts) if len(lexicon.idf) else None
    learned = kept_for_learning(classes, settings.seed)
    views, tuned = Views(known, words, None), None
    if settings.tuning and isinstance(encoder, EmbeddedEncoder) and not learned.all():
        heard = [ScrubbedText(spelling.corrected(text)) for text in _slipped(texts, ~learned, settings.seed)]
        tuned, rehearsed = _tuned(texts, heard, classes, learned, settings.tuning, tick=tick)
        views = Views(encoder.encode(heard), None if words is None else lexicon.matrix(heard), rehearsed)
    return IntentModel(
        encoder_id=encoder.id,
        data=data_hash(pairs, settings),
        settings=settings,
        labels=tuple(str(label) for label in labels),
        known=known,
        on_vector=fitted(known, classes, settings.regularisation, rounds=VECTOR_ROUNDS),
        on_words=silent(len(labels))
        if words is None
        else fitted(words, classes, settings.regularisation, rounds=WORD_ROUNDS),
        lexicon=lexicon,
        calibration=calibrated(views, classes, learned, settings),
        tuned=tuned,
    )


def _spelling(texts: Sequence[str]) -> Spelling:
    """Of the words that stand in two utterances; what stands in one only and is no word is a slip."""
    return Spelling(Lexicon.fit(texts).frequent(), vocabulary())


def _slipped(texts: Sequence[str], which: Array, seed: int) -> list[str]:
    """The texts, some of them with a slip: people to come write less like the author than the author did."""
    rng = random.Random(seed)
    return [with_slips(text, rng) if slips else text for text, slips in zip(texts, which, strict=True)]


def _tuned(
    texts: Sequence[str],
    heard: Sequence[str],
    classes: Array,
    learned: Array,
    settings: TuningSettings,
    *,
    tick: Callable[[int, int], None],
) -> tuple[Tuned, Array]:
    """The encoder tuned on all utterances; and the scores of one tuned for a shorter time without those held out."""
    texts, heard = [spoken(text) for text in texts], [spoken(text) for text in heard]
    everything = np.ones(len(classes), dtype=bool)
    short = replace(settings, epochs=settings.epochs * _REHEARSAL)
    whole = 1 + _REHEARSAL
    tuned, _ = tune(
        model_folder(), texts, classes, everything, settings, tick=lambda done, of: tick(done, round(whole * of))
    )
    rehearsed, vectors = tune(
        model_folder(),
        heard,
        classes,
        learned,
        short,
        tick=lambda done, of: tick(round(of / _REHEARSAL) + done, round(whole * of / _REHEARSAL)),
    )
    return tuned, rehearsed.scores(vectors)


def _with_names(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The utterances, and for each intent whose name is made of words, the name: with few examples it tells a lot."""
    known = vocabulary()
    named = {label: " ".join(_NAME_PART.findall(label)).lower() for _, label in pairs}
    spoken = [(name, label) for label, name in named.items() if name and known.issuperset(name.split())]
    return [*pairs, *spoken]


def data_hash(pairs: Sequence[tuple[str, str]], settings: IntentSettings) -> str:
    """Hash of what a model is trained from; the order of the utterances counts."""
    return content_hash(FORMAT, json.dumps([pairs, asdict(settings)], ensure_ascii=False))


def _as_scrubbed(example: AnnotatedExample) -> str:
    text = example.text
    for entity in sorted(example.entities, key=lambda entity: -entity.start):
        text = text[: entity.start] + _SPOKEN.get(entity.name, text[entity.start : entity.end]) + text[entity.end :]
    return text


def _refuse_useless(pairs: Sequence[tuple[str, str]]) -> None:
    labels = {label for _, label in pairs}
    if len(labels) < 2:
        few = Fault(code="KW111", place="nlu", problem="at least two intents with examples are needed")
        raise FaultsFound(few)
    empty = [n for n, (text, label) in enumerate(pairs, start=1) if not text.strip() or not label.strip()]
    if empty:
        raise FaultsFound(Fault(code="KW111", place=f"example {n}", problem="text or label is empty") for n in empty)
