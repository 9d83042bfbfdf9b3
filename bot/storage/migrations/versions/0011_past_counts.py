"""How many rows of the ledger were deleted, so that counts stay when rows go."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "past_counts",
        sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("state", sa.String(16), primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("past_counts")
