"""The store: conversations as append-only, scrubbed events, ratings of replies, and sealed vaults beside them."""

from kitwright.store.ratings import Rating, Ratings
from kitwright.store.sql import SqlStore
from kitwright.store.vaults import SqlVaults

__all__ = ["Rating", "Ratings", "SqlStore", "SqlVaults"]
