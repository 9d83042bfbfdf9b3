"""An index of items: what is listed, opened and searched for without reading an issue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TOKENS = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")
FULL_TEXT = {
    "sqlite": (
        """CREATE VIRTUAL TABLE item_index USING fts5(
            title, tags, summary,
            content=item_words, content_rowid=item, columnsize=0, tokenize="ascii tokenchars '.+#'"
        )""",
        """CREATE TRIGGER item_words_added AFTER INSERT ON item_words BEGIN
            INSERT INTO item_index (rowid, title, tags, summary)
            VALUES (new.item, new.title, new.tags, new.summary);
        END""",
        """CREATE TRIGGER item_words_removed AFTER DELETE ON item_words BEGIN
            INSERT INTO item_index (item_index, rowid, title, tags, summary)
            VALUES ('delete', old.item, old.title, old.tags, old.summary);
        END""",
    ),
    "postgresql": (
        "CREATE INDEX item_index ON item_words USING gin (title, tags, summary) WITH (fastupdate = off)",
    ),
}


def upgrade() -> None:
    """Make the tables, empty: the program fills them while it serves."""
    op.create_index("issues_by_state", "issues", ["state", "slug"])
    _indexed_issues()
    _items()
    _item_topics()
    _item_urls()
    _item_words()


def downgrade() -> None:
    """Drop them; the program makes them anew when it comes back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE item_index")
    for table in ("item_words", "item_urls", "item_topics", "items", "indexed_issues"):
        op.drop_table(table)
    op.drop_index("issues_by_state", "issues")


def _of_issue() -> "sa.Column[str]":
    return sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), nullable=False)


def _of_item() -> "sa.Column[int]":
    item = sa.ForeignKey("items.id", ondelete="CASCADE")
    return sa.Column("item", ROW_ID, item, primary_key=True, autoincrement=False)


def _indexed_issues() -> None:
    op.create_table(
        "indexed_issues",
        sa.Column("number", sa.Integer, primary_key=True),
        _of_issue(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.UniqueConstraint("issue_slug"),
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=False),
        _of_issue(),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("section_slug", sa.Text, nullable=False),
        sa.Column("section_heading", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("addresses", sa.Text, nullable=False),
    )
    op.create_index("items_of_issue", "items", ["issue_slug", "item_id"])


def _item_topics() -> None:
    op.create_table(
        "item_topics",
        sa.Column("topic", sa.Text, primary_key=True),
        _of_item(),
        sqlite_with_rowid=False,
    )
    op.create_index("topics_of_item", "item_topics", ["item"])


def _item_urls() -> None:
    op.create_table(
        "item_urls",
        sa.Column("address", sa.Text, primary_key=True),
        _of_item(),
        sqlite_with_rowid=False,
    )
    op.create_index("urls_of_item", "item_urls", ["item"])


def _item_words() -> None:
    op.create_table(
        "item_words",
        _of_item(),
        sa.Column("title", TOKENS, nullable=False),
        sa.Column("tags", TOKENS, nullable=False),
        sa.Column("summary", TOKENS, nullable=False),
    )
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)
