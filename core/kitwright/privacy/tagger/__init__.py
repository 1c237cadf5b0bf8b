"""The learned tagger of personal data: its examples, its training, and what it finds."""

from kitwright.privacy.tagger.marked import KEEP, LABELS, Marked, Stretch, parse_marked, read_marked
from kitwright.privacy.tagger.model import PiiTagger
from kitwright.privacy.tagger.recogniser import tagger_recogniser, taggers

__all__ = [
    "KEEP",
    "LABELS",
    "Marked",
    "PiiTagger",
    "Stretch",
    "parse_marked",
    "read_marked",
    "tagger_recogniser",
    "taggers",
]
