"""The trace of one turn: what was scrubbed, understood, decided, retrieved, prompted and guarded, with times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from kitwright.errors import Fault, UsageError
from kitwright.protocols import KeptTurn
from kitwright.serve.console.conversation import Place, Placed
from kitwright.serve.console.door import ConsoleRoute, SignedIn
from kitwright.serve.console.page import page
from kitwright.serve.console.parts import console_of
from kitwright.serve.console.transcript import pieces

router = APIRouter(prefix="/conversations/{bot}/{conversation_id}/turns", route_class=ConsoleRoute)
_THINNEST: Final = 0.4  # percent of the picture's width; less could not be seen


@dataclass(frozen=True, slots=True)
class StepBar:
    """A step of a turn as a bar: where it begins and how wide it is, in percent of the turn."""

    name: str
    decision: str
    why: str
    ms: float
    begin: float
    width: float


@router.get("/{number}")
async def trace_page(
    request: Request, session: SignedIn, place: Placed, number: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> Response:
    """The trace of the turn that an event begins or ends."""
    console = console_of(request)
    turn = await console.desk.io(_turn, place, number)
    name = session.member.name
    await console.desk.io(console.note, name, "read a trace", place.bot.name, place.id)
    return page(request, "trace", session, place=place, turn=turn, bars=bars(turn.trace), pieces=pieces)


def bars(trace: Mapping[str, Any]) -> list[StepBar]:
    """The steps of a trace as bars, one after the other.

    Example:
        >>> step = {"step": "scrub", "decision": "0 hidden", "why": "", "ms": 5.0}
        >>> [(bar.begin, bar.width) for bar in bars({"steps": [step, step]})]
        [(0.0, 50.0), (50.0, 50.0)]
    """
    steps = trace.get("steps", [])
    whole = sum(step["ms"] for step in steps) or 1.0
    found, begin = [], 0.0
    for step in steps:
        share = step["ms"] / whole * 100
        width = max(share, _THINNEST)
        place = round(min(begin, 100 - width), 2)
        found.append(StepBar(step["step"], step["decision"], step["why"], step["ms"], place, round(width, 2)))
        begin += share
    return found


def _turn(place: Place, number: int) -> KeptTurn:
    for turn in place.bot.store.turns(place.bot.name, place.id):
        if number in (turn.first, turn.last):
            return turn
    raise UsageError(Fault(code="KW001", place="turn", problem="no such turn"))
