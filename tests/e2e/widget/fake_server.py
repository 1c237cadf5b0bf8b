"""A small server that speaks the visitors' API, with faults to order, and a page to put the widget into."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from e2e.widget.fake_desk import Desk, Event, Talk
from kitwright.serve.site import Front, site_routes

ROOT = Path(__file__).parents[3]
SHOP = ROOT / "bots" / "clothing_support" / "page"
HOSTS = Path(__file__).parent / "pages"
# As strict as a host page can be: nothing inline, and no string may become markup or script.
POLICY = (
    "default-src 'none'; script-src 'self' {also}; style-src 'self'; connect-src 'self' {also}; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


class Dropped(Exception):
    """Ends a response in the middle."""


def fault(status: int, problem: str, **headers: str) -> JSONResponse:
    """A refusal in the shape of the server's own."""
    faults: list[dict[str, Any]] = [
        {"code": "KW201", "place": "path", "problem": problem, "value": None, "choices": [], "hint": None}
    ]
    return JSONResponse({"faults": faults}, status, headers)


def frame(kind: str, data: Any, number: int | None = None) -> str:
    """One server-sent event."""
    return (f"id: {number}\n" if number else "") + f"event: {kind}\ndata: {json.dumps(data)}\n\n"


class FakeApi:
    """The routes; `desk` holds the conversations."""

    def __init__(self) -> None:
        self.desk = Desk()

    def talk(self, request: Request) -> Talk | None:
        """The conversation of the path, if the token is its own."""
        found = self.desk.talks.get(request.path_params["id"])
        return found if found and request.headers.get("authorization") == f"Bearer {found.token}" else None

    def bot(self, name: str = "clothing_support") -> dict[str, Any]:
        return {"name": name, "title": "Fern", "banner": self.desk.banner, "consent": self.desk.consent}

    async def bots(self, _request: Request) -> Response:
        return JSONResponse([self.bot()])

    async def open(self, request: Request) -> Response:
        wanted = await request.json()
        if self.desk.consent and not wanted.get("consent"):
            return fault(403, "consent is needed")
        talk = self.desk.open(wanted)
        made = {"conversation_id": talk.id, "token": talk.token, "expires_at": "2099-01-01T00:00:00Z"}
        return JSONResponse({**made, "bot": self.bot(), "last_event_id": 0}, 201)

    async def conversation(self, request: Request) -> Response:
        talk = self.talk(request)
        if talk is None:
            return fault(404, "no such conversation")
        if request.method == "DELETE":
            del self.desk.talks[talk.id]
            return Response(status_code=204)
        last = talk.events[-1].id if talk.events else 0
        history = {"conversation_id": talk.id, "bot": talk.bot, "state": talk.state, "agent": talk.agent}
        return JSONResponse({**history, "messages": self.desk.history(talk), "last_event_id": last})

    async def send(self, request: Request) -> Response:
        talk = self.talk(request)
        if talk is None:
            return fault(404, "no such conversation")
        if self.desk.busy:
            self.desk.busy -= 1
            return fault(503, "busy", **{"Retry-After": "1"})
        sent = await request.json()
        if "refuse" in sent["text"]:
            return fault(422, "message refused")
        return StreamingResponse(self._stream(talk, sent), media_type="text/event-stream")

    async def _stream(self, talk: Talk, sent: dict[str, Any]) -> AsyncIterator[str]:
        pieces = 0
        async for kind, each in self.desk.turn(talk, sent["text"], sent["message_id"]):
            if isinstance(each, Event):
                if self.desk.drops:
                    self.desk.drops -= 1
                    raise Dropped
                yield frame(kind, each.data, each.id)
            else:
                pieces += 1
                yield frame(kind, each)
            if self.desk.failures and pieces == 3:
                self.desk.failures -= 1
                talk.turns.pop(sent["message_id"], None)
                yield frame("error", {"faults": [{"code": "KW303", "problem": "model backend failed"}]})
                yield frame("done", {})
                return
        yield frame("done", {})

    async def events(self, request: Request) -> Response:
        talk = self.talk(request)
        if talk is None:
            return fault(404, "no such conversation")
        after = int(request.headers.get("last-event-id") or request.query_params.get("after", "0"))

        async def stream() -> AsyncIterator[str]:
            async for event in self.desk.since(talk, after):
                yield frame(event.kind, event.data, event.id) if event else ": awake\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def act(self, request: Request) -> Response:
        talk = self.talk(request)
        if talk is None:
            return fault(404, "no such conversation")
        what = request.path_params["what"]
        if what == "handoff" and self.desk.staffed:
            await self.desk.to_state(talk, "waiting")
        elif what == "handoff":
            pass  # nobody can come, and the state stays `bot`
        elif what == "restart":
            talk.shown_after = self.desk.last
        elif what == "cancel":
            talk.cancelled.add((await request.json())["message_id"])
            self.desk.hold.set()
        elif what == "ratings":
            rating = await request.json()
            talk.ratings[rating.pop("event_id")] = rating
        elif what == "export":
            return JSONResponse({"conversation_id": talk.id, "messages": self.desk.history(talk)})
        else:
            return fault(404, "nothing here")
        return JSONResponse({"state": talk.state, "last_event_id": self.desk.last} if what != "ratings" else {})


def host(request: Request) -> Response:
    """A page of someone: `?also=ORIGIN` lets its policy load the widget from another origin."""
    also = request.query_params.get("also", "")
    page = (HOSTS / "host.html").read_text(encoding="utf-8").replace('"WIDGET', f'"{also}')
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY.format(also=also)})


def create_fake(api: FakeApi, *, allowed: tuple[str, ...] = ()) -> Starlette:
    """The application; `allowed` are the origins that may use the API from their pages."""

    async def hang_up(scope: Any, receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except (Dropped, asyncio.CancelledError):
            return  # the connection is closed without an end, as a lost network does

    routes = [
        Route("/api/bots", api.bots),
        Route("/api/conversations", api.open, methods=["POST"]),
        Route("/api/conversations/{id}", api.conversation, methods=["GET", "DELETE"]),
        Route("/api/conversations/{id}/messages", api.send, methods=["POST"]),
        Route("/api/conversations/{id}/events", api.events),
        Route("/api/conversations/{id}/{what}", api.act, methods=["GET", "POST", "PUT"]),
        Route("/host", host),
        Mount("/hosts", StaticFiles(directory=HOSTS)),
        *site_routes([Front("clothing_support", "Fern", "en", SHOP), Front("clothing_support", "Fern", "en")]),
    ]
    cors = Middleware(CORSMiddleware, allow_origins=allowed, allow_methods=["*"], allow_headers=["*"])
    app = Starlette(routes=routes, middleware=[cors] if allowed else [])
    return hang_up  # type: ignore[return-value]  # an ASGI callable, which is all that uvicorn asks for
