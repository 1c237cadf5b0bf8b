"""The leak test: conversations full of canaries through every door, with troubles, then a search for each value."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, Literal, get_args

from kitwright.files import cache_root, data_root
from kitwright.kit import Kit, load_bot_file, load_kit
from kitwright.privacy import PresidioScrubber, taggers
from kitwright.workshop.privacy import rights
from kitwright.workshop.privacy.leaks.canary import Canary
from kitwright.workshop.privacy.leaks.conversation import Conversation, Writer
from kitwright.workshop.privacy.leaks.endpoint import RecordingEndpoint
from kitwright.workshop.privacy.leaks.ground import Ground, prepare, text_of
from kitwright.workshop.privacy.leaks.library import run_library
from kitwright.workshop.privacy.leaks.outcome import Outcome
from kitwright.workshop.privacy.leaks.processes import ask_metrics, run_script, run_server, talk
from kitwright.workshop.privacy.leaks.result import AuditResult, Leak, Place
from kitwright.workshop.privacy.leaks.search import Hit, Needles, files_in, forms
from kitwright.workshop.privacy.leaks.visitors import run_clients, run_pages
from kitwright.workshop.privacy.report import privacy_report, report_page

Door = Literal["library", "stream", "script", "http", "page", "client"]
DOORS: Final[tuple[Door, ...]] = get_args(Door)
_EXPORTED: Final = 5  # conversations of each door


def audit_bot(
    bot: str,
    *,
    conversations: int,
    doors: Sequence[Door] = (),
    seed: int = 0,
    own_model: bool = False,
    kit_paths: Sequence[Path] = (),
    told: Callable[[str], None] = lambda _line: None,
) -> AuditResult:
    """Send canaries through the doors of a bot, on a ground of its own, and search everything that it could write.

    Args:
        bot: its name.
        conversations: how many, shared out among the doors.
        doors: ways in; all where left out.
        seed: another one gives other conversations.
        own_model: keep the bot's model; else an endpoint that records what it is sent takes its place.
        kit_paths: further folders to look for kits in.
        told: gets a line before each stage.

    Raises:
        UsageError: there is no such bot.
    """
    started, doors = time.time(), doors or DOORS
    kit = load_kit(load_bot_file(bot, kit_paths=kit_paths).kit, kit_paths=kit_paths)
    writer = _writer(kit, seed)
    shares = {door: conversations // len(doors) + (n < conversations % len(doors)) for n, door in enumerate(doors)}
    told(f"writing {conversations} conversations")
    going = {door: list(writer.conversations(door, share)) for door, share in shares.items()}
    needles = Needles(canary for each in going.values() for conversation in each for canary in conversation.canaries)
    with tempfile.TemporaryDirectory(prefix="kitwright-audit-") as folder:
        record = Path(folder) / "endpoint.log"
        endpoint = RecordingEndpoint(record)
        with endpoint.serving():
            ground = prepare(Path(folder), bot, None if own_model else endpoint.url, kit_paths=kit_paths)
            outcomes = []
            for door, held in going.items():
                told(f"{door}: {len(held)} conversations")
                outcomes.append(Outcome(door, needles, conversations=len(held)))
                _RUN[door](ground, held, outcomes[-1])
        all_held = [conversation for held in going.values() for conversation in held]
        _export(ground, all_held)
        told("searching")
        places = [*_places(ground, record), Place.of("cache", files_in(cache_root(), since=started))]
        return AuditResult(
            bot=bot,
            outcomes=tuple(outcomes),
            places=tuple(places),
            leaks=tuple(_leaks(places, needles, outcomes, all_held)),
            deleted_but_there=_deleted_but_there(ground, all_held),
            kept=_kept(ground, all_held),
            planted=_planted(Path(folder), all_held),
            requests=None if own_model else endpoint.requests,
            troubles=Counter({f"endpoint: {name}": count for name, count in endpoint.troubles.items()}),
            wordings=writer.written,
            left_out=writer.left_out,
        )


_RUN: Final[dict[Door, Callable[[Ground, Sequence[Conversation], Outcome], None]]] = {
    "library": partial(run_library, streamed=False),
    "stream": partial(run_library, streamed=True),
    "script": run_script,
    "http": run_server,
    "page": run_pages,
    "client": run_clients,
}


def audit_server(
    bot: str, url: str, *, conversations: int, seed: int = 0, kit_paths: Sequence[Path] = ()
) -> AuditResult:
    """Send canaries to a server that is running, and search what it says and what lies on this machine.

    Nothing is injected and nothing is deleted, and what its model is sent is not seen.
    """
    started = time.time()
    kit = load_kit(load_bot_file(bot, kit_paths=kit_paths).kit, kit_paths=kit_paths)
    writer = _writer(kit, seed)
    held = list(writer.conversations("http", conversations))
    needles = Needles(canary for conversation in held for canary in conversation.canaries)
    outcome = Outcome("http", needles, conversations=len(held))
    with tempfile.TemporaryDirectory(prefix="kitwright-audit-") as folder:
        ground = prepare(Path(folder), bot, url, kit_paths=kit_paths)
        for conversation in held:
            talk(ground, url.rstrip("/"), conversation, conversation.messages, outcome)
        ask_metrics(ground, url.rstrip("/"))
        places = [
            *(
                place
                for place in _places(ground, Path(folder) / "none")
                if place.name not in ("database", "model endpoint")
            ),
            Place.of("data folder", files_in(data_root(), since=started)),
            Place.of("cache", files_in(cache_root(), since=started)),
        ]
        return AuditResult(
            bot=bot,
            outcomes=(outcome,),
            places=tuple(places),
            leaks=tuple(_leaks(places, needles, [outcome], held)),
            planted=_planted(Path(folder), held),
            wordings=writer.written,
            left_out=writer.left_out,
        )


def _writer(kit: Kit, seed: int) -> Writer:
    scrubber = PresidioScrubber(kit.privacy, recognisers=taggers())

    def hides(text: str, canaries: Sequence[Canary]) -> bool:
        shown: list[str] = []
        at = 0
        for span in scrubber.find(text):
            shown, at = [*shown, text[at : span.start]], span.end
        left = "\n".join([*shown, text[at:]]).casefold()
        return not any(part.casefold() in left for canary in canaries for part in canary.parts)

    return Writer([example.text for example in kit.nlu.examples], hides, seed=seed)


def _export(ground: Ground, conversations: Sequence[Conversation]) -> None:
    """Write what leaves the house: conversations for their people, and the report for the owner."""
    for door in {each.door: None for each in conversations}:
        of_door = [each for each in conversations if each.door == door and not each.deleted]
        for conversation in of_door[:_EXPORTED]:
            with closing(ground.store()) as store:
                name = ground.stored(store, conversation)
            if name is None:  # none of its turns was kept
                continue
            record = rights.export(ground.bot, name, kit_paths=ground.paths)
            path = ground.place("exports") / f"{conversation.id}.json"
            path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    page = report_page(privacy_report(ground.bot, kit_paths=ground.paths))
    (ground.place("exports") / "report.html").write_text(page, encoding="utf-8")


def _places(ground: Ground, record: Path) -> Iterator[Place]:
    def files(*paths: Path) -> tuple[Path, ...]:
        folders = [path for path in paths if path.is_dir()]
        return (*(path for path in paths if path.is_file()), *(f for folder in folders for f in files_in(folder)))

    yield Place.of("database", files(ground.root / "data"))
    yield Place.of("model endpoint", files(record))
    yield Place.of("logs", files(ground.place("logs")))
    yield Place.of("traces", files(ground.place("traces.jsonl")))
    yield Place.of("metrics", files(ground.place("metrics.txt")))
    yield Place.of("exports", files(ground.place("exports")))
    yield Place.of("refusals", files(ground.place("refusals")))
    yield Place.of("console", files(ground.place("console")))
    yield Place.of("temporary files", files(ground.root / "tmp", ground.root / "work"))


def _leaks(
    places: Iterable[Place], needles: Needles, outcomes: Sequence[Outcome], conversations: Sequence[Conversation]
) -> Iterator[Leak]:
    doors = {conversation.id: conversation.door for conversation in conversations}

    def told(place: str, file: str, hits: Iterable[Hit]) -> Iterator[Leak]:
        counted = Counter((doors[hit.canary.conversation], hit.canary.label, hit.form) for hit in hits)
        for (door, label, form), count in sorted(counted.items()):
            yield Leak(door=door, place=place, file=file, label=label, form=form, count=count)

    for place in places:
        for file in place.files:
            yield from told(place.name, file.name, needles.in_file(file))
    for outcome in outcomes:
        yield from told("replies to others", outcome.door, outcome.misdirected)


def _deleted_but_there(ground: Ground, conversations: Iterable[Conversation]) -> int:
    """How many deleted conversations left their id or their mark in the files of the database."""
    traces = [
        Canary("DELETED", conversation.id, (conversation.id, conversation.mark), conversation.id)
        for conversation in conversations
        if conversation.deleted
    ]
    needles = Needles(traces)
    hits = {hit.canary for file in files_in(ground.root / "data") for hit in needles.in_file(file)}
    return len(hits)


def _kept(ground: Ground, conversations: Sequence[Conversation]) -> float:
    """The share of the conversations that stayed whose mark stands in the store: proof that messages arrived."""
    stayed = [conversation for conversation in conversations if not conversation.deleted]
    with closing(ground.store()) as store:
        names = [(each, ground.stored(store, each)) for each in stayed]
        there = sum(name is not None and each.mark in text_of(store, ground.bot, name) for each, name in names)
    return there / len(stayed) if stayed else 1.0


def _planted(folder: Path, conversations: Sequence[Conversation]) -> tuple[int, int]:
    """How many of the values that are planted here, in every form, the search finds; and how many there are."""
    canary = next(canary for conversation in conversations for canary in conversation.canaries)
    written = [each for part in canary.parts for each in forms(part)]
    path = folder / "planted"
    found = 0
    for each in written:
        path.write_bytes(b"\x00before" + each + b"after\xff")
        found += bool(Needles([canary]).in_file(path))
    path.unlink()
    return found, len(written)
