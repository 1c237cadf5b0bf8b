"""Every table of the store, the same on SQLite and on PostgreSQL; the migrations lead to exactly this.

A conversation is deleted from all tables that have the columns `bot` and `conversation_id`; `audit` keeps a hash of the
id instead, so that what the staff did stays on record when a person has their data deleted.
"""

from typing import Final

import sqlalchemy as sa

TABLES: Final = sa.MetaData()

EVENTS: Final = sa.Table(
    "events",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("bot", sa.String(80), nullable=False),
    sa.Column("conversation_id", sa.String(80), nullable=False),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index("events_by_conversation", "bot", "conversation_id", "id"),
    sa.Index("events_by_time", "bot", "at"),
    # A number is never given twice: clients name the last one they saw, and may come back after it was deleted.
    sqlite_autoincrement=True,
)

TURNS: Final = sa.Table(
    "turns",
    TABLES,
    sa.Column("bot", sa.String(80), primary_key=True),
    sa.Column("conversation_id", sa.String(80), primary_key=True),
    sa.Column("turn_id", sa.String(80), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("first_event", sa.Integer, nullable=False),
    sa.Column("last_event", sa.Integer, nullable=False),
    sa.Column("trace", sa.Text, nullable=False),
    sa.Index("turns_by_event", "bot", "conversation_id", "last_event"),
)

RATINGS: Final = sa.Table(
    "ratings",
    TABLES,
    sa.Column("bot", sa.String(80), primary_key=True),
    sa.Column("conversation_id", sa.String(80), primary_key=True),
    sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("value", sa.Integer, nullable=False),
    sa.Column("reason", sa.String(40)),
    sa.Column("comment", sa.Text),
    sa.Column("better", sa.Text),
    sa.Index("ratings_by_time", "bot", "at"),
)

VAULTS: Final = sa.Table(
    "vaults",
    TABLES,
    sa.Column("bot", sa.String(80), primary_key=True),
    sa.Column("conversation_id", sa.String(80), primary_key=True),
    sa.Column("expires", sa.String(32), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)

STAFF: Final = sa.Table(
    "staff",
    TABLES,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("hash", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)

AUDIT: Final = sa.Table(
    "audit",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("who", sa.String(80), nullable=False),
    sa.Column("what", sa.String(80), nullable=False),
    sa.Column("bot", sa.String(80)),
    sa.Column("conversation", sa.String(64)),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Index("audit_by_time", "at"),
)

STAFF_SESSIONS: Final = sa.Table(
    "staff_sessions",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False, index=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("expires", sa.String(32), nullable=False),
)

CANNED: Final = sa.Table(
    "canned_replies",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("bot", sa.String(80), nullable=False, index=True),
    sa.Column("title", sa.String(80), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
