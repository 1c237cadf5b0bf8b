"""A stretch of text in which personal data were found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data at `start:end` (characters) of the text that was scanned.

    Args:
        label: Presidio's entity name, e.g. `EMAIL_ADDRESS`.
        score: confidence from 0 to 1.
    """

    start: int
    end: int
    label: str
    score: float
