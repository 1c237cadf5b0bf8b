"""The shapes of what a kit brings as code; kits take and return plain data of these shapes.

A kit never imports Kitwright, so these are structural: its functions are ordinary, typed, and named one
by one in kit.yaml. A tool may have a keyword-only parameter `context`, which is filled in by the core and
is not part of the tool's schema.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NotRequired, Protocol, TypedDict

import numpy.typing as npt


class Context(TypedDict):
    """What the core tells kit code about the turn."""

    conversation_id: str
    now: str  # ISO 8601, UTC
    settings: Mapping[str, object]  # `settings` of bot.yaml
    state: NotRequired[Mapping[str, object]]  # what the kit's last verdict of this conversation asked to keep


class CommandContext(TypedDict):
    """What the core hands to a kit's commands and evals, in their parameter `context`."""

    encode: Callable[[Sequence[str]], npt.NDArray[Any]]  # texts to unit vectors, shape (texts, dimensions)


class Verdict(TypedDict):
    """What `screen` and `policy` return when they take the turn over."""

    text: str
    why: str
    handoff: NotRequired[bool]
    buttons: NotRequired[list[dict[str, str]]]  # title, payload
    state: NotRequired[Mapping[str, object]]  # JSON-able, of ids and numbers; comes back as the next context's `state`


class Objection(TypedDict):
    """What `check` returns when a reply must not be sent."""

    why: str
    instead: NotRequired[str]


class Tool(Protocol):
    """A function that looks something up or does something; returns JSON-able facts."""

    def __call__(self, **arguments: object) -> Mapping[str, object]:
        """Facts for these arguments."""
        ...


class Screen(Protocol):
    """Looks at every message before any model runs; sees raw text and must not keep it."""

    def __call__(self, text: str, context: Context) -> Verdict | None:
        """A verdict that ends the turn, or None."""
        ...


class Policy(Protocol):
    """May decide a turn after understanding and before flows."""

    def __call__(self, text: str, understanding: Mapping[str, object], context: Context) -> Verdict | None:
        """A decision, or None to leave it to the flows."""
        ...


class Check(Protocol):
    """Looks at a finished reply before it is sent."""

    def __call__(self, reply: str, evidence: list[str], context: Context) -> Objection | None:
        """An objection, or None to send the reply."""
        ...
