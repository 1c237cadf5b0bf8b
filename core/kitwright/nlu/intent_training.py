"""Training of the intent model: logistic regression on two views, calibrated on held-out folds.

Each view is trained once on everything, and once per fold to score utterances that it has not seen. From those
scores come the factors that mix the views (least log-loss) and the scale of familiarity (its 5% quantile and
its median).
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from kitwright.errors import Fault, FaultsFound
from kitwright.files import cached_folder, content_hash
from kitwright.nlu.data import AnnotatedExample, NluData
from kitwright.nlu.features import Lexicon
from kitwright.nlu.intent_model import FORMAT, Array, Calibration, IntentModel, Linear, familiarity, probabilities
from kitwright.nlu.intent_settings import IntentSettings
from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText

_FOLDS: Final = 3
_VECTOR_ROUNDS: Final = 100
_WORD_ROUNDS: Final = 30  # with 2,600 utterances of 51 intents, 60 rounds give the same accuracy
_UNMEASURED: Final = Calibration(vector=1.0, lexical=1.0, low=0.3, middle=0.6)
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
    content = json.dumps([pairs, asdict(settings)], ensure_ascii=False)
    key = content_hash(FORMAT, encoder.id, content)
    folder = cached_folder("intents", key, lambda place: train(pairs, encoder, settings).save(place), root=root)
    return IntentModel.load(folder, encoder=encoder)


def training_pairs(data: NluData | Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Text and label of every utterance, personal entities spoken as their placeholders are when a bot runs."""
    if isinstance(data, NluData):
        return [(_as_scrubbed(example), example.intent) for example in data.examples]
    return [(text, label) for text, label in data]


def train(pairs: Sequence[tuple[str, str]], encoder: Encoder, settings: IntentSettings) -> IntentModel:
    """Train a model, the same each time for the same data and settings.

    Raises:
        FaultsFound: fewer than two intents, or an empty text or label.
    """
    _refuse_useless(pairs)
    texts = [ScrubbedText(text) for text, _ in pairs]
    labels, classes = np.unique([label for _, label in pairs], return_inverse=True)
    known = encoder.encode(texts)
    lexicon = Lexicon.fit(texts) if settings.lexical else Lexicon((), (), np.zeros(0, dtype=np.float32))
    words = lexicon.matrix(texts) if len(lexicon.idf) else None
    return IntentModel(
        encoder_id=encoder.id,
        settings=settings,
        labels=tuple(str(label) for label in labels),
        known=known,
        on_vector=_fitted(known, classes, settings, rounds=_VECTOR_ROUNDS),
        on_words=_silent(len(labels)) if words is None else _fitted(words, classes, settings, rounds=_WORD_ROUNDS),
        lexicon=lexicon,
        calibration=_calibrated(known, words, classes, settings),
    )


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


def _fitted(features: Any, classes: Array, settings: IntentSettings, *, rounds: int) -> Linear:
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    model = LogisticRegression(C=settings.regularisation, max_iter=rounds)
    # These products are too small to share out: two threads that wait for each other take three times the work.
    with threadpool_limits(1, user_api="blas"), warnings.catch_warnings():
        # Stopping early is meant: the held-out log-loss has long settled.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features, classes)
    weights, offsets = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if weights.shape[1] == 1:  # two classes: scikit-learn keeps the second one's log-odds only
        weights, offsets = np.hstack([0 * weights, weights]), np.concatenate([0 * offsets, offsets])
    return Linear(weights, offsets)


def _silent(classes: int) -> Linear:
    return Linear(np.zeros((0, classes), dtype=np.float32), np.zeros(classes, dtype=np.float32))


def _calibrated(known: Array, words: Any, classes: Array, settings: IntentSettings) -> Calibration:
    folds = min(_FOLDS, min(Counter(classes.tolist()).values()))
    if folds < 2:
        return _UNMEASURED
    shape = (len(classes), int(classes.max()) + 1)
    vectorial, lexical, likeness = np.zeros(shape), np.zeros(shape), np.zeros(len(classes))
    for seen, unseen in _splits(classes, folds, settings.seed):
        linear = _fitted(known[seen], classes[seen], settings, rounds=_VECTOR_ROUNDS)
        vectorial[unseen] = known[unseen] @ linear.weights + linear.offsets
        likeness[unseen] = (known[unseen] @ known[seen].T).max(axis=1)
        if words is not None:
            linear = _fitted(words[seen], classes[seen], settings, rounds=_WORD_ROUNDS)
            lexical[unseen] = words[unseen] @ linear.weights + linear.offsets
    mix = _best_mix(vectorial, lexical, classes)
    certainty = probabilities(vectorial + lexical).max(axis=1)
    low, middle = np.quantile(familiarity(likeness, certainty), [0.05, 0.5])
    return Calibration(vector=mix[0], lexical=mix[1], low=float(low), middle=float(middle))


def _splits(classes: Array, folds: int, seed: int) -> Iterator[tuple[Array, Array]]:
    from sklearn.model_selection import StratifiedKFold

    yield from StratifiedKFold(folds, shuffle=True, random_state=seed).split(classes, classes)


def _best_mix(vectorial: Array, lexical: Array, classes: Array) -> tuple[float, float]:
    """Positive factors of the two views with the least log-loss."""
    from scipy.optimize import minimize

    rows = np.arange(len(classes))

    def loss(logs: Array) -> float:
        factors = np.exp(np.clip(logs, -4, 4))
        chances = probabilities(factors[0] * vectorial + factors[1] * lexical)
        return float(-np.log(np.maximum(chances[rows, classes], 1e-12)).mean())

    corners = [[0.0, 0.0], [0.5, 0.0], [0.0, 0.5]]
    options = {"xatol": 0.01, "fatol": 1e-4, "initial_simplex": corners}
    found = minimize(loss, corners[0], method="Nelder-Mead", options=options)
    first, second = np.exp(np.clip(found.x, -4, 4))
    return float(first), float(second)
