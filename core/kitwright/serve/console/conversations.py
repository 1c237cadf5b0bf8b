"""The conversations of all bots: a list that keeps itself up to date, who waits first; and search in what was said."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Final, Literal, get_args

from fastapi import APIRouter, Query, Request, Response

from kitwright.bot import Bot
from kitwright.serve.console.door import ConsoleRoute, SignedIn
from kitwright.serve.console.page import page
from kitwright.serve.console.parts import Console, console_of
from kitwright.serve.console.rights import has
from kitwright.serve.console.scope import Scope, Scoped
from kitwright.store import Activity, Found, State, Talk

router = APIRouter(route_class=ConsoleRoute)
STATES: Final = get_args(State)
_SHOWN: Final = 200
Wanted = Literal["", "waiting", "agent", "bot"]


@router.get("/")
async def conversations_page(request: Request, session: SignedIn, scope: Scoped, state: Wanted = "") -> Response:
    """All conversations in which something happened in the days looked at."""
    talks = await console_of(request).desk.io(_recent, console_of(request), scope, state)
    return page(
        request, "conversations", session, scope=scope, state=state, states=STATES, talks=talks, print=print_of(talks)
    )


@router.get("/rows")
async def conversation_rows(
    request: Request,
    session: SignedIn,
    scope: Scoped,
    state: Wanted = "",
    seen: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The list again, if it has changed."""
    talks = await console_of(request).desk.io(_recent, console_of(request), scope, state)
    known = print_of(talks)
    if seen == known:
        return Response(status_code=204)
    return page(request, "conversation_rows", session, scope=scope, state=state, talks=talks, print=known)


@router.get("/waiting")
async def how_many_wait(request: Request, session: SignedIn, scope: Scoped) -> Response:
    """How many visitors wait for a person, for the navigation."""
    waiting = (
        await console_of(request).desk.io(_recent, console_of(request), scope, "waiting")
        if has(session.member, "answer")
        else []
    )
    return page(request, "waiting", session, count=len(waiting))


@router.get("/search")
async def search_page(
    request: Request, session: SignedIn, scope: Scoped, words: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Search in what was said, or for the beginning of a conversation's id."""
    found = await console_of(request).desk.io(_search, scope, words)
    return page(request, "search", session, scope=scope, words=words, found=found)


def talks_of(scope: Scope, state: Wanted) -> list[Talk]:
    """The conversations of a scope; those who wait first, then the latest."""
    talks = [talk for bot in scope.bots for talk in _talks(bot, scope, state or None)]
    if len(scope.bots) > 1:
        talks.sort(key=lambda talk: (talk.state != "waiting", -talk.last.timestamp()))
    waiting = sorted(
        (talk for talk in talks if talk.state == "waiting"), key=lambda talk: talk.waiting_since or talk.last
    )
    return [*waiting, *talks[len(waiting) :]][:_SHOWN]


def _recent(console: Console, scope: Scope, state: Wanted) -> list[Talk]:
    key = (scope.chosen, scope.first, scope.last, state)
    return console.recent.get(key, lambda: talks_of(scope, state))


def print_of(talks: Sequence[Talk]) -> str:
    """A fingerprint of a list as it is shown."""
    shown = [(talk.bot, talk.id, talk.last_event, talk.state) for talk in talks]
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()


def _talks(bot: Bot, scope: Scope, state: State | None) -> Sequence[Talk]:
    return Activity(bot.store.engine).talks(bot.name, scope.since, scope.until, state=state, limit=_SHOWN)


def _search(scope: Scope, words: str) -> list[tuple[str, list[Found]]]:
    """What was found, by conversation: the bot's name and the places."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for bot in scope.bots:
        for found in Activity(bot.store.engine).search(bot.name, words, scope.since, scope.until):
            groups.setdefault((bot.name, found.conversation_id), []).append(found)
    newest = sorted(groups.items(), key=lambda group: group[1][0].at, reverse=True)
    return [(bot, places) for (bot, _), places in newest]
