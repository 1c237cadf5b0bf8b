"""Passages on their way into a turn: personal data in them are hidden, as in what tools return.

A kit's passages are written for everybody, so nearly none holds any; each is scanned once, and only one with findings
is scrubbed for each conversation, into that conversation's vault.
"""

from collections.abc import Callable
from dataclasses import replace

from kitwright.protocols import Scrubber
from kitwright.types import FoundPassage, Turn


def passage_scrubber(scrubber: Scrubber) -> Callable[[FoundPassage, Turn], FoundPassage]:
    """A function that hides personal data in a passage found in a turn.

    It raises ScrubFailed where that can not be done.
    """
    clean: dict[str, bool] = {}

    def cleaned(found: FoundPassage, turn: Turn) -> FoundPassage:
        passage = found.passage
        if passage.id not in clean:
            clean[passage.id] = not scrubber.find(f"{passage.title}\n{passage.text}")
        if clean[passage.id]:
            return found
        title, text, excerpt = (
            scrubber.scrub_foreign(part, turn.vault) for part in (passage.title, passage.text, found.excerpt)
        )
        return replace(found, passage=replace(passage, title=title, text=text), excerpt=excerpt)

    return cleaned
