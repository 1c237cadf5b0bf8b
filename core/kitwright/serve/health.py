"""Whether the process lives, whether it can answer, and its metrics."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from kitwright.errors import KitwrightError
from kitwright.serve.faults import AsciiJSON, answer
from kitwright.serve.reception import reception_of

router = APIRouter()


@router.get("/health")
def health() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request) -> Response:
    """Messages are taken, and every bot's store answers; models were loaded before the first request."""
    desk = reception_of(request).desk
    try:
        desk.queue.check_open()
        for bot in desk.bots.values():
            await desk.io(bot.store.check)
    except KitwrightError as error:
        return answer(503, error.faults)
    return AsciiJSON({"status": "ready", "bots": list(desk.bots)})


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """For Prometheus."""
    return Response(reception_of(request).metrics.page(), media_type=CONTENT_TYPE_LATEST)
