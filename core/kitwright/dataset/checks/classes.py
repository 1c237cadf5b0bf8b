"""Classes: labels, intents or first tags that are rare, and records whose class looks wrong."""

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kitwright.dataset.checks.domain import EXPECTED
from kitwright.dataset.finding import Finding, warning
from kitwright.dataset.material import Material
from kitwright.dataset.sample import Sample
from kitwright.dataset.wording import words

FOLDS: Final = 5
_SMALL: Final = 0.2  # of the share that a class would have if all were of one size
_RATIO: Final = 20  # largest to smallest class
_DOUBT: Final = {"text": (8.0, 0.3), "sft": (30.0, 0.8)}
"""How much likelier another class must be than the given one, and how likely at least. A label is what a text is
about; the first tag of a conversation, which may turn to other things, is that only as a rule."""
_VOCABULARY: Final = 2000  # lexical features


def balance(material: Material) -> Iterator[Finding]:
    """Classes with few records, by count and by share."""
    counts = class_counts(material.samples)
    if len(counts) < 2:
        return
    total, usual = sum(counts.values()), statistics.median(counts.values())
    for name, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        if count < min(FOLDS, usual) or count < _SMALL * total / len(counts):
            yield _about(name, f"class {name!r} has {count} of {total} records")
    largest, smallest = max(counts.values()), min(counts.values())
    if largest > _RATIO * smallest:
        yield _about("classes", f"the largest class has {largest / smallest:.0f} times the records of the smallest")


def class_counts(samples: Sequence[Sample]) -> dict[str, int]:
    """Records by class; empty where most records have a class of their own, which is then no class."""
    counts = Counter(sample.group for sample in samples if sample.group)
    return dict(counts) if counts and len(counts) <= max(2, sum(counts.values()) / 3) else {}


def labels(material: Material) -> Iterator[Finding]:
    """Records whose class a classifier, trained on the others, would not give (confident learning)."""
    chosen = countable(material.samples)
    if len({sample.group for _, sample in chosen}) < 2:
        return
    import numpy as np

    rows = [row for row, _ in chosen]
    names = sorted({str(sample.group) for _, sample in chosen})
    given = np.array([names.index(str(sample.group)) for _, sample in chosen])
    probabilities = _out_of_fold(material.vectors[rows], [sample.text for _, sample in chosen], given)
    for row in _issues(given, probabilities):
        best = int(probabilities[row].argmax())
        sample = chosen[row][1]
        times, least = _DOUBT.get(sample.shape, _DOUBT["sft"])
        if probabilities[row][best] > max(least, times * probabilities[row][given[row]]):
            what = f"given as {names[given[row]]!r}, reads like {names[best]!r} ({probabilities[row][best]:.0%})"
            yield warning("mislabelled", what, sample, excerpts=(sample.question,))


def countable(samples: Sequence[Sample]) -> list[tuple[int, Sample]]:
    """Records, with their rows, of the classes that are large enough to be learned apart.

    What is meant to be off the topic may speak of anything, so it is left out.
    The mark of a completion is no class: good and bad ones are about the same things.
    """
    counts = {name: n for name, n in class_counts(samples).items() if n >= FOLDS}
    return [
        (row, s)
        for row, s in enumerate(samples)
        if s.group in counts and s.shape != "kto" and words(s.question) and not EXPECTED & {*s.tags, s.group}
    ]


def _out_of_fold(vectors: Any, texts: Sequence[str], given: Any) -> Any:
    """Probability of each class for each record, from models that did not see it."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    lexical = TfidfVectorizer(max_features=_VOCABULARY, sublinear_tf=True, analyzer=words).fit_transform(texts)
    features = hstack([csr_matrix(vectors), 0.5 * lexical], format="csr")
    model = LogisticRegression(C=10.0, max_iter=1000, class_weight="balanced")
    folds = StratifiedKFold(n_splits=FOLDS, shuffle=True, random_state=0)
    return cross_val_predict(model, features, given, cv=folds, method="predict_proba")


def _issues(given: Any, probabilities: Any) -> list[int]:
    """Rows of likely label errors, the least confident first."""
    from cleanlab.filter import find_label_issues

    found = find_label_issues(given, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1)
    return [int(row) for row in found]


def _about(name: str, what: str) -> Finding:
    return Finding(kind="imbalance", severity="warning", ids=(name,), what=what)
