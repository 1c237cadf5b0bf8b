"""The scrubber: finds personal data with Presidio and this room's patterns, and hides them in a vault.

Fails closed: whatever goes wrong, the caller gets `ScrubFailed`, without a word of the text in it.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from kitwright.errors import Fault, ScrubFailed
from kitwright.privacy.engine import Engine
from kitwright.privacy.explaining import Explained, explain
from kitwright.privacy.finding import Finding, Tier
from kitwright.privacy.generalise import generalised
from kitwright.privacy.keeping import Keeper
from kitwright.privacy.known import with_known
from kitwright.privacy.look_alike import look_alikes
from kitwright.privacy.overlaps import Outcome, settle
from kitwright.privacy.plain import Plain, plain
from kitwright.privacy.policy import PrivacyPolicy
from kitwright.protocols import Scrubbed
from kitwright.types import RawText, ScrubbedText, Span, Vault

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

LOOK_ALIKE: Final = "TEXT"
"""The label of text that looks like a placeholder; hidden so that it can not be taken for one."""

_WINDOW: Final = 2_000  # characters; a recogniser may take time that grows with the square
_OVERLAP: Final = 300  # characters; longer than any e-mail address (254)
_SECONDS_AT_LEAST: Final = 10.0  # for all recognisers on a text of any length
_SECONDS_A_CHARACTER: Final = 4e-4  # the tagger takes half of that on one busy core

_Result = TypeVar("_Result")


class PresidioScrubber:
    """A `Scrubber` over Presidio; loads on first use, safe to share between threads.

    Args:
        policy: what to replace and keep; the defaults are strict.
        recognisers: further Presidio recognisers, such as a trained tagger; their labels are replaced
            unless the policy keeps them.

    Example:
        >>> from kitwright.privacy.vault import MemoryVault
        >>> PresidioScrubber().scrub(RawText("I am on jo@example.com"), MemoryVault()).text
        'I am on <EMAIL_ADDRESS_1>'
    """

    def __init__(self, policy: PrivacyPolicy | None = None, *, recognisers: Sequence["EntityRecognizer"] = ()) -> None:
        self.policy = policy or PrivacyPolicy()
        self._more = tuple(recognisers)
        self._lock = threading.Lock()
        self._engine: tuple[Engine, Keeper] | None = None
        self._ranks: dict[str, int] = {label: rank for rank, label in enumerate(self.policy.entities.replace)}

    def scrub(self, raw: RawText, vault: Vault) -> Scrubbed:
        """What a person typed, with their values hidden in their vault.

        Raises:
            ScrubFailed: anything went wrong; nothing of the text may be used.
        """
        return _closed(lambda: self._scrub(raw.reveal(), vault, owned=True))

    def scrub_foreign(self, text: str, vault: Vault, *, placeholders: bool = False) -> ScrubbedText:
        """Text that the person did not write: the owner's values get their placeholder, others are hidden for good.

        Args:
            text: what a tool, a passage or a model says.
            vault: of the conversation.
            placeholders: whether the text may hold placeholders of the vault, which then stay; elsewhere, what looks
                like one is hidden, since a person may have made the tool say it.

        Raises:
            ScrubFailed: anything went wrong; nothing of the text may be used.
        """
        return _closed(lambda: self._scrub(text, vault, owned=False, placeholders=placeholders)).text

    def find(self, text: str) -> tuple[Span, ...]:
        """What would be hidden or made coarser, with Presidio's label names, in order and without overlaps.

        Raises:
            ScrubFailed: anything went wrong.
        """
        return _closed(lambda: tuple(span for span in self._find(text) if self._changes(span, text)))

    def warm(self) -> None:
        """Load what is lazy.

        Raises:
            ScrubFailed: it could not be loaded.
        """
        _closed(lambda: self._find("warm"))

    def _scrub(self, text: str, vault: Vault, *, owned: bool, placeholders: bool = False) -> Scrubbed:
        pieces: list[str] = []
        spans: list[Span] = []
        at = 0
        for span in with_known(text, self._find(text), vault.values()):
            value = text[span.start : span.end]
            if placeholders and span.label == LOOK_ALIKE and vault.gave(value):
                continue
            coarser = self._coarser(span.label, value)
            if coarser == value:
                continue
            spans.append(span)
            pieces += text[at : span.start], coarser or self._hidden(span.label, value, vault, owned=owned)
            at = span.end
        return Scrubbed(ScrubbedText("".join((*pieces, text[at:]))), tuple(spans))

    def _changes(self, span: Span, text: str) -> bool:
        value = text[span.start : span.end]
        return self._coarser(span.label, value) != value

    def _hidden(self, label: str, value: str, vault: Vault, *, owned: bool) -> str:
        """The placeholder; of what is blocked nothing else is kept."""
        return vault.refuse(label) if label in self.policy.block else vault.hide(label, value, owned=owned)

    def _coarser(self, label: str, value: str) -> str | None:
        how = self.policy.generalise.get(label)
        return generalised(label, how, value, today=datetime.now(UTC).date()) if how else None

    def _treated(self, finding: Finding, text: str) -> tuple[str, str]:
        """What becomes of a finding that holds, and why."""
        if finding.label in self.policy.kept:
            return "stays", "the policy keeps this label"
        if finding.label in self.policy.block:
            return "blocked", "the policy says so; the value is kept nowhere"
        value = text[finding.start : finding.end]
        coarser = self._coarser(finding.label, value)
        if coarser is None:
            return "replaced", "nothing surer overlaps it"
        return ("stays", "it is coarse already") if coarser == value else ("made coarser", f"to: {coarser}")

    def explain(self, text: str) -> tuple[Explained, ...]:
        """Every finding and everything kept, and why each holds or not. What it returns holds the values themselves.

        Raises:
            ScrubFailed: anything went wrong.
        """
        return _closed(lambda: explain(text, *self._settled(text, everything=True), treated=self._treated))

    def _find(self, text: str) -> tuple[Span, ...]:
        outcomes, _ = self._settled(text)
        spans = (Span(*piece, o.finding.label, o.finding.score) for o in outcomes for piece in o.pieces)
        hidden = (span for span in spans if span.label not in self.policy.kept)
        return tuple(sorted(hidden, key=lambda span: span.start))

    def _settled(self, text: str, *, everything: bool = False) -> tuple[list[Outcome], list[Finding]]:
        """What becomes of every finding, and what stays; all on the text as it was typed.

        Args:
            text: what to look through.
            everything: look also for harmless text that no finding lies in.
        """
        engine, keeper = self._loaded()
        readable = plain(text)
        forged = [Finding(*p, LOOK_ALIKE, 1.0, Tier.CERTAIN, "placeholder") for p in look_alikes(text, readable)]
        latest = time.monotonic() + _SECONDS_AT_LEAST + len(text) * _SECONDS_A_CHARACTER
        found = [_typed(finding, readable) for finding in _analyse(engine.find, readable.text, latest)]
        kept = [_typed(finding, readable) for finding in keeper.allowed(readable.text)]
        if everything or any(finding.tier > Tier.KEPT for finding in found):
            kept += [_typed(finding, readable) for finding in _analyse(keeper.harmless, readable.text, latest)]
        return settle(text, (*forged, *found), kept, rank=self._rank), kept

    def _rank(self, label: str) -> int:
        return self._ranks.get(label, len(self._ranks))

    def _loaded(self) -> tuple[Engine, Keeper]:
        with self._lock:
            if self._engine is None:
                engine = Engine(self.policy, self._more)
                self._engine = engine, Keeper(self.policy, engine)
            return self._engine


def _analyse(find: Callable[[str], Iterable[Finding]], text: str, latest: float) -> set[Finding]:
    found = set()
    for start, end in _windows(text):
        if time.monotonic() > latest:
            raise TimeoutError("the text took too long")
        found |= {replace(each, start=start + each.start, end=start + each.end) for each in find(text[start:end])}
    return found


def _typed(finding: Finding, readable: Plain) -> Finding:
    if readable.places is None:
        return finding
    start, end = readable.original(finding.start, finding.end)
    return replace(finding, start=start, end=end)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Overlapping stretches that begin and end at white space where there is some near."""
    start = 0
    while len(text) - start > _WINDOW:
        end = _at_space(text, start + _WINDOW)
        yield start, end
        start = _at_space(text, end - _OVERLAP)
    yield start, len(text)


def _at_space(text: str, place: int) -> int:
    nearest = max(text.rfind(space, place - _OVERLAP, place) for space in " \n\t")
    return place if nearest == -1 else nearest


def _closed(work: Callable[[], _Result]) -> _Result:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - fail closed: text that could not be scrubbed must not go on
        kind = type(error).__name__
    # Raised outside the handler: a chained error could carry the text.
    raise ScrubFailed(
        Fault(
            code="KW202",
            place="scrub",
            problem=f"personal data could not be removed ({kind}), so the text was not used",
            hint="try again; if it stays, run `kitwright doctor`",
        )
    )
