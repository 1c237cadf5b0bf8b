"""Settings of the server: one model, from the environment (`KITWRIGHT_SERVE_*`) and options of `kitwright serve`."""

import os
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kitwright.errors import Fault, UsageError

PREFIX: Final = "KITWRIGHT_SERVE_"
Door = Literal["openai", "rasa", "socketio", "deep_chat"]
_ORIGIN: Final = r"^https?://[^/\s*]+$"
_EVENT: Final = r"^[A-Za-z0-9_.:-]{1,64}$"


class ServeSettings(BaseModel):
    """What the server allows, and how much of it.

    Args:
        origins: pages of other origins that may use the API, e.g. `https://shop.example`; none by default.
        turns_at_once: replies that are worked on at the same time.
        queue: messages that may wait for their turn; more are told that the server is busy.
        queue_seconds: how long a message waits at most.
        turn_seconds: how long a reply may take.
        grace_seconds: how long a reply that ran out of time may take to finish with what it has.
        drain_seconds: how long replies may take to finish when the server stops.
        body_bytes: size of a request's body.
        body_seconds: how long a client may take to send it.
        header_seconds: how long a client may take to send a request's head.
        message_characters: length of a message.
        sends_per_minute: messages of one conversation.
        sends_per_minute_address: messages from one address.
        opens_per_minute: conversations opened from one address.
        ratings_per_minute: ratings in one conversation.
        streams: connections that listen to one conversation.
        connections: connections at once; more are told that the server is busy.
        keepalive_seconds: pause between comments on a silent stream.
        token_days: how long a visitor's token is good.
        doors: protocols that are spoken beside the API; see `kitwright.serve.doors`.
        socketio_path: where the socket.io channel is.
        socketio_namespace: of its events.
        socketio_user_event: what a client calls a message.
        socketio_bot_event: what we call a reply.
        socketio_metadata_key: what a client calls its metadata; rasa-webchat's `customData` is understood as well.
        socketio_session_persistence: a conversation goes by `session_id`, and a message without one is dropped; by the
            connection otherwise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    origins: tuple[Annotated[str, Field(pattern=_ORIGIN)], ...] = ()
    turns_at_once: int = Field(default=8, ge=1, le=256)
    queue: int = Field(default=64, ge=0, le=10_000)
    queue_seconds: float = Field(default=30, gt=0)
    turn_seconds: float = Field(default=60, gt=0)
    grace_seconds: float = Field(default=2, ge=0)
    drain_seconds: float = Field(default=30, ge=0)
    body_bytes: int = Field(default=256 * 1024, ge=1024)
    body_seconds: float = Field(default=20, gt=0)
    header_seconds: float = Field(default=10, gt=0)
    message_characters: int = Field(default=20_000, ge=1)
    sends_per_minute: int = Field(default=40, ge=1)
    sends_per_minute_address: int = Field(default=240, ge=1)
    opens_per_minute: int = Field(default=60, ge=1)
    ratings_per_minute: int = Field(default=30, ge=1)
    streams: int = Field(default=10, ge=1)
    connections: int = Field(default=2000, ge=1)
    keepalive_seconds: float = Field(default=15, gt=0)
    token_days: float = Field(default=30, gt=0)
    doors: tuple[Door, ...] = ("openai", "rasa", "socketio", "deep_chat")
    socketio_path: str = Field(default="/socket.io", pattern=r"^/[A-Za-z0-9_./-]*[A-Za-z0-9_-]$")
    socketio_namespace: str = Field(default="/", pattern=r"^/[A-Za-z0-9_/-]*$")
    socketio_user_event: str = Field(default="user_uttered", pattern=_EVENT)
    socketio_bot_event: str = Field(default="bot_uttered", pattern=_EVENT)
    socketio_metadata_key: str = Field(default="metadata", pattern=_EVENT)
    socketio_session_persistence: bool = False

    @field_validator("origins", "doors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def read_settings(
    given: Mapping[str, object] | None = None, *, environment: Mapping[str, str] | None = None
) -> ServeSettings:
    """The settings: defaults, then the environment, then what was given.

    Raises:
        UsageError: a value is wrong; all of them at once.
    """
    variables = os.environ if environment is None else environment
    named = {
        name: variables[PREFIX + name.upper()]
        for name in ServeSettings.model_fields
        if PREFIX + name.upper() in variables
    }
    try:
        return ServeSettings.model_validate({**named, **{k: v for k, v in (given or {}).items() if v is not None}})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    raise UsageError(
        Fault(code="KW002", place=f"{PREFIX}{str(each['loc'][0]).upper()}", problem=each["msg"]) for each in details
    )
