"""The intent suite: how well messages of a held-out set are understood."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kitwright.dataset import OUT_OF_SCOPE, IntentSample
from kitwright.types import Understanding


@dataclass(frozen=True, slots=True)
class IntentReport:
    """Figures of one run; shares from 0 to 1, None where there was nothing to count.

    Args:
        metrics: name to value: accuracy, macro_f1, oos_auroc, oos_recall_keep95.
        confusions: (true, taken for, how often), most frequent first.
        wrong: (id, true, taken for).
    """

    metrics: dict[str, float | None]
    confusions: tuple[tuple[str, str, int], ...]
    wrong: tuple[tuple[str, str, str], ...]


def evaluate_intents(samples: Sequence[IntentSample], parse: Callable[[str], Understanding]) -> IntentReport:
    """Compare the best intent of every in-scope sample with its label, without any threshold."""
    from sklearn.metrics import accuracy_score, f1_score

    read = [(sample, parse(sample.text)) for sample in samples]
    inside = [(s.id, s.label, u.intent.name) for s, u in read if s.label != OUT_OF_SCOPE]
    labels, taken = [label for _, label, _ in inside], [name for _, _, name in inside]
    known = [u.in_scope for s, u in read if s.label != OUT_OF_SCOPE]
    strange = [u.in_scope for s, u in read if s.label == OUT_OF_SCOPE]
    wrong = tuple(row for row in inside if row[1] != row[2])
    pairs = Counter((label, name) for _, label, name in wrong)
    return IntentReport(
        metrics={
            "accuracy": float(accuracy_score(labels, taken)) if inside else None,
            "macro_f1": float(f1_score(labels, taken, average="macro")) if inside else None,
            **_out_of_scope(known, strange),
        },
        confusions=tuple((label, name, count) for (label, name), count in pairs.most_common()),
        wrong=wrong,
    )


def _out_of_scope(known: Sequence[float], strange: Sequence[float]) -> dict[str, float | None]:
    if not known or not strange:
        return {"oos_auroc": None, "oos_recall_keep95": None}
    import numpy as np
    from sklearn.metrics import roc_auc_score

    truth = [1] * len(known) + [0] * len(strange)
    threshold = float(np.quantile(known, 0.05))
    return {
        "oos_auroc": float(roc_auc_score(truth, [*known, *strange])),
        "oos_recall_keep95": float(np.mean(np.asarray(strange) < threshold)),
    }
