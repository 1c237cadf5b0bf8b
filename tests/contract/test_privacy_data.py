"""The sentences of the tagger of personal data: they parse, and what it is measured on is not what it learned from."""

import re
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from kitwright.dataset import read_card
from kitwright.files import read_yaml
from kitwright.privacy.tagger import KEEP, LABELS, PiiTagger, parse_marked, read_marked
from kitwright.privacy.tagger.filling import SLOTS
from kitwright.privacy.tagger.marked import entries
from kitwright.recipe import PiiRecipe, read_recipe
from kitwright.workshop.privacy.tagger import RECIPE, data_hash

ROOT = Path(__file__).parents[2]
DATA = ROOT / "training_data" / "privacy"
TEMPLATES = sorted((DATA / "templates").glob("*.txt"))
EVALUATION = sorted((DATA / "evaluation").glob("*.txt"))
NEAR = 0.7  # of the words of two entries, shared
SLOT = re.compile(r"\{([a-z0-9_]+)(?:#\d+)?\}")


def lines(paths: list[Path]) -> list[str]:
    return [line for path in paths for _, line in entries(path)]


def bare(line: str) -> str:
    return SLOT.sub(" ", parse_marked(line).text)


def test_templates_have_known_slots_and_labels_and_the_card_counts_them() -> None:
    slots = {slot for line in lines(TEMPLATES) for slot in SLOT.findall(line)}
    assert slots <= SLOTS
    labels = {each.label for line in lines(TEMPLATES) for each in parse_marked(line).stretches}
    assert labels <= LABELS
    assert read_card(DATA / "README.md").size == len(lines(TEMPLATES))


def test_the_evaluation_is_large_and_two_in_five_hold_nothing_personal() -> None:
    found = [entry for path in EVALUATION for entry in read_marked(path)]
    clean = [entry for entry in found if all(each.label == KEEP for each in entry.stretches)]
    assert len(found) >= 1200
    assert 0.35 <= len(clean) / len(found) <= 0.5
    assert {each.label for entry in found for each in entry.stretches} == LABELS


def test_no_entry_of_the_evaluation_is_nearly_a_template() -> None:
    learned, held = [bare(line) for line in lines(TEMPLATES)], [bare(line) for line in lines(EVALUATION)]
    counter = CountVectorizer(binary=True, token_pattern=r"(?u)\b\w+\b").fit([*learned, *held])
    one, other = counter.transform(held), counter.transform(learned)
    shared = (one @ other.T).toarray()
    sizes = np.asarray(one.sum(axis=1)) + np.asarray(other.sum(axis=1)).T
    likeness = shared / np.maximum(sizes - shared, 1)
    long = np.asarray(one.sum(axis=1)).ravel() >= 4
    near = [(held[a], learned[b]) for a, b in np.argwhere(likeness > NEAR) if long[a]]
    assert near == []


def test_the_shipped_tagger_is_small_and_was_trained_from_what_lies_here() -> None:
    folder = ROOT / "core" / "kitwright" / "privacy" / "tagger" / "adapter"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 6_000_000
    origin = PiiTagger.load(folder).origin
    assert {"encoder", "commit", "versions"} <= origin.keys()
    recipe = read_recipe(read_yaml(RECIPE))
    assert isinstance(recipe, PiiRecipe)
    assert (origin["recipe"], origin["data"]) == (recipe.hash, data_hash(recipe)), "run: kitwright privacy train"
