"""The intent suite: figures against hand-made readings."""

import numpy as np
import pytest

from kitwright.dataset import IntentSample
from kitwright.evaluation import evaluate_intents
from kitwright.types import IntentScore, Understanding

# text: (label, taken for, in scope)
READINGS = {
    "a1": ("a", "a", 0.9),
    "a2": ("a", "b", 0.8),
    "b1": ("b", "b", 0.7),
    "b2": ("b", "b", 0.6),
    "x1": ("oos", "a", 0.1),
    "x2": ("oos", "b", 0.65),
}


def parse(text: str) -> Understanding:
    _, name, in_scope = READINGS[text]
    return Understanding((IntentScore(name, 0.5),), (), in_scope, np.zeros(1, dtype=np.float32))


def samples(*texts: str) -> list[IntentSample]:
    return [IntentSample(id=text, text=text, label=READINGS[text][0]) for text in texts]


def test_figures() -> None:
    report = evaluate_intents(samples(*READINGS), parse)
    assert report.metrics == pytest.approx(
        {"accuracy": 0.75, "macro_f1": (2 / 3 + 0.8) / 2, "oos_auroc": 7 / 8, "oos_recall_keep95": 0.5}
    )
    assert report.confusions == (("a", "b", 1),)
    assert report.wrong == (("a2", "a", "b"),)


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ((), {"accuracy", "macro_f1", "oos_auroc", "oos_recall_keep95"}),
        (("a1",), {"oos_auroc", "oos_recall_keep95"}),
        (("x1",), {"accuracy", "macro_f1", "oos_auroc", "oos_recall_keep95"}),
    ],
)
def test_nothing_to_count_is_none_and_not_zero(texts: tuple[str, ...], missing: set[str]) -> None:
    metrics = evaluate_intents(samples(*texts), parse).metrics
    assert {name for name, value in metrics.items() if value is None} == missing
