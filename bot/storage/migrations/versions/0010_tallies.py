"""What happened when is counted: who came and went, and what was pushed and asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: The beginning of a time's quarter of an hour.
_QUARTER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', strftime('%s', {0}) / 900 * 900, 'unixepoch')",
    "postgresql": "date_bin('15 minutes', {0}, 'epoch')",
}
_FOUND = """
INSERT INTO tallies (at, what, issue_slug, number)
SELECT {joined}, 'joined', '', count(*) FROM subscribers GROUP BY 1
UNION ALL
SELECT {planned}, CASE purpose WHEN 'push' THEN 'pushed' ELSE 'requested' END, issue_slug, count(*)
FROM deliveries GROUP BY 1, 2, issue_slug
"""
_MARK = "INSERT INTO marks (name, at) SELECT 'losses counted since', {0} FROM subscribers LIMIT 1"
_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', 'now')", "postgresql": "now()"}


def upgrade() -> None:
    """Count what the tables tell of; when somebody stopped or blocked the bot they do not."""
    op.create_table(
        "tallies",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("issue_slug", sa.String(50), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("at", "what", "issue_slug"),
        sqlite_with_rowid=False,
    )
    kind = op.get_bind().dialect.name
    quarter = _QUARTER[kind].format
    op.execute(_FOUND.format(joined=quarter("joined_at"), planned=quarter("planned_at")))
    op.execute(_MARK.format(_NOW[kind]))


def downgrade() -> None:
    """Drop the table; the counts are lost."""
    op.drop_table("tallies")
    op.execute("DELETE FROM marks WHERE name = 'losses counted since'")
