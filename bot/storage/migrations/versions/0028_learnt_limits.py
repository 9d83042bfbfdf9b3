"""A limit that Telegram taught the bot is kept over a restart; deleted pushes are counted apart."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PAST = ("issue_slug", "state", "rows")


def upgrade() -> None:
    """Make the table; what was deleted until now counts as pushes, as it did."""
    op.create_table(
        "learnt_limits",
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("low", sa.Double, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("slow_since", _MOMENT, nullable=False),
    )
    _make_past_anew(sa.Column("pushed", sa.Boolean, primary_key=True), pushed=True)


def downgrade() -> None:
    """Forget the limit, and what was pushed."""
    op.drop_table("learnt_limits")
    _make_past_anew()


def _make_past_anew(*more: sa.Column[bool], **values: bool) -> None:
    past = sa.table("past_counts", *map(sa.column, _PAST))
    issue_slug, state, rows = past.c
    counted = sa.select(issue_slug, state, sa.func.sum(rows)).group_by(issue_slug, state)
    found = [dict(zip(_PAST, row, strict=True)) | values for row in op.get_bind().execute(counted)]
    op.drop_table("past_counts")
    made = op.create_table(
        "past_counts",
        sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        *more,
        sa.Column("state", sa.String(16), primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
    )
    op.bulk_insert(made, found)
