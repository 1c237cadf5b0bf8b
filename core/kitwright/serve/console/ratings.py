"""What visitors thought of replies: the reply, the reason, their words, and the answer they would have liked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from kitwright.serve.console.door import ConsoleRoute, Reviewing
from kitwright.serve.console.page import page
from kitwright.serve.console.parts import console_of
from kitwright.serve.console.scope import Scope, Scoped
from kitwright.serve.console.transcript import Piece, pieces
from kitwright.store import Rating, Ratings
from kitwright.types import Event

router = APIRouter(route_class=ConsoleRoute)
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating with what it is about.

    Args:
        question: the last thing the visitor said before the reply.
    """

    bot: str
    rating: Rating
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    comment: tuple[Piece, ...]
    better: tuple[Piece, ...]


@router.get("/ratings")
async def ratings_page(
    request: Request, session: Reviewing, scope: Scoped, value: Literal["", "good", "bad", "better"] = ""
) -> Response:
    """Ratings of the days looked at, newest first."""
    found = await console_of(request).desk.io(ratings_of, scope)
    reasons = Counter(rating.reason for _, rating in found if rating.value < 0 and rating.reason)
    wanted = [(bot, rating) for bot, rating in found if _is_wanted(rating, value)]
    rated = await console_of(request).desk.io(_rated, scope, wanted[:_SHOWN])
    good = sum(rating.value > 0 for _, rating in found)
    return page(
        request,
        "ratings",
        session,
        scope=scope,
        value=value,
        rated=rated,
        good=good,
        bad=len(found) - good,
        better=sum(bool(rating.better) for _, rating in found),
        reasons=reasons.most_common(),
        left_out=max(0, len(wanted) - _SHOWN),
    )


def ratings_of(scope: Scope) -> list[tuple[str, Rating]]:
    """The ratings of a scope that were not withdrawn, newest first, with the names of their bots."""
    found = [
        (bot.name, rating)
        for bot in scope.bots
        for rating in Ratings(bot.store.engine).of(bot.name)
        if rating.value and scope.since <= rating.at < scope.until
    ]
    return sorted(found, key=lambda each: each[1].at, reverse=True)


def _is_wanted(rating: Rating, value: str) -> bool:
    return {"good": rating.value > 0, "bad": rating.value < 0, "better": bool(rating.better)}.get(value, True)


def _rated(scope: Scope, found: Sequence[tuple[str, Rating]]) -> list[Rated]:
    bots = {bot.name: bot for bot in scope.bots}
    talks: dict[tuple[str, str], tuple[Event, ...]] = {}
    rated = []
    for name, rating in found:
        place = (name, rating.conversation_id)
        if place not in talks:
            talks[place] = bots[name].store.events(*place)
        said = {kind: _last(talks[place], kind, rating.event_id) for kind in ("user", "bot", "agent")}
        answer = next((e for e in talks[place] if e.id == rating.event_id), said["bot"])
        words = [_words(said["user"]), _words(answer), pieces(rating.comment or ""), pieces(rating.better or "")]
        rated.append(Rated(name, rating, *words))
    return rated


def _last(events: Sequence[Event], kind: str, before: int) -> Event | None:
    return next((e for e in reversed(events) if e.kind == kind and (e.id or 0) <= before), None)


def _words(event: Any) -> tuple[Piece, ...]:
    return pieces(str(event.data.get("text", ""))) if event else ()
