"""What visitors send and get, as JSON."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ConversationId = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
MessageId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
EventId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Reason = Literal["wrong", "incomplete", "not_understood", "unfriendly", "unsafe", "too_long", "other"]


class In(BaseModel):
    """Something a client sends; unknown keys are refused, and nothing is repeated in errors."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class ConversationIn(In):
    """A conversation to be opened."""

    bot: str = Field(max_length=80)
    locale: str | None = Field(default=None, max_length=35, pattern=r"^[A-Za-z0-9-]+$")
    consent: bool = False


class BotOut(BaseModel):
    """A bot as its visitors know it.

    Args:
        language: of its kit.
        consent: what must be agreed to first; null where nothing must.
        banner: what is shown above the conversation; null for nothing.
    """

    name: str
    title: str
    language: str
    risk_class: str
    banner: str | None = None
    consent: str | None = None
    greeting: str | None = None


class ConversationOut(BaseModel):
    """A conversation that was opened, and the token that opens it again."""

    conversation_id: str
    token: str
    expires_at: str
    bot: BotOut
    last_event_id: int


class ButtonOut(BaseModel):
    """A quick reply."""

    title: str
    payload: str


class SourceOut(BaseModel):
    """Where a fact of a reply comes from."""

    id: str
    title: str
    url: str | None = None


class MessageOut(BaseModel):
    """A message of a conversation.

    Args:
        event_id: rises within a conversation.
        message_id: the client's own id of the message, or of the one that this answers.
        speaker: who said it, as `from`.
        agent: name of the person of the staff.
        rating: the thumb that the visitor gave the reply.
    """

    model_config = ConfigDict(populate_by_name=True)

    event_id: int
    message_id: str | None = None
    speaker: Literal["user", "bot", "agent"] = Field(alias="from")
    text: str
    at: str
    buttons: list[ButtonOut] = []
    sources: list[SourceOut] = []
    handoff: bool = False
    agent: str | None = None
    rating: Literal[-1, 1] | None = None


State = Literal["bot", "waiting", "agent"]


class HistoryOut(BaseModel):
    """A conversation as its visitor sees it."""

    conversation_id: str
    bot: BotOut
    state: State
    agent: str | None = None
    messages: list[MessageOut]
    last_event_id: int


class MessageIn(In):
    """A message; with an id of its own it can be sent again, and is answered once."""

    text: str = Field(min_length=0)
    message_id: MessageId | None = None


class ReplyOut(BaseModel):
    """The answer to a message; `from` is `user` where it was only kept, since a person is to answer."""

    model_config = ConfigDict(populate_by_name=True)

    conversation_id: str
    event_id: int
    message_id: str
    speaker: Literal["user", "bot"] = Field(alias="from")
    reply: str
    buttons: list[ButtonOut] = []
    sources: list[SourceOut] = []
    handoff: bool = False


class CancelIn(In):
    """The message whose reply is to end."""

    message_id: MessageId


class StateOut(BaseModel):
    """Who answers now."""

    state: State
    agent: str | None = None
    last_event_id: int


class RatingIn(In):
    """What a visitor thinks of a reply: a thumb, and if they like a reason, a comment, and a better answer."""

    event_id: EventId
    value: Literal[-1, 0, 1]
    reason: Reason | None = None
    comment: str | None = Field(default=None, max_length=2000)
    better: str | None = Field(default=None, max_length=4000)


class RatingOut(BaseModel):
    """The rating that was kept."""

    event_id: int
    value: int


class ExportOut(BaseModel):
    """All that is kept of a conversation."""

    bot: str
    conversation_id: str
    exported: str
    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]
    ratings: list[dict[str, Any]] = []


class DeletedOut(BaseModel):
    """What was deleted."""

    conversation_id: str
    messages: int
    events: int
    personal_values: int
    overwritten: bool
