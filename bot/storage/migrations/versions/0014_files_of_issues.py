"""Issues know their file, whether it is there, and the moment at which it wants them to go out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NEW: dict[str, sa.types.TypeEngine[Any]] = {
    "publish_at": _MOMENT,
    "file": sa.Text(),
    "file_slug": sa.String(50),
    "file_away": _MOMENT,
}


def upgrade() -> None:
    """Add the columns; the next reading of the folder fills them."""
    for name, kind in _NEW.items():
        op.add_column("issues", sa.Column(name, kind))


def downgrade() -> None:
    """Drop them. An older program knows no draft: it must neither send one nor show it."""
    op.execute("UPDATE issues SET state = 'retracted' WHERE state IN ('draft', 'called off')")
    for name in _NEW:
        op.drop_column("issues", name)
