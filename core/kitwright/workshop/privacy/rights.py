"""Export, deletion and retention for a bot by its name; no model is loaded, and its own process may be running."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kitwright.bot import Forgotten, exported, forget, store_of
from kitwright.kit import BotFile, load_bot_file, load_kit
from kitwright.store import SqlStore


@dataclass(frozen=True, slots=True)
class Purged:
    """The ids of the conversations that were deleted, in which nothing had happened for so many days."""

    days: int
    conversations: tuple[str, ...]


def export(bot: str, conversation_id: str, *, kit_paths: Sequence[Path] = ()) -> dict[str, object]:
    """All that is kept of a conversation.

    Raises:
        UsageError: there is no such bot or conversation.
        StoreFailed: its store can not be read.
    """
    with _store(bot, kit_paths) as (file, store):
        return exported(store, file.name, conversation_id)


def delete(bot: str, conversation_id: str, *, kit_paths: Sequence[Path] = ()) -> Forgotten:
    """Delete a conversation for good.

    Raises:
        UsageError: there is no such bot or conversation.
        StoreFailed: nothing was deleted.
    """
    with _store(bot, kit_paths) as (file, store):
        return forget(store, file.name, conversation_id)


def purge(bot: str, *, kit_paths: Sequence[Path] = ()) -> Purged:
    """Delete the conversations that the bot's kit keeps no longer.

    Raises:
        UsageError: there is no such bot.
        StoreFailed: nothing was deleted.
    """
    with _store(bot, kit_paths) as (file, store):
        days = load_kit(file.kit, kit_paths=kit_paths).privacy.retention_days
        return Purged(days, store.purge(file.name, before=datetime.now(UTC) - timedelta(days=days)))


@contextmanager
def _store(bot: str, kit_paths: Sequence[Path]) -> Iterator[tuple[BotFile, SqlStore]]:
    file = load_bot_file(bot, kit_paths=kit_paths)
    with closing(store_of(file)) as store:
        yield file, store
