"""Conversations: open one, look at it, hand over to a person, start again."""

from typing import Any

from fastapi import APIRouter, Request

from kitwright.bot import ASKED, Bot
from kitwright.errors import Fault, Refused
from kitwright.serve.api.models import BotOut, ConversationIn, ConversationOut, HistoryOut, StateOut
from kitwright.serve.api.visitor import VisitorOf
from kitwright.serve.reception import address_of, reception_of
from kitwright.store import Ratings

router = APIRouter()


@router.post("/conversations", status_code=201)
async def open_conversation(request: Request, wanted: ConversationIn) -> ConversationOut:
    """Open a conversation with a bot; the token that comes back opens it again."""
    reception = reception_of(request)
    reception.opens.take(address_of(request))
    bot = reception.desk.bot(wanted.bot)
    described = described_bot(bot, wanted.locale)
    if described.consent is not None and not wanted.consent:
        hint = "show bot.consent of GET /api/bots, and send consent: true once it was agreed to"
        raise Refused(Fault(code="KW210", place="body.consent", problem="consent is needed first", hint=hint))
    conversation_id, last = await reception.desk.open(bot.name, locale=wanted.locale, consent=wanted.consent)
    token, expires = reception.tokens.give(bot.name, conversation_id)
    return ConversationOut(
        conversation_id=conversation_id,
        token=token,
        expires_at=expires.isoformat(timespec="seconds"),
        bot=described,
        last_event_id=last,
    )


@router.get("/conversations/{conversation_id}")
async def read_conversation(request: Request, visitor: VisitorOf) -> HistoryOut:
    """The conversation as its visitor sees it."""
    desk = reception_of(request).desk
    history = await desk.history(visitor.bot, visitor.conversation_id)
    bot = desk.bot(visitor.bot)
    rated = await desk.io(Ratings(bot.store.engine).of, bot.name, visitor.conversation_id)
    thumbs = {rating.event_id: rating.value for rating in rated if rating.value}
    messages: list[Any] = [
        {**event.data, "rating": thumbs.get(event.id or 0)} for event in history.events if event.kind == "message"
    ]
    return HistoryOut(
        conversation_id=visitor.conversation_id,
        bot=described_bot(bot, None),
        state=history.mode.name,
        agent=history.mode.agent,
        messages=messages,
        last_event_id=history.last_event_id,
    )


@router.post("/conversations/{conversation_id}/handoff")
async def ask_for_person(request: Request, visitor: VisitorOf) -> StateOut:
    """Ask for a person; where nobody of the staff can come, the state stays `bot`."""
    desk = reception_of(request).desk
    history = await desk.history(visitor.bot, visitor.conversation_id)
    if history.mode.name == "bot" and desk.staffed(visitor.bot):
        await desk.record(visitor.bot, visitor.conversation_id, "handoff", reason=ASKED)
        history = await desk.history(visitor.bot, visitor.conversation_id)
    return StateOut(state=history.mode.name, agent=history.mode.agent, last_event_id=history.last_event_id)


@router.post("/conversations/{conversation_id}/restart")
async def start_again(request: Request, visitor: VisitorOf) -> StateOut:
    """Start again: nothing that was said before counts any more, or is shown."""
    desk = reception_of(request).desk
    await desk.check_there(visitor.bot, visitor.conversation_id)
    event = await desk.record(visitor.bot, visitor.conversation_id, "restarted", reason=ASKED)
    return StateOut(state="bot", last_event_id=event.id or 0)


def described_bot(bot: Bot, locale: str | None) -> BotOut:
    """A bot as its visitors know it."""
    manifest = bot.kit.manifest
    texts = manifest.chat.texts(locale, manifest.language)
    about = {"name": bot.name, "title": bot.title, "language": manifest.language, "risk_class": manifest.risk_class}
    return BotOut.model_validate({**about, **texts})
