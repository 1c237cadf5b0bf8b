"""The two steps of this room: `scrub`, before any model sees the message, and `restore`, after the checks."""

from collections import Counter
from dataclasses import replace

from kitwright.errors import ScrubFailed
from kitwright.protocols import Scrubber
from kitwright.types import ScrubbedText, Step, Turn


def scrub_step(scrubber: Scrubber) -> Step:
    """Replace personal data of the message by placeholders; the trace gets counts by label, never values.

    Raises:
        ScrubFailed: when run, if the message could not be scrubbed; the turn stops, unless it has a verdict
            already: then the message is dropped, and what the screen has to say is said.
    """

    def run(turn: Turn) -> Turn:
        if turn.normal is None:
            raise RuntimeError("scrub runs after the step that writes `normal`")
        try:
            scrubbed = scrubber.scrub(turn.normal, turn.vault)
        except ScrubFailed:
            if turn.verdict is None:
                raise
            return replace(turn, text=ScrubbedText(""), spans=()).note("scrub", "dropped", "it could not be scrubbed")
        counts = Counter(span.label for span in scrubbed.spans)
        why = ", ".join(f"{label} {count}" for label, count in sorted(counts.items()))
        written = replace(turn, text=scrubbed.text, spans=scrubbed.spans)
        return written.note("scrub", f"{len(scrubbed.spans)} hidden", why or "no personal data found")

    return Step(name="scrub", reads=frozenset({"normal", "verdict"}), writes=frozenset({"text", "spans"}), run=run)


def restore_step() -> Step:
    """Put the owner's values back into the checked reply."""

    def run(turn: Turn) -> Turn:
        if turn.checked is None:
            raise RuntimeError("restore runs after the step that writes `checked`")
        restored = turn.vault.restore(turn.checked)
        decision = "unchanged" if restored == turn.checked else "restored"
        return replace(turn, restored=restored).note("restore", decision)

    return Step(name="restore", reads=frozenset({"checked"}), writes=frozenset({"restored"}), run=run)
