"""What holds for every shape: its label is known, it is bounded, its cues lose nothing, and it has a case."""

import re
from pathlib import Path
from typing import get_args

from kitwright.privacy import PrivacyPolicy
from kitwright.privacy.engine import Clues, Patterns
from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns import HARMLESS, SHAPES
from kitwright.privacy.policy import Label
from unit.privacy.patterns.marked import bare

_CASES = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
_OF_A_TAGGER = {"CITY", "REGION", "LOCATION", "FINANCE", "NRP", "ORGANIZATION"}


def test_every_label_has_a_shape_or_waits_for_a_tagger() -> None:
    labels = {shape.label for shape in SHAPES}
    assert labels == set(get_args(Label)) - _OF_A_TAGGER
    policy = PrivacyPolicy()
    assert policy.wanted == set(get_args(Label))


def test_every_label_has_a_case() -> None:
    marked = set(re.findall(r"\]\(([A-Z_]+)\)", _CASES))
    assert {shape.label for shape in SHAPES} - {"ORDER_NUMBER"} <= marked


def test_every_repetition_is_bounded() -> None:
    for shape in (*SHAPES, *HARMLESS):
        outside_classes = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", shape.regex)
        assert not re.search(r"[*+]|\{\d+,\}", outside_classes), shape.name


def test_cues_and_digits_only_save_time() -> None:
    texts = [bare(line.strip()) for line in _CASES.splitlines() if line.startswith("    ") and "](" in line]
    patterns, everything = Patterns(SHAPES), Clues(frozenset(c for s in SHAPES for c in s.cues), 1000)
    assert len(texts) > 200
    for text in texts:
        assert set(patterns.find(text, Clues.of(text))) == set(patterns.find(text, everything))


def test_shapes_with_a_strong_check_are_of_the_first_tier() -> None:
    for shape in SHAPES:
        if shape.check in {"card", "iban", "vin", "nir", "de_pension"}:
            assert shape.tier is Tier.CHECKSUM
