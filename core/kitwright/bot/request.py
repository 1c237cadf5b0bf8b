"""A message on its way to a bot, seen from outside: its own id, who looks on, and when to stop."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kitwright.types import Event, Stop


def _nobody(_piece: str) -> None:
    """Nobody looks on."""


def _never(_events: tuple[Event, ...]) -> bool:
    """The bot answers."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a message is to be answered.

    Args:
        id: the message's own; the same message, sent again, is answered once. None where it is not sent again.
        show: takes pieces of the reply, restored, as they become certain.
        stop: asks the turn to end early.
        silent: says, of the conversation so far, whether the message is only to be kept, since a person answers.
        must_exist: the conversation must have been opened, and not deleted since.
    """

    id: str | None = None
    show: Callable[[str], None] = field(default=_nobody, repr=False)
    stop: Stop = field(default_factory=Stop, repr=False)
    silent: Callable[[tuple[Event, ...]], bool] = field(default=_never, repr=False)
    must_exist: bool = False
