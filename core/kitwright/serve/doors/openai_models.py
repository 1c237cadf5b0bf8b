"""What OpenAI's clients send and get; unknown keys are let pass, since their kind grows every month."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kitwright.errors import Fault, Refused

NOT_OBEYED: Final = (
    "frequency_penalty",
    "function_call",
    "functions",
    "logit_bias",
    "logprobs",
    "max_completion_tokens",
    "max_tokens",
    "presence_penalty",
    "reasoning_effort",
    "seed",
    "stop",
    "temperature",
    "tool_choice",
    "tools",
    "top_p",
)
"""What a client may ask for and does not get: a bot answers in its kit's own way."""

_MODEL: Final = ConfigDict(extra="allow", hide_input_in_errors=True)


class Part(BaseModel):
    """A part of a message; only texts are understood."""

    model_config = _MODEL
    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """One message of the history that a client sends."""

    model_config = _MODEL
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    def text(self) -> str:
        """What it says.

        Raises:
            Refused: it has a part that is no text.
        """
        if isinstance(self.content, str) or self.content is None:
            return self.content or ""
        if any(part.type not in ("text", "refusal") for part in self.content):
            raise Refused(Fault(code="KW106", place="body.messages", problem="only text is understood"))
        return "\n".join(part.text for part in self.content)


class Format(BaseModel):
    """The form of answers that a client wants."""

    model_config = _MODEL
    type: str = "text"


class StreamOptions(BaseModel):
    """What a client wants of a stream."""

    model_config = _MODEL
    include_usage: bool = False


class ChatIn(BaseModel):
    """A request for an answer.

    Args:
        model: name of a bot, or of the adapter it speaks with.
        messages: all that was said, with the person's new message at the end.
        metadata: `conversation_id` names the conversation; `consent: "true"` gives the kit's consent.
        user: what the client calls the person.
    """

    model_config = _MODEL
    model: str = Field(max_length=200)
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    metadata: dict[str, Annotated[str, Field(max_length=512)]] | None = Field(default=None, max_length=16)
    user: str | None = Field(default=None, max_length=512)
    n: int | None = None
    response_format: Format | None = None

    def not_obeyed(self) -> list[str]:
        """Names of what was asked for and is not done."""
        asked = [name for name in NOT_OBEYED if (self.model_extra or {}).get(name) is not None]
        told = {"system", "developer", "tool", "function"} & {message.role for message in self.messages}
        return [*sorted(told), *asked]

    def checked(self) -> "ChatIn":
        """The request itself.

        Raises:
            Refused: it asks for what would not be what the client takes it for.
        """
        if self.n not in (None, 1):
            raise _refused("n", "a bot gives one answer")
        if self.response_format is not None and self.response_format.type != "text":
            raise _refused("response_format", "a bot answers in plain text")
        if self.messages[-1].role != "user":
            raise _refused("messages", "the last message must be the user's")
        return self


def completion(about: dict[str, Any], text: str, usage: dict[str, int], more: dict[str, Any]) -> dict[str, Any]:
    """A whole answer."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, "refusal": None},
        "logprobs": None,
        "finish_reason": "stop",
    }
    return {**about, "object": "chat.completion", "choices": [choice], "usage": usage, "kitwright": more}


def chunk(about: dict[str, Any], delta: dict[str, str] | None, end: str | None = None, **more: Any) -> dict[str, Any]:
    """A piece of an answer; without a delta the one that carries the usage."""
    choices: Sequence[dict[str, Any]] = (
        [] if delta is None else [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": end}]
    )
    return {**about, "object": "chat.completion.chunk", "choices": choices, **more}


def _refused(place: str, problem: str) -> Refused:
    return Refused(Fault(code="KW106", place=f"body.{place}", problem=problem))
