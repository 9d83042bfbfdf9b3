"""What a topic of a forum is called, so that whoever is told of it knows which one is meant."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that there are nobody knows it."""
    op.add_column("threads", sa.Column("name", sa.Text))


def downgrade() -> None:
    """Forget the names."""
    op.drop_column("threads", "name")
