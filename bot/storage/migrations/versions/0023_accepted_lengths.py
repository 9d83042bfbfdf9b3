"""Up to how many messages an operator lets an issue be."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is accepted yet: what is held for its length stays so."""
    op.create_table(
        "accepted_lengths",
        sa.Column("slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("messages", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """What was accepted is held again, once it is measured."""
    op.drop_table("accepted_lengths")
