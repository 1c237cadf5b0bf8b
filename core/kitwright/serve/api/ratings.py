"""Ratings: a thumb for a reply, with a reason, a comment and a better answer; their words are scrubbed first."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request

from kitwright.bot import Bot
from kitwright.errors import Fault, UsageError
from kitwright.serve.api.models import RatingIn, RatingOut
from kitwright.serve.api.visitor import VisitorOf
from kitwright.serve.reception import reception_of
from kitwright.store import Rating, Ratings

router = APIRouter()


@router.put("/conversations/{conversation_id}/ratings")
async def rate(request: Request, visitor: VisitorOf, given: RatingIn) -> RatingOut:
    """Rate a reply; a second rating of the same reply replaces the first."""
    reception = reception_of(request)
    reception.ratings.take(visitor.conversation_id)
    bot = reception.desk.bot(visitor.bot)
    await reception.desk.io(_keep, bot, visitor.conversation_id, given)
    reception.metrics.ratings.labels(bot.name, str(given.value)).inc()
    return RatingOut(event_id=given.event_id, value=given.value)


def _keep(bot: Bot, conversation_id: str, given: RatingIn) -> None:
    found = bot.store.events(bot.name, conversation_id, after=given.event_id - 1)[:1]
    if not found or found[0].id != given.event_id or found[0].kind not in ("bot", "agent"):
        raise UsageError(Fault(code="KW001", place="body.event_id", problem="no such reply in this conversation"))
    words = {
        name: bot.people.scrubbed(conversation_id, text) if text else None
        for name, text in (("comment", given.comment), ("better", given.better))
    }
    rating = Rating(
        conversation_id=conversation_id,
        event_id=given.event_id,
        value=given.value,
        at=datetime.now(UTC),
        reason=given.reason,
        comment=words["comment"],
        better=words["better"],
    )
    Ratings(bot.store.engine).put(bot.name, rating)
