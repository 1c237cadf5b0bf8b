"""Where the vaults of a bot's conversations are: in memory alone, or sealed in a store as well.

Memory alone loses all values with the process, and a conversation that is picked up later asks for them again. Sealed,
they come back to their owner after a restart, until their lifetime is over.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import platformdirs

from kitwright.kit import BotFile
from kitwright.privacy import MemoryVault, Seal, vault_key
from kitwright.protocols import VaultStore
from kitwright.store import SqlVaults


class Vaults(Protocol):
    """Opens, keeps and forgets the vaults of one bot's conversations."""

    lifetime: timedelta
    """How long values stay after the last use."""

    def open(self, conversation_id: str, taken: Iterable[str]) -> MemoryVault:
        """A conversation's vault as it was kept, or an empty one that gives out none of the placeholders `taken`."""
        ...

    def keep(self, conversation_id: str, vault: MemoryVault) -> None:
        """Keep a vault that has new values.

        Raises:
            StoreFailed: it could not be kept.
        """
        ...

    def forget(self, conversation_id: str) -> None:
        """Remove a vault for good.

        Raises:
            StoreFailed: it may still be there.
        """
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...


class MemoryVaults:
    """Nothing is kept beyond the process.

    Args:
        lifetime: how long values stay after the last use.
    """

    def __init__(self, lifetime: timedelta = timedelta(hours=24)) -> None:
        self.lifetime = lifetime

    def open(self, _conversation_id: str, taken: Iterable[str]) -> MemoryVault:
        """An empty vault."""
        return MemoryVault(taken=taken)

    def keep(self, _conversation_id: str, _vault: MemoryVault) -> None:
        """Nothing is kept."""

    def forget(self, _conversation_id: str) -> None:
        """Nothing was kept."""

    def close(self) -> None:
        """Nothing to release."""


class SealedVaults:
    """Vaults are kept encrypted.

    Args:
        store: where they lie; it can not open them.
        seal: holds their key.
        bot: the bot's name.
        lifetime: how long values stay after they were kept last.
    """

    def __init__(self, store: VaultStore, seal: Seal, bot: str, lifetime: timedelta) -> None:
        self.lifetime = lifetime
        self._store = store
        self._seal = seal
        self._bot = bot

    def open(self, conversation_id: str, taken: Iterable[str]) -> MemoryVault:
        """A conversation's vault with the values that were kept; none if the key or the lifetime is another's."""
        sealed = self._store.load(self._bot, conversation_id)
        values = self._seal.open(sealed, owner=self._owner(conversation_id)) if sealed else None
        return MemoryVault(values=values, taken=taken)

    def keep(self, conversation_id: str, vault: MemoryVault) -> None:
        """Seal and keep a vault."""
        sealed = self._seal.close(vault.values(), owner=self._owner(conversation_id))
        self._store.save(self._bot, conversation_id, sealed, expires=datetime.now(UTC) + self.lifetime)

    def forget(self, conversation_id: str) -> None:
        """Remove a vault."""
        self._store.forget(self._bot, conversation_id)

    def close(self) -> None:
        """Release the store."""
        self._store.close()

    def _owner(self, conversation_id: str) -> str:
        return f"{self._bot}/{conversation_id}"


def _own_key_file() -> Path:
    """Apart from the data folder, so that a copy of the conversations is not a copy of the key."""
    return Path(platformdirs.user_config_dir("kitwright")) / "vault.key"


def vaults_of(file: BotFile, store_url: str) -> Vaults:
    """The vaults that bot.yaml asks for.

    Args:
        file: says whether they are sealed, and where their key is.
        store_url: of the conversations; the vaults lie beside them.

    Raises:
        StoreFailed: the key can not be used, or the database not be opened.
    """
    settings = file.vault
    lifetime = timedelta(hours=settings.hours)
    if settings.kind == "memory":
        return MemoryVaults(lifetime)
    key_file = file.path.parent / settings.key_file if settings.key_file else _own_key_file()
    seal = Seal(vault_key(settings.key_env, key_file))
    rows = SqlVaults(store_url)
    rows.purge()
    return SealedVaults(rows, seal, file.name, lifetime)
