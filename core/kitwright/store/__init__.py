"""The store: conversations as append-only, scrubbed events."""

from kitwright.store.sql import SqlStore

__all__ = ["SqlStore"]
