"""In which topic of a forum a mistake was reported, so that it is answered there."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let those that there are belong to the chats themselves."""
    op.add_column("mistakes", sa.Column("thread", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget the topics."""
    op.drop_column("mistakes", "thread")
