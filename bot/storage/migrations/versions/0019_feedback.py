"""What readers say, and what is told them about corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add empty tables: nobody has said anything yet."""
    op.create_table(
        "votes",
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("issue_slug", sa.String(50), primary_key=True),
        sa.Column("part", sa.String(64), primary_key=True),
        sa.Column("likes", sa.Boolean, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mistakes",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("asked", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("issue_slug", sa.String(50), nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("answer_state", sa.String(16)),
    )
    op.create_index("mistakes_of_person", "mistakes", ["person", "at"])
    _add_weeks()
    _add_corrections()


def _add_weeks() -> None:
    op.create_table(
        "readings",
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("topic", sa.String(64), primary_key=True),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "week_counts",
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("topic", sa.String(64), primary_key=True),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer),
    )
    op.create_table(
        "weeks",
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )


def _add_corrections() -> None:
    op.create_table(
        "former_texts",
        sa.Column("issue_slug", sa.String(50), primary_key=True),
        sa.Column("edition", sa.String(12), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "told_corrections",
        sa.Column("issue_slug", sa.String(50), primary_key=True),
        sa.Column("edition", sa.String(12), primary_key=True),
    )


def downgrade() -> None:
    """Forget what readers said."""
    tables = ("told_corrections", "former_texts", "weeks", "week_counts", "readings", "mistakes", "votes")
    for table in tables:
        op.drop_table(table)
