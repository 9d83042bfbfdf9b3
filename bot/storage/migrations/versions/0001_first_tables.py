"""Issues, subscribers, deliveries and marks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
OPEN_ROWS = sa.text("state IN ('planned', 'sending')")


def upgrade() -> None:
    """Make the four tables."""
    _issues()
    _subscribers()
    _deliveries()
    op.create_table(
        "marks",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("at", TIME, nullable=False),
    )


def downgrade() -> None:
    """Drop them, the one that refers to another first."""
    for table in ("deliveries", "marks", "subscribers", "issues"):
        op.drop_table(table)


def _issues() -> None:
    op.create_table(
        "issues",
        sa.Column("slug", sa.String(50), primary_key=True),
        sa.Column("title", sa.Text),
        sa.Column("date", sa.Date),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("published_at", TIME),
    )


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("cut", sa.Text, nullable=False),
        sa.Column("joined_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("purpose", sa.String(16), primary_key=True),
        sa.Column("cut", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_part", sa.Integer, nullable=False),
        sa.Column("message_ids", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("planned_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
    )
    _index("deliveries_due", ["purpose", "not_before", "planned_at"])
    _index("deliveries_of_chat", ["chat_id"])


def _index(name: str, columns: list[str]) -> None:
    op.create_index(name, "deliveries", columns, sqlite_where=OPEN_ROWS, postgresql_where=OPEN_ROWS)
