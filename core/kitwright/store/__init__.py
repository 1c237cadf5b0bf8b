"""The store: conversations as append-only, scrubbed events, and sealed vaults beside them."""

from kitwright.store.sql import SqlStore
from kitwright.store.vaults import SqlVaults

__all__ = ["SqlStore", "SqlVaults"]
