"""What the second reader answered, and how often it was asked in which month."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "second_readings",
        sa.Column("question", sa.String(64), primary_key=True),
        sa.Column("yes", sa.Boolean),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "second_reader_months",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("requests", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Forget them: an earlier program asks nobody."""
    op.drop_table("second_reader_months")
    op.drop_table("second_readings")
