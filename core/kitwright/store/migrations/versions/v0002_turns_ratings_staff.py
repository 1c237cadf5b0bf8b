"""Turns with their traces, ratings, staff and audit; numbers of events that SQLite never gives twice."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("events", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
    _conversations()
    _people()


def _conversations() -> None:
    op.create_table(
        "turns",
        sa.Column("bot", sa.String(80), primary_key=True),
        sa.Column("conversation_id", sa.String(80), primary_key=True),
        sa.Column("turn_id", sa.String(80), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("first_event", sa.Integer, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("trace", sa.Text, nullable=False),
    )
    op.create_index("turns_by_event", "turns", ["bot", "conversation_id", "last_event"])
    op.create_table(
        "ratings",
        sa.Column("bot", sa.String(80), primary_key=True),
        sa.Column("conversation_id", sa.String(80), primary_key=True),
        sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("comment", sa.Text),
        sa.Column("better", sa.Text),
    )
    op.create_index("ratings_by_time", "ratings", ["bot", "at"])


def _people() -> None:
    op.create_table(
        "staff",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("hash", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("bot", sa.String(80)),
        sa.Column("conversation", sa.String(64)),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("audit_by_time", "audit", ["at"])
