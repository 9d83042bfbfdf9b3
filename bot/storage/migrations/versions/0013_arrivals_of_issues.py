"""Who came is counted with the issue that was the newest one out, as it was told until now: it stays so."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: The end of a quarter of an hour, as far as an issue counts with those who came in it.
_END = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', at, '+15 minutes')",
    "postgresql": "at + interval '15 minutes'",
}
_GIVEN = """
UPDATE tallies SET issue_slug = COALESCE((
    SELECT slug FROM issues WHERE published_at < {0} AND slug NOT LIKE 'notice:%'
    ORDER BY published_at DESC, slug DESC LIMIT 1
), '')
WHERE what IN ('joined', 'returned')
"""


def upgrade() -> None:
    """Give each count its issue; the counts of an import among them can be told apart no more."""
    op.execute(_GIVEN.format(_END[op.get_bind().dialect.name]))


def downgrade() -> None:
    """Leave them: an older program looks at the times alone."""
