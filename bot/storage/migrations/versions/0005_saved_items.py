"""What readers keep, the cuts behind buttons, and the words that were ever indexed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let every issue be indexed anew: its words are not known yet."""
    op.create_table("index_words", sa.Column("word", sa.Text, primary_key=True), sqlite_with_rowid=False)
    op.create_table(
        "saved_items",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("issue_slug", sa.String(50), primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_index("saved_of_chat", "saved_items", ["chat_id", "saved_at"])
    op.create_table(
        "cuts",
        sa.Column("name", sa.String(8), primary_key=True),
        sa.Column("cut", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("UPDATE indexed_issues SET fingerprint = ''")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("cuts")
    op.drop_index("saved_of_chat", "saved_items")
    op.drop_table("saved_items")
    op.drop_table("index_words")
