"""The words of an entry as one text on PostgreSQL, where they were full-text vectors.

The functions and signs are written out: a step stays as it was when the program goes on.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIELDS = ("title", "tags", "summary")
ITEM_TOKENS = """CREATE OR REPLACE FUNCTION item_tokens(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT array_to_tsvector(array(
        SELECT CASE WHEN starts_with(piece, '~') THEN substr(piece, place, 2) ELSE piece END
        FROM unnest(string_to_array(trim($1), ' ')) AS piece,
             generate_series(2, CASE WHEN starts_with(piece, '~') THEN length(piece) ELSE 2 END) AS place
        WHERE piece <> ''
    ))
$$"""


def upgrade() -> None:
    """Change the columns, emptied: the program fills them anew while it serves."""
    if op.get_bind().dialect.name != "postgresql":
        return
    _emptied()
    for field in FIELDS:
        op.alter_column("item_words", field, type_=sa.Text, postgresql_using="''")
    op.execute("ALTER TABLE item_words ALTER summary SET STORAGE MAIN")
    op.execute(ITEM_TOKENS)
    op.execute(
        """CREATE INDEX item_index ON item_words
        USING gin (item_tokens(title), item_tokens(tags), item_tokens(summary))
        WITH (gin_pending_list_limit = 1024)"""
    )


def downgrade() -> None:
    """Change them back, emptied."""
    if op.get_bind().dialect.name != "postgresql":
        return
    _emptied()
    for field in FIELDS:
        op.alter_column("item_words", field, type_=postgresql.TSVECTOR, postgresql_using="''::tsvector")
    op.execute("DROP FUNCTION item_tokens")
    op.execute(
        "CREATE INDEX item_index ON item_words USING gin (title, tags, summary) WITH (fastupdate = off)"
    )


def _emptied() -> None:
    op.drop_index("item_index", "item_words")
    op.execute("DELETE FROM item_words")
    op.execute("UPDATE indexed_issues SET fingerprint = ''")
