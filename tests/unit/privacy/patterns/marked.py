"""Cases as lines of text in which what must be found is marked: `my MRN is [0012](MEDICAL_RECORD_NUMBER)`."""

import re

from kitwright.privacy import PresidioScrubber

SCRUBBER = PresidioScrubber()
_MARK = re.compile(r"\[([^\]]+)\]\(([A-Z_]+)\)")


def lines(written: str) -> list[str]:
    """The lines of a table, without empty ones."""
    return [line.strip() for line in written.splitlines() if line.strip()]


def bare(line: str) -> str:
    """A line without its marks."""
    return _MARK.sub(r"\1", line)


def found(line: str, scrubber: PresidioScrubber = SCRUBBER) -> str:
    """The line with marks on what the scrubber finds in it."""
    text, at = bare(line), 0
    pieces: list[str] = []
    for span in scrubber.find(text):
        pieces += text[at : span.start], f"[{text[span.start : span.end]}]({span.label})"
        at = span.end
    return "".join((*pieces, text[at:]))
