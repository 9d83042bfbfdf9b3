"""A reader's hours: when what comes out goes to a subscriber, and what a delivery waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_DEFERRED = sa.text("state IN ('planned', 'sending') AND reason IS NOT NULL")


def upgrade() -> None:
    """Let everybody get what comes out at once, as before."""
    op.add_column("subscribers", _text("hours", 64))
    op.add_column("deliveries", _text("hours", 64))
    op.add_column("deliveries", sa.Column("earlier", sa.Text, nullable=False, server_default=""))
    op.create_index(
        "deliveries_deferred",
        "deliveries",
        ["chat_id", "not_before"],
        sqlite_where=_DEFERRED,
        postgresql_where=_DEFERRED,
    )


def downgrade() -> None:
    """Let what waits for its hour go at once."""
    op.execute(
        "UPDATE deliveries SET not_before = '2000-01-01 00:00:00.000000'"
        " WHERE hours <> '' AND reason IS NULL AND state = 'planned'"
    )
    op.drop_index("deliveries_deferred", table_name="deliveries")
    op.drop_column("deliveries", "earlier")
    op.drop_column("deliveries", "hours")
    op.drop_column("subscribers", "hours")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")
