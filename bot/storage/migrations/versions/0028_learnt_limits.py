"""A limit that Telegram taught the bot is kept over a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "learnt_limits",
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("low", sa.Double, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("slow_since", _MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("learnt_limits")
