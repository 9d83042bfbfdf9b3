"""An issue that comes from a git repository knows the commit that its text was found in."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is empty until a text is read anew."""
    op.add_column("issues", sa.Column("commit_id", sa.String(64)))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("issues", "commit_id")
