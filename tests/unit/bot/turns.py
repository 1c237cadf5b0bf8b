"""A turn to give to single steps, and a screen that says nothing."""

from collections.abc import Callable
from datetime import UTC, datetime

from kitwright.privacy import MemoryVault
from kitwright.types import Decision, RawText, ScrubbedText, Turn

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def turn_of(text: str = "hello", *, emit: Callable[[ScrubbedText], None] = lambda _piece: None) -> Turn:
    return Turn(conversation_id="c", turn_id="t", received=RawText(text), at=NOW, vault=MemoryVault(), emit=emit)


def says(response: str) -> Decision:
    """Stands for the kit's responses: says the response's name."""
    return Decision(kind="say", why=response, texts=(ScrubbedText(response),))
