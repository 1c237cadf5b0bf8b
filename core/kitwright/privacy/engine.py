"""Runs every recogniser over a text: the shapes of this room, and Presidio recognisers that are plugged in.

Presidio's analyzer itself is not used: it costs more than all recognisers together, and what it adds needs the
lemmas of a language model. A shape is searched only in texts that hold one of its cues and enough digits.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kitwright.privacy.finding import Finding, Tier
from kitwright.privacy.patterns import HARMLESS, SHAPES, Shape
from kitwright.privacy.patterns.checks import holds, load
from kitwright.privacy.policy import PrivacyPolicy

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

_WORDS: Final = re.compile(r"[^\W\d_]+")
_OF_KIT: Final = "of the kit"
_OURS: Final = "Kitwright"
_VARIABLE: Final = frozenset({"card", "iban"})
"""Checks of values whose end is not told by their shape: they are tried shorter, and from every start."""
_SECONDS: Final = 5.0  # for one pattern on one stretch of text


@dataclass(frozen=True, slots=True)
class Clues:
    """What a text holds, to skip the shapes that can not match: its words and signs, and its number of digits."""

    words: frozenset[str]
    digits: int

    @classmethod
    def of(cls, text: str) -> "Clues":
        """The clues of a text."""
        small = text.lower()
        words = {*_WORDS.findall(small), *small}
        return cls(frozenset(words), sum(map(str.isdigit, text)))


class Patterns:
    """Shapes, compiled.

    Args:
        shapes: what to look for.
    """

    def __init__(self, shapes: Iterable[Shape]) -> None:
        import regex

        self._shapes = [(shape, regex.compile(shape.regex, regex.IGNORECASE)) for shape in shapes]
        for check in {shape.check for shape, _ in self._shapes if shape.check is not None}:
            load(check)

    def find(self, text: str, clues: Clues) -> Iterator[Finding]:
        """Every match that holds its check."""
        for shape, pattern in self._shapes:
            if shape.digits > clues.digits or (shape.cues and shape.cues.isdisjoint(clues.words)):
                continue
            for match in pattern.finditer(text, overlapped=shape.check in _VARIABLE, timeout=_SECONDS):
                start, end = match.span()
                if shape.check is not None:
                    end = _checked(shape, text, start, end)
                if end > start:
                    yield Finding(start, end, shape.label, shape.score, shape.tier, _OURS, shape.name)


class Engine:
    """All recognisers that a policy asks for.

    Args:
        policy: decides which labels and countries are looked for.
        more: further Presidio recognisers, such as a trained tagger. One may say its own `tier`; else it is a model.
    """

    def __init__(self, policy: PrivacyPolicy, more: Sequence["EntityRecognizer"] = ()) -> None:
        # Presidio writes values that fail its checks into its log.
        logging.getLogger("presidio-analyzer").addFilter(_nothing)
        wanted = policy.wanted
        shapes = [s for s in SHAPES if s.label in wanted and (s.country is None or s.country in policy.countries)]
        self._patterns = Patterns([*_of_kit(policy), *shapes])
        self._harmless = Patterns(shape for shape in HARMLESS if shape.name not in policy.keep_patterns)
        self._more = tuple(more)
        self._minimum = policy.minimum_score

    def find(self, text: str) -> list[Finding]:
        """What recognisers take for personal data, in no order, overlapping."""
        found = [*self._patterns.find(text, Clues.of(text)), *self._plugged_in(text)]
        return [finding for finding in found if finding.score >= self._minimum]

    def harmless(self, text: str) -> Iterator[Finding]:
        """What has the shape of a price, a dose, a reading and the like."""
        return self._harmless.find(text, Clues.of(text))

    def _plugged_in(self, text: str) -> Iterator[Finding]:
        for recogniser in self._more:
            tier = Tier(getattr(recogniser, "tier", Tier.MODEL))
            results: Iterable[Any] = recogniser.analyze(text, recogniser.supported_entities, None) or ()
            for each in results:
                yield Finding(each.start, each.end, each.entity_type, each.score, tier, recogniser.name)


def _of_kit(policy: PrivacyPolicy) -> Iterator[Shape]:
    for label, regex in policy.replace_patterns.items():
        yield Shape(label=label, name=_OF_KIT, regex=regex, score=1.0, tier=Tier.LABELLED)


def _checked(shape: Shape, text: str, start: int, end: int) -> int:
    """The end of the longest value from `start` whose check holds; `start` where there is none."""
    if shape.check is None or holds(shape.check, text[start:end]):
        return end
    if shape.check in _VARIABLE:
        for shorter in range(end - 1, start + 12, -1):
            if text[shorter - 1].isalnum() and not text[shorter].isalnum() and holds(shape.check, text[start:shorter]):
                return shorter
    return start


def _nothing(record: logging.LogRecord) -> bool:
    """Nothing is logged; a pattern out of time, which Presidio would only log and leave out, stops the text.

    Raises:
        TimeoutError: a pattern took too long.
    """
    if record.levelno >= logging.WARNING and "timed out" in str(record.msg):
        raise TimeoutError("a pattern took too long")
    return False
