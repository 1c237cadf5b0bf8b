"""One conversation: read it as it goes on, take it over, answer, note something, hand it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from kitwright.bot import Bot, Mode, mode_of
from kitwright.serve.console.door import (
    Answering,
    ConsoleRoute,
    Posted,
    RefusedError,
    SignedIn,
    go,
    is_htmx,
)
from kitwright.serve.console.page import page
from kitwright.serve.console.parts import Console, console_of
from kitwright.serve.console.rights import has
from kitwright.serve.console.session import Session
from kitwright.serve.console.transcript import lines
from kitwright.serve.desk import unknown_conversation
from kitwright.store import Ratings
from kitwright.types import Event

router = APIRouter(prefix="/conversations/{bot}/{conversation_id}", route_class=ConsoleRoute)


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation with a bot."""

    bot: Bot
    id: str

    @property
    def path(self) -> str:
        """Its page."""
        return f"/conversations/{self.bot.name}/{self.id}"


def place_of(
    request: Request, bot: Annotated[str, Path(max_length=80)], conversation_id: Annotated[str, Path(max_length=80)]
) -> Place:
    """The conversation that an address names; whether it is there is seen later.

    Raises:
        UsageError: there is no such bot.
    """
    return Place(console_of(request).desk.bot(bot), conversation_id)


Placed = Annotated[Place, Depends(place_of)]


@router.get("")
async def conversation_page(request: Request, session: SignedIn, place: Placed, at: int = 0) -> Response:
    """The conversation; `at` is the number of an event to show."""
    console = console_of(request)
    shown = await console.desk.io(_shown, console, session, place, 0)
    await console.desk.io(console.note, shown["name"], "read", place.bot.name, place.id)
    return page(request, "conversation", session, at=at, **shown)


@router.get("/news")
async def conversation_news(
    request: Request,
    session: SignedIn,
    place: Placed,
    after: Annotated[int, Query(ge=0)] = 0,
    mode: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """What happened behind an event, for a page that shows the rest."""
    console = console_of(request)
    last = await console.desk.io(place.bot.store.last_event, place.bot.name, place.id)
    if not last:
        raise unknown_conversation()
    if last <= after:
        return Response(status_code=204)
    shown = await console.desk.io(_shown, console, session, place, after)
    return page(request, "news", session, is_changed=mode != shown["mode_print"], **shown)


@router.post("/take")
async def take_over(request: Request, session: Answering, place: Placed, _form: Posted) -> Response:
    """Answer from now on; the visitor is told, and no model runs."""
    await _do(request, session, place, "agent_joined", "took over")
    return go(request, place.path)


@router.post("/back")
async def hand_back(request: Request, session: Answering, place: Placed, _form: Posted) -> Response:
    """Let the bot answer again; the visitor is told."""
    await _do(request, session, place, "handed_back", "handed back")
    return go(request, place.path)


@router.post("/reply")
async def reply(request: Request, session: Answering, place: Placed, form: Posted) -> Response:
    """Say something to the visitor, who sees it at once."""
    console, text = console_of(request), form.get("text", "").strip()
    mode = mode_of(await console.desk.io(_events, place))
    if mode.name != "agent" or mode.agent != session.member.name:
        raise RefusedError(409, "you do not answer in this conversation", "take it over first")
    _check(console, text)
    await console.desk.io(place.bot.people.say, place.id, text, agent=session.member.name)
    await console.desk.io(console.note, session.member.name, "replied", place.bot.name, place.id)
    return _kept(request, place)


@router.post("/note")
async def take_note(request: Request, session: SignedIn, place: Placed, form: Posted) -> Response:
    """Note something for others of the staff; the visitor never sees it."""
    console, text, name = console_of(request), form.get("text", "").strip(), session.member.name
    await console.desk.io(_events, place)
    _check(console, text)
    await console.desk.io(place.bot.people.note, place.id, text, agent=name)
    await console.desk.io(console.note, name, "noted", place.bot.name, place.id)
    return _kept(request, place)


async def _do(request: Request, session: Session, place: Place, kind: Any, what: str) -> None:
    """Keep that a person comes or goes.

    Raises:
        RefusedError: it is so already.
    """
    console, name = console_of(request), session.member.name
    mode = mode_of(await console.desk.io(_events, place))
    is_so = mode.agent == name if kind == "agent_joined" else mode.name == "bot"
    if is_so:
        raise RefusedError(409, "that is so already", "load the page again")
    await console.desk.record(place.bot.name, place.id, kind, agent=name)
    await console.desk.io(console.note, name, what, place.bot.name, place.id)


def _check(console: Console, text: str) -> None:
    most = console.desk.settings.message_characters
    if not text or len(text) > most:
        raise RefusedError(422, f"a text has 1 to {most} characters")


def _kept(request: Request, place: Place) -> Response:
    """Something was kept: the page fetches the news, or is loaded again."""
    return Response(status_code=204, headers={"HX-Trigger": "news"}) if is_htmx(request) else go(request, place.path)


def _events(place: Place) -> tuple[Event, ...]:
    events = place.bot.store.events(place.bot.name, place.id)
    if not events:
        raise unknown_conversation()
    return events


def _shown(console: Console, session: Session, place: Place, after: int) -> Mapping[str, Any]:
    """What the page shows of a conversation, behind an event."""
    events, store = _events(place), place.bot.store
    mode, member = mode_of(events), session.member
    turns = store.turn_ids(place.bot.name, place.id, after=after)
    ratings = Ratings(store.engine).of(place.bot.name, place.id)
    new = (event for event in events if (event.id or 0) > after)
    return {
        "name": member.name,
        "place": place,
        "lines": list(lines(new, turns, ratings)),
        "mode": mode,
        "mode_print": print_of(mode),
        "since": next((event.at for event in events if event.id == mode.since), events[0].at),
        "began": events[0].at,
        "sent": sum(event.kind == "user" for event in events),
        "ratings": ratings,
        "last": events[-1].id or 0,
        "may_answer": has(member, "answer"),
        "canned": console.canned.of(place.bot.name) if has(member, "answer") else (),
    }


def print_of(mode: Mode) -> str:
    """A mode as pages name it, to see whether it has changed."""
    return f"{mode.name} {mode.since}"
