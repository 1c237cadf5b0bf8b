"""Linear classifiers on the views of an utterance, and what held-out utterances teach about adding them up.

Held out are three folds, one after the other; where the encoder is tuned, one tenth that a shorter tuning for this
purpose did not learn from.
From their scores come the factors that mix the views (least log-loss) and the scale of familiarity (its 5% quantile
and its median).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kitwright.nlu.intent_model import Array, Calibration, Linear, familiarity, likeness, probabilities
from kitwright.nlu.intent_settings import IntentSettings

VECTOR_ROUNDS: Final = 100
WORD_ROUNDS: Final = 30  # with 2,600 utterances of 51 intents, 60 rounds give the same accuracy
_FOLDS: Final = 3
_HELD_OUT: Final = 0.1
_MOST_HELD_OUT: Final = 1000
_ENOUGH: Final = 20
_FEWEST_HELD_OUT: Final = 8
_LARGEST_SHARE: Final = 0.25
_FEWEST_OF_A_CLASS: Final = 4
_UNMEASURED: Final = Calibration(vector=1.0, lexical=1.0, tuned=0.0, low=0.3, middle=0.6)
_EXPECTED: Final = np.log([0.6, 0.5, 0.7])
"""Logarithms of the factors before anything was measured: the tuned vector knows most."""
_PULL: Final = 40.0
"""How many held-out utterances the expected proportions are worth; the common factor is free."""


@dataclass(frozen=True, slots=True)
class Views:
    """The training utterances as each classifier sees them.

    Args:
        vectors: of the encoder, shape (utterances, dimensions).
        words: weights of terms, a CSR matrix of shape (utterances, terms), or None where words do not count.
        tuned: scores of an encoder that was tuned without the held-out utterances, shape (utterances, classes), if
            there is one.
    """

    vectors: Array
    words: Any
    tuned: Array | None


def fitted(features: Any, classes: Array, regularisation: float, *, rounds: int) -> Linear:
    """Logistic regression, stopped after some rounds."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    model = LogisticRegression(C=regularisation, max_iter=rounds)
    # These products are too small to share out: two threads that wait for each other take three times the work.
    with threadpool_limits(1, user_api="blas"), warnings.catch_warnings():
        # Stopping early is meant: the held-out log-loss has long settled.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features, classes)
    weights, offsets = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if weights.shape[1] == 1:  # two classes: scikit-learn keeps the second one's log-odds only
        weights, offsets = np.hstack([0 * weights, weights]), np.concatenate([0 * offsets, offsets])
    return Linear(weights, offsets)


def silent(classes: int) -> Linear:
    """A classifier without features."""
    return Linear(np.zeros((0, classes), dtype=np.float32), np.zeros(classes, dtype=np.float32))


def kept_for_learning(classes: Array, seed: int) -> Array:
    """Which utterances a tuned encoder to calibrate on learns from, bool; the others, about a tenth, are held out.

    All of them where too few would be held out to learn anything from those.
    """
    rng, learned = np.random.default_rng(seed), np.ones(len(classes), dtype=bool)
    share = min(max(_HELD_OUT, _ENOUGH / len(classes)), _MOST_HELD_OUT / len(classes), _LARGEST_SHARE)
    for each, count in Counter(classes.tolist()).items():
        if count >= _FEWEST_OF_A_CLASS:
            learned[rng.choice(np.flatnonzero(classes == each), max(1, round(share * count)), replace=False)] = False
    return learned if (~learned).sum() >= _FEWEST_HELD_OUT else np.ones(len(classes), dtype=bool)


def calibrated(views: Views, classes: Array, learned: Array, settings: IntentSettings) -> Calibration:
    """What held-out utterances teach."""
    splits = [(learned, ~learned)] if views.tuned is not None else list(_folds(classes, settings.seed))
    if not splits:
        return _UNMEASURED
    held = np.concatenate([np.flatnonzero(unseen) for _, unseen in splits])
    parts = [_scores(views, classes, seen, unseen, settings) for seen, unseen in splits]
    scores, like = np.concatenate([part[0] for part in parts], axis=1), np.concatenate([part[1] for part in parts])
    mix = _best_mix(scores, classes[held], views)
    low, middle = np.quantile(familiarity(like, scores[0] + scores[1]), [0.05, 0.5])
    vector, lexical, learnt = (float(factor) for factor in mix)
    return Calibration(vector=vector, lexical=lexical, tuned=learnt, low=float(low), middle=float(middle))


def _folds(classes: Array, seed: int) -> Iterator[tuple[Array, Array]]:
    from sklearn.model_selection import StratifiedKFold

    folds = min(_FOLDS, min(Counter(classes.tolist()).values()))
    if folds < 2:
        return
    for _, unseen in StratifiedKFold(folds, shuffle=True, random_state=seed).split(classes, classes):
        held = np.zeros(len(classes), dtype=bool)
        held[unseen] = True
        yield ~held, held


def _scores(views: Views, classes: Array, seen: Array, unseen: Array, settings: IntentSettings) -> tuple[Array, Array]:
    """Scores of the three views, shape (3, unseen, classes), and likeness to the seen, shape (unseen,)."""
    scores = np.zeros((3, int(unseen.sum()), int(classes.max()) + 1))
    linear = fitted(views.vectors[seen], classes[seen], settings.regularisation, rounds=VECTOR_ROUNDS)
    scores[0] = views.vectors[unseen] @ linear.weights + linear.offsets
    if views.words is not None:
        linear = fitted(views.words[seen], classes[seen], settings.regularisation, rounds=WORD_ROUNDS)
        scores[1] = views.words[unseen] @ linear.weights + linear.offsets
    if views.tuned is not None:
        scores[2] = views.tuned[unseen]
    return scores, likeness(views.vectors[seen], views.vectors[unseen], scores.shape[2])


def _best_mix(scores: Array, classes: Array, views: Views) -> Array:
    """Positive factors of the views with the least log-loss; a view that does not exist gets none."""
    from scipy.optimize import minimize

    used = np.flatnonzero([True, views.words is not None, views.tuned is not None])
    rows, expected = np.arange(len(classes)), _EXPECTED[used] if views.tuned is not None else np.zeros(len(used))

    def loss(logs: Array) -> float:
        chances = probabilities(np.tensordot(np.exp(np.clip(logs, -4, 4)), scores[used], axes=1))
        pull = _PULL * float(np.var(logs - expected)) / len(classes) if views.tuned is not None else 0.0
        return float(-np.log(np.maximum(chances[rows, classes], 1e-12)).mean()) + pull

    corners = np.vstack([expected, expected + 0.5 * np.eye(len(used))])
    options = {"xatol": 0.01, "fatol": 1e-4, "initial_simplex": corners}
    found = minimize(loss, corners[0], method="Nelder-Mead", options=options)
    mix = np.zeros(3)
    mix[used] = np.exp(np.clip(found.x, -4, 4))
    return mix
