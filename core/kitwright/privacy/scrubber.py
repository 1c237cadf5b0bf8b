"""The scrubber: finds personal data with Presidio and this room's patterns, and hides them in a vault.

Fails closed: whatever goes wrong, the caller gets `ScrubFailed`, without a word of the text in it.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kitwright.errors import Fault, ScrubFailed
from kitwright.privacy.engine import LANGUAGE, build_engine
from kitwright.privacy.generalise import generalised
from kitwright.privacy.known import with_known
from kitwright.privacy.look_alike import look_alikes
from kitwright.privacy.overlaps import settle
from kitwright.privacy.plain import plain
from kitwright.privacy.policy import PrivacyPolicy
from kitwright.protocols import Scrubbed
from kitwright.types import RawText, ScrubbedText, Span, Vault

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer

LOOK_ALIKE: Final = "TEXT"
"""The label of text that looks like a placeholder; hidden so that it can not be taken for one."""

_NEVER_KEPT: Final = frozenset({LOOK_ALIKE, "SECRET"})
_WINDOW: Final = 2_000  # characters; some of Presidio's patterns take time that grows with the square
_OVERLAP: Final = 300  # characters; longer than any e-mail address (254)
_SECONDS: Final = 5.0  # for one keep pattern
_SECONDS_AT_LEAST: Final = 10.0  # for all recognisers on a text of any length
_SECONDS_A_CHARACTER: Final = 1e-4

_Result = TypeVar("_Result")


class PresidioScrubber:
    """A `Scrubber` over Presidio; loads on first use, safe to share between threads.

    Args:
        policy: what to replace and keep; the defaults suit a shop.
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
        self._engine: AnalyzerEngine | None = None
        self._keep: tuple[Any, ...] = ()
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

    def _find(self, text: str) -> tuple[Span, ...]:
        engine = self._loaded()
        readable = plain(text)
        kept = [match.span() for pattern in self._keep for match in pattern.finditer(readable.text, timeout=_SECONDS)]
        found = _unless_kept(_analyse(engine, readable.text, self.policy.minimum_score), kept)
        placed = (Span(*readable.original(s.start, s.end), s.label, s.score) for s in found)
        forged = (Span(*place, LOOK_ALIKE, 1.0) for place in look_alikes(text, readable))
        settled = settle(text, (*forged, *placed), rank=self._rank)
        return tuple(span for span in settled if span.label not in self.policy.kept)

    def _rank(self, span: Span) -> int:
        return -1 if span.label == LOOK_ALIKE else self._ranks.get(span.label, len(self._ranks))

    def _loaded(self) -> "AnalyzerEngine":
        with self._lock:
            if self._engine is None:
                import regex

                patterns = self.policy.keep_patterns.values()
                self._keep = tuple(regex.compile(pattern, regex.IGNORECASE) for pattern in patterns if pattern)
                self._engine = build_engine(self.policy, self._more)
            return self._engine


def _analyse(engine: "AnalyzerEngine", text: str, minimum_score: float) -> Iterator[Span]:
    latest = time.monotonic() + _SECONDS_AT_LEAST + len(text) * _SECONDS_A_CHARACTER
    for start, end in _windows(text):
        if time.monotonic() > latest:
            raise TimeoutError("the text took too long")
        results = engine.analyze(text[start:end], LANGUAGE, score_threshold=minimum_score)
        yield from (Span(start + r.start, start + r.end, r.entity_type, r.score) for r in results)


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


def _unless_kept(found: Iterable[Span], kept: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """A finding stays in the text if it lies inside what is kept; one that only touches it is hidden."""
    ordered = sorted(kept)
    furthest: list[int] = []
    for _, end in ordered:
        furthest.append(max(end, furthest[-1] if furthest else 0))
    starts = [start for start, _ in ordered]
    for span in found:
        before = bisect_right(starts, span.start)
        inside = before > 0 and furthest[before - 1] >= span.end
        if span.label in _NEVER_KEPT or not inside:
            yield span


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
