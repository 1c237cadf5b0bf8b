"""CLINC150: `data_full.json`, pairs of text and intent for each split (Larson et al., CC BY 3.0).

What is out of scope stands in splits of its own, `oos_train`, `oos_val` and `oos_test`, labelled `oos`.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kitwright.dataset.importers.draft import Outcome, TextDraft, Unfit, attempt
from kitwright.dataset.importers.opening import read_json, wrong_file


def read(path: Path) -> Iterator[Outcome]:
    """Labelled texts with their splits.

    Raises:
        FaultsFound: the file is not of this form.
    """
    data = read_json(path)
    if not isinstance(data, dict) or not all(isinstance(pairs, list) for pairs in data.values()):
        raise wrong_file(path, "is not CLINC150: a list of pairs for each split")
    for split, pairs in data.items():
        for number, pair in enumerate(pairs):
            place = f"{path} {split}[{number}]"
            yield attempt(place, partial(_draft, pair, split, place))


def _draft(pair: Any, split: str, place: str) -> TextDraft:
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        raise Unfit("is not a pair of text and label")
    text, label = (part.strip() for part in pair)
    if not text or not label:
        raise Unfit("text or label is empty")
    return TextDraft(place=place, text=text, label=label, split=split)
