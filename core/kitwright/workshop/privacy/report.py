"""What a bot does with personal data, for its owner: the policy in words, what was found where, and samples."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kitwright.bot import store_of
from kitwright.dataset import read_jsonl, read_samples
from kitwright.files import origin
from kitwright.kit import BotFile, Kit, load_bot_file, load_kit
from kitwright.pages import bar_chart, render_page
from kitwright.privacy import PLACEHOLDER, PresidioScrubber, PrivacyPolicy, taggers
from kitwright.protocols import Store

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATE: Final = Path(__file__).with_name("report.html.j2")
_LOOK_ALIKE: Final = "TEXT"  # the scrubber's label of what is a placeholder already
_SAMPLES: Final = 12
_AROUND: Final = 70  # characters

TREATMENTS: Final[Mapping[str, str]] = {
    "block": "refused: the message is not taken",
    "generalise": "made coarser: an age to a band, a date to its year, a place to its region",
    "replace": "replaced by a placeholder, before any model, log or store",
    "keep": "kept as it is",
}
"""What privacy.yaml can say about a kind of value, in words, the strictest first."""

_STORED: Final = {"user": "messages of people", "bot": "replies"}
_REST: Final = "slots, tools and the rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What was found in one place.

    Args:
        texts: how many were looked at.
        placeholders: label to how many stand in for a value.
        found: label to how many values today's recognisers would hide and are still there.
    """

    name: str
    texts: int
    placeholders: Mapping[str, int]
    found: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """The counts for `--json`."""
        return {"texts": self.texts, "placeholders": dict(self.placeholders), "found": dict(self.found)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyReport:
    """The report on a bot.

    Args:
        policy: treatment, as in privacy.yaml, to the labels it is for.
        patterns: kinds that the kit recognises by patterns of its own, and keeps by its own.
        retention_days: of conversations.
        conversations: how many are kept.
        oldest: when the one that is next to go last changed; ISO time, or None where there is none.
        places: what was found where.
        samples: scrubbed excerpts with a placeholder, by its label.
        origin: commit, versions, time.
    """

    bot: str
    title: str
    kit: str
    policy: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    minimum_score: float
    countries: tuple[str, ...]
    retention_days: int
    conversations: int
    oldest: str | None
    places: tuple[Where, ...]
    samples: tuple[tuple[str, str], ...]
    origin: Mapping[str, object]

    @property
    def hidden(self) -> dict[str, int]:
        """Label to how many placeholders stand in the store, the most frequent first."""
        stored = {*_STORED.values(), _REST}
        total: Counter[str] = Counter()
        for place in self.places:
            total.update(place.placeholders if place.name in stored else {})
        return dict(total.most_common())

    def as_dict(self) -> dict[str, object]:
        """The report for `--json`."""
        return {
            "bot": self.bot,
            "kit": self.kit,
            "policy": {treatment: list(labels) for treatment, labels in self.policy.items()},
            "patterns": {name: list(labels) for name, labels in self.patterns.items()},
            "minimum_score": self.minimum_score,
            "countries": list(self.countries),
            "retention_days": self.retention_days,
            "conversations": self.conversations,
            "oldest": self.oldest,
            "places": {place.name: place.as_dict() for place in self.places},
            "samples": [{"label": label, "text": text} for label, text in self.samples],
            "origin": dict(self.origin),
        }


def privacy_report(
    bot: str, *, kit_paths: Sequence[Path] = (), done: Callable[[], None] = lambda: None
) -> PrivacyReport:
    """Look over what a bot keeps and what its kit brings.

    Args:
        bot: its name.
        kit_paths: further folders to look for kits in.
        done: called after each place.

    Raises:
        UsageError: there is no such bot.
        StoreFailed: its store can not be read.
    """
    file = load_bot_file(bot, kit_paths=kit_paths)
    kit = load_kit(file.kit, kit_paths=kit_paths)
    scrubber = PresidioScrubber(kit.privacy, recognisers=taggers())
    with closing(store_of(file)) as store:
        stored, ends = _stored(store, file.name)
    texts = {**stored, **_of_kit(kit)}
    places = []
    for name, said in texts.items():
        places.append(_looked(name, said, scrubber))
        done()
    oldest = min(ends).astimezone(UTC).isoformat(timespec="seconds") if ends else None
    return PrivacyReport(
        bot=file.name,
        title=_title(file, kit),
        kit=kit.name,
        policy=_policy(kit.privacy),
        patterns={"replaced": tuple(kit.privacy.replace_patterns), "kept": tuple(kit.privacy.keep_patterns)},
        minimum_score=kit.privacy.minimum_score,
        countries=kit.privacy.countries,
        retention_days=kit.privacy.retention_days,
        conversations=len(ends),
        oldest=oldest,
        places=tuple(places),
        samples=tuple(_samples([text for name in _STORED.values() for text in stored[name]], scrubber)),
        origin=origin(),
    )


PLACES: Final = 6
"""Places that `privacy_report` looks at."""


def report_page(report: PrivacyReport) -> str:
    """The report as one page."""
    counts = {words(label): count for label, count in report.hidden.items()}
    chart = bar_chart("Values hidden in conversations", counts, unit="placeholders") if counts else None
    return render_page(
        f"{report.title}: personal data",
        TEMPLATE,
        report=report,
        chart=chart,
        treatments=TREATMENTS,
        words=words,
        marked=_marked,
    )


def words(label: str) -> str:
    """A label as words.

    Example:
        >>> words("EMAIL_ADDRESS")
        'email address'
    """
    known = {
        "UK": "UK",
        "US": "US",
        "CA": "Canadian",
        "AU": "Australian",
        "IE": "Irish",
        "DE": "German",
        "FR": "French",
        "IN": "Indian",
    }
    first, _, rest = label.partition("_")
    acronyms = set("ABA IBAN ID IP ITIN MAC MBI NHS NINO NIR NPI NRP PAN PIN PLZ PPS SIN SSN TFN URL VIN ZIP".split())
    parts = [known[first], *rest.split("_")] if first in known else label.split("_")
    return " ".join(part if part in acronyms or part in known.values() else part.lower() for part in parts)


def _marked(text: str) -> "Markup":
    """A text with its placeholders marked, for the page."""
    from markupsafe import Markup, escape

    pieces, at = [Markup()], 0
    for match in PLACEHOLDER.finditer(text):
        pieces += escape(text[at : match.start()]), Markup("<mark>{}</mark>").format(match[0])
        at = match.end()
    return Markup().join([*pieces, escape(text[at:])])


def _title(file: BotFile, kit: Kit) -> str:
    return file.title or kit.manifest.title


def _policy(policy: PrivacyPolicy) -> dict[str, tuple[str, ...]]:
    """Each treatment that privacy.yaml has with what it is for; the strictest counts where a label has several."""
    given = policy.model_dump()
    given |= given["entities"]
    treated: set[str] = set()
    result: dict[str, tuple[str, ...]] = {}
    for treatment in TREATMENTS:
        labels = [label for label in given.get(treatment) or () if label not in treated]
        treated.update(labels)
        if labels:
            result[treatment] = tuple(sorted(labels))
    return result


def _stored(store: Store, bot: str) -> tuple[dict[str, list[str]], list[datetime]]:
    """The texts of all conversations by what they are, and when each conversation last changed."""
    texts: dict[str, list[str]] = {name: [] for name in (*_STORED.values(), _REST)}
    ends: list[datetime] = []
    for conversation_id in store.conversations(bot):
        events = store.events(bot, conversation_id)
        ends += [event.at for event in events[-1:]]
        for event in events:
            said = event.data.get("text") if event.kind in _STORED else dict(event.data)
            texts[_STORED.get(event.kind, _REST)] += _texts(said)
    return texts, ends


def _of_kit(kit: Kit) -> dict[str, list[str]]:
    samples = read_samples([kit.training_data]).samples if kit.training_data else []
    return {
        "training data": [text for sample in samples for text in (*(m.content for m in sample.messages), sample.facts)],
        "passages": [f"{passage.title}\n{passage.text}" for passage in kit.passages],
        "evals": [text for each in kit.evals for record in read_jsonl(each.path) for text in _texts(record.data)],
    }


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for item in value.values():
                yield from _texts(item)
        case list() | tuple():
            for item in value:
                yield from _texts(item)


def _looked(name: str, texts: Sequence[str], scrubber: PresidioScrubber) -> Where:
    placeholders: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for text, times in Counter(text for text in texts if text).items():
        for label in map(_label, PLACEHOLDER.findall(text)):
            placeholders[label] += times
        for span in scrubber.find(text):
            found[span.label] += times
    del found[_LOOK_ALIKE]
    return Where(
        name=name,
        texts=len(texts),
        placeholders=dict(placeholders.most_common()),
        found=dict(found.most_common()),
    )


def _samples(texts: Iterable[str], scrubber: PresidioScrubber) -> Iterator[tuple[str, str]]:
    """Excerpts around placeholders, a few of each label; scrubbed again, should the recognisers know more today."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for text in dict.fromkeys(texts):
        for match in PLACEHOLDER.finditer(text):
            if len(by_label[_label(match[0])]) < _SAMPLES:
                by_label[_label(match[0])].append(_excerpt(text, match.start(), match.end(), scrubber))
    turns = max(map(len, by_label.values()), default=0)
    taken = [(label, said[turn]) for turn in range(turns) for label, said in by_label.items() if turn < len(said)]
    yield from sorted(list(dict.fromkeys(taken))[:_SAMPLES])


def _excerpt(text: str, start: int, end: int, scrubber: PresidioScrubber) -> str:
    """The words around a placeholder; the whole text is scrubbed before it is cut, as a cut hides what a word is."""
    clean = text
    for span in reversed(scrubber.find(text)):
        if span.label != _LOOK_ALIKE:
            clean = f"{clean[: span.start]}<{span.label}>{clean[span.end :]}"
    at = clean.find(text[start:end])
    low, high = max(0, at - _AROUND), at + end - start + _AROUND
    return f"{'… ' if low else ''}{clean[low:high].strip()}{' …' if high < len(clean) else ''}"


def _label(token: str) -> str:
    return token.strip("<>").rpartition("_")[0]
