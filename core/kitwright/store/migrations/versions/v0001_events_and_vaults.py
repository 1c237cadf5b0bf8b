"""Events and sealed vaults, as they were made before there were migrations; what is there already stays."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables unless they are there."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("bot", sa.String(80), nullable=False),
        sa.Column("conversation_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("events_by_conversation", "events", ["bot", "conversation_id", "id"], if_not_exists=True)
    op.create_index("events_by_time", "events", ["bot", "at"], if_not_exists=True)
    op.create_table(
        "vaults",
        sa.Column("bot", sa.String(80), primary_key=True),
        sa.Column("conversation_id", sa.String(80), primary_key=True),
        sa.Column("expires", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_vaults_expires", "vaults", ["expires"], if_not_exists=True)
