"""What editors answered about the topics of issues that come from a repository."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "topic_answers",
        sa.Column("slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("topic", sa.String(64), primary_key=True),
        sa.Column("yes", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Forget them: an earlier program keeps none."""
    op.drop_table("topic_answers")
