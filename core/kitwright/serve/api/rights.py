"""The rights over one's own data: have what is kept of a conversation, and have it deleted."""

from dataclasses import asdict

from fastapi import APIRouter, Request, Response

from kitwright.bot import Bot
from kitwright.serve.api.models import DeletedOut, ExportOut
from kitwright.serve.api.visitor import VisitorOf
from kitwright.serve.faults import AsciiJSON
from kitwright.serve.reception import reception_of
from kitwright.store import Ratings

router = APIRouter()


@router.get("/conversations/{conversation_id}/export", response_model=ExportOut)
async def download(request: Request, visitor: VisitorOf) -> Response:
    """All that is kept of the conversation, to be saved as a file."""
    desk = reception_of(request).desk
    kept = await desk.io(_export, desk.bot(visitor.bot), visitor.conversation_id)
    return AsciiJSON(kept, headers={"Content-Disposition": 'attachment; filename="conversation.json"'})


@router.delete("/conversations/{conversation_id}")
async def delete(request: Request, visitor: VisitorOf) -> DeletedOut:
    """Delete the conversation, its ratings and its personal values for good."""
    desk = reception_of(request).desk
    forgotten = await desk.io(desk.bot(visitor.bot).forget, visitor.conversation_id)
    return DeletedOut.model_validate(forgotten.as_dict(), extra="ignore")


def _export(bot: Bot, conversation_id: str) -> dict[str, object]:
    ratings = Ratings(bot.store.engine).of(bot.name, conversation_id)
    told = [asdict(rating) | {"at": rating.at.isoformat()} for rating in ratings]
    turns = [
        {"message_id": turn.id, "first_event": turn.first, "last_event": turn.last, "trace": dict(turn.trace)}
        for turn in bot.store.turns(bot.name, conversation_id)
    ]
    return {**bot.export(conversation_id), "ratings": told, "turns": turns}
