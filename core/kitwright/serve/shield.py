"""The shield around every request: limits, origins, security headers, an id, a line in the log, a count."""

import asyncio
import re
import time
import uuid
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kitwright.errors import Fault, unexpected
from kitwright.serve.faults import answer
from kitwright.serve.log import hashed, log
from kitwright.serve.metrics import Metrics
from kitwright.serve.settings import ServeSettings

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_GIVEN_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_OWN_WORDS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


class Shield:
    """ASGI middleware; it takes errors that nothing else caught, so that nobody logs their words.

    Args:
        app: what it shields.
        settings: limits and allowed origins.
        metrics: counts requests.
    """

    def __init__(self, app: ASGIApp, settings: ServeSettings, metrics: Metrics) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "http":
            await self._handle(scope, receive, send)
        elif scope["type"] == "websocket" and not self._allows(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 4403})
        else:
            await self._app(scope, receive, send)

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = _Request(scope, send, self._settings.body_seconds)
        started = time.perf_counter()
        fault = self._objection(scope)
        try:
            if fault is not None:
                status, what = fault
                await answer(status, [what], scope["path"])(scope, receive, request.send)
            else:
                await self._app(scope, request.receiving(receive), request.send)
        except Exception as error:  # noqa: BLE001 - its message may carry what a person typed
            bug = unexpected(error).faults[0]
            log("bug", request_id=request.id, place=bug.place, problem=bug.problem)
            if not request.status:
                await answer(500, [bug], scope["path"])(scope, receive, request.send)
        self._account(scope, request, time.perf_counter() - started)

    def _objection(self, scope: Scope) -> tuple[int, Fault] | None:
        headers, most = Headers(scope=scope), self._settings.body_bytes
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()) or int(length[:20]) > most or "transfer-encoding" in headers:
            return 413, Fault(code="KW201", place="body", problem=f"longer than {most} bytes, or of unknown length")
        guarded = ("/api/", "/v1/", "/webhooks/", "/console", self._settings.socketio_path)
        if scope["path"].startswith(guarded) and not self._allows(headers):
            hint = "allow it: kitwright serve --origin, or KITWRIGHT_SERVE_ORIGINS"
            return 403, Fault(code="KW208", place="origin", problem="pages of this origin may not use it", hint=hint)
        return None

    def _allows(self, headers: Headers) -> bool:
        """Whether the page a request comes from may use the server: one of ours, or of an allowed origin."""
        origin = headers.get("origin")
        if origin is None or origin in self._settings.origins:
            return True
        try:
            return urlsplit(origin).netloc == headers.get("host", "")
        except ValueError:
            return False

    def _account(self, scope: Scope, request: "_Request", seconds: float) -> None:
        route = _route_of(scope)
        method = scope["method"] if scope["method"] in _OWN_WORDS else "(other)"
        self._metrics.requests.labels(method, route, str(request.status)).inc()
        self._metrics.request_seconds.labels(route).observe(seconds)
        conversation = scope.get("path_params", {}).get("conversation_id")
        log(
            "request",
            request_id=request.id,
            method=method,
            route=route,
            status=request.status,
            ms=round(seconds * 1000, 1),
            conversation=hashed(str(conversation)) if conversation else None,
        )


def _route_of(scope: Scope) -> str:
    """The template of the path, which tells nothing of who asked for what."""
    template = str(getattr(scope.get("route"), "path", None) or "(none)")
    is_within = scope["path"].startswith("/api/") and template.startswith("/") and not template.startswith("/api/")
    return f"/api{template}" if is_within else template


class _Request:
    """One request: its id, and the status of its answer once there is one."""

    def __init__(self, scope: Scope, send: Send, seconds: float) -> None:
        given = Headers(scope=scope).get("x-request-id", "")
        self.id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        self.status = 0
        self._send = send
        self._seconds = seconds
        scope.setdefault("state", {})["request_id"] = self.id

    async def send(self, message: Message) -> None:
        """Send a part of the answer; the headers get company."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-ID"] = self.id
        await self._send(message)

    def receiving(self, receive: Receive) -> Receive:
        """`receive` that loses patience with a client that dawdles over its body."""
        ends = time.monotonic() + self._seconds
        is_whole = False

        async def patient() -> Message:
            nonlocal is_whole
            if is_whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, ends - time.monotonic()))
            except TimeoutError:
                raise HTTPException(408, "the body came too slowly", {"Connection": "close"}) from None
            is_whole = not message.get("more_body", False)
            return message

        return patient
