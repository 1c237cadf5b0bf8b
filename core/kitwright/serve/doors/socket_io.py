"""The door of Rasa's socket.io channel, as rasa-webchat and other clients of socket.io 3 and 4 know it.

    session_request {"session_id": id | null}                   -> session_confirm, with the bare id
    user_uttered {"message", "session_id"?, "metadata"?}        -> bot_uttered {"text", "quick_replies"?}, ...

Without `session_persistence` a conversation lasts as long as the connection, and is known by it; with it, it goes by
the session's id, which opens it again for whoever knows it, and a message without one is dropped. Metadata may be an
object or JSON: `bot` names the bot where several are served, `consent: true` gives the consent that a kit asks for;
both may stand in `auth` too. What a person of the staff writes is sent as it is written. Rasa has no event for errors:
they are said by a `bot_uttered`, so that the person sees them.
"""

import asyncio
import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import socketio

from kitwright.errors import Fault, KitwrightError, Refused, unexpected
from kitwright.serve.doors.porter import Caller, Porter, Spoken, agreed, finished
from kitwright.serve.doors.rasa_messages import socket_messages
from kitwright.serve.log import log
from kitwright.serve.shapes import sentence
from kitwright.serve.throttle import Throttle

_LATEST: Final = 2**31 - 1
_LONGEST_ID: Final = 200
_WEBCHAT_KEY: Final = "customData"


@dataclass(slots=True)
class _Guest:
    """One connection."""

    caller: Caller
    auth: Mapping[str, Any] = field(repr=False)
    listening: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)


class SocketDoor:
    """The channel: `app` is what to mount.

    Args:
        porter: lets messages through.
    """

    def __init__(self, porter: Porter) -> None:
        self._porter = porter
        self._settings = settings = porter.reception.settings
        self._connects = Throttle("connections from one address", settings.sends_per_minute_address)
        self._guests: dict[str, _Guest] = {}
        self._server = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=[],  # the shield and CORS middleware of the application see to origins
            max_http_buffer_size=settings.body_bytes,
        )
        self.app = socketio.ASGIApp(self._server, socketio_path=None)
        for event, handler in (
            ("connect", self._connect),
            ("disconnect", self._disconnect),
            ("session_request", self._confirm),
            (settings.socketio_user_event, self._hear),
        ):
            self._server.on(event, handler, namespace=settings.socketio_namespace)

    async def _connect(self, sid: str, environ: Mapping[str, Any], auth: Any = None) -> None:
        client = environ.get("asgi.scope", {}).get("client") or ("unknown",)
        given = auth if isinstance(auth, dict) else {}
        try:
            self._connects.take(client[0])
        except Refused as error:
            raise socketio.exceptions.ConnectionRefusedError(sentence(error.faults)) from None
        if not self._porter.keys.lets_in(given.get("token")):
            raise socketio.exceptions.ConnectionRefusedError("The token is not valid.")
        self._guests[sid] = _Guest(Caller(client[0]), {key: given.get(key) for key in ("bot", "consent")})

    async def _disconnect(self, sid: str, *_reason: object) -> None:
        guest = self._guests.pop(sid, None)
        for task in guest.listening.values() if guest else ():
            task.cancel()

    async def _confirm(self, sid: str, data: Any = None) -> None:
        await self._emit("session_confirm", _session(data) or uuid.uuid4().hex, sid)

    async def _hear(self, sid: str, data: Any = None) -> None:
        guest, session = self._guests.get(sid), _session(data)
        persistent = self._settings.socketio_session_persistence
        if guest is None or (persistent and session is None):
            return
        try:
            spoken = self._spoken(guest, (session or "") if persistent else sid, data)
            sending = await self._porter.take(guest.caller, spoken)
            await self._listen(sid, guest, spoken)
            for said in socket_messages(await finished(sending)):
                await self._emit(self._settings.socketio_bot_event, said, sid)
        except KitwrightError as error:
            await self._emit(self._settings.socketio_bot_event, {"text": sentence(error.faults)}, sid)
        except Exception as error:  # noqa: BLE001 - its message may carry what a person typed
            bug = unexpected(error).faults
            log("bug", place=bug[0].place, problem=bug[0].problem)
            await self._emit(self._settings.socketio_bot_event, {"text": sentence(bug)}, sid)

    def _spoken(self, guest: _Guest, name: str, data: Any) -> Spoken:
        text = data.get("message") if isinstance(data, dict) else None
        if not isinstance(text, str):
            raise Refused(Fault(code="KW106", place="message", problem="a message is a text"))
        metadata = {**guest.auth, **_metadata(data, self._settings.socketio_metadata_key)}
        bot = str(metadata.get("bot") or self._porter.first_bot)
        return Spoken(
            door="socketio",
            bot=bot,
            conversation_id=self._porter.conversation("socketio", bot, name),
            text=text,
            consent=agreed(metadata),
        )

    async def _listen(self, sid: str, guest: _Guest, spoken: Spoken) -> None:
        """Pass on what people of the staff write from now on, where there are such people."""
        desk, conversation_id = self._porter.desk, spoken.conversation_id
        if conversation_id in guest.listening or not desk.staffed(spoken.bot) or sid not in self._guests:
            return
        latest = (await desk.history(spoken.bot, conversation_id, after=_LATEST)).last_event_id
        if conversation_id not in guest.listening and len(guest.listening) < self._settings.streams:
            passing = self._pass_on(sid, spoken.bot, conversation_id, latest)
            guest.listening[conversation_id] = asyncio.create_task(passing)

    async def _pass_on(self, sid: str, bot: str, conversation_id: str, after: int) -> None:
        with suppress(KitwrightError):
            async for event in self._porter.desk.subscribe(bot, conversation_id, after):
                if event.kind == "message" and event.data["from"] == "agent":
                    await self._emit(self._settings.socketio_bot_event, {"text": event.data["text"]}, sid)

    async def _emit(self, event: str, data: object, sid: str) -> None:
        await self._server.emit(event, data, to=sid, namespace=self._settings.socketio_namespace)


def _session(data: Any) -> str | None:
    given = data.get("session_id") if isinstance(data, dict) else None
    return given if isinstance(given, str) and 0 < len(given) <= _LONGEST_ID else None


def _metadata(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    given = data.get(key, data.get(_WEBCHAT_KEY))
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            return {}
    return {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else {}
