"""All routes of the visitors' API under one roof."""

from fastapi import APIRouter

from kitwright.serve.api import bots, conversations, messages, ratings, rights, socket, streams
from kitwright.serve.faults import FaultsOut

_FAULTS = {status: {"model": FaultsOut} for status in (400, 401, 403, 404, 408, 413, 422, 429, 500, 503, 504)}


def visitor_router() -> APIRouter:
    """The routes under `/api`."""
    router = APIRouter(prefix="/api", responses=_FAULTS)  # type: ignore[arg-type]
    for part in (bots, conversations, messages, streams, socket, ratings, rights):
        router.include_router(part.router)
    return router
