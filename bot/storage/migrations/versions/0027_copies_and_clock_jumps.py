"""A copy of another issue is held by a reason of its own; how the clock was put is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_COPIES = (
    "UPDATE holds SET held_by = '{}' WHERE held_by = '{}' AND why LIKE 'it tells what % told, whose file%'"
)


def upgrade() -> None:
    """Name the reason of those that are held, and make the table."""
    op.execute(_COPIES.format("copy", "date"))
    op.create_table(
        "clock_jumps",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("before", _MOMENT, nullable=False),
        sa.Column("after", _MOMENT, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
    )


def downgrade() -> None:
    """Let them be held as an earlier program holds them."""
    op.drop_table("clock_jumps")
    op.execute(_COPIES.format("date", "copy"))
