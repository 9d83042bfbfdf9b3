"""The ledger keeps every part, its aim and its version; plans, leases and updates have tables."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
OPEN_ROWS = sa.text("state IN ('planned', 'sending')")
KEPT = "issue_slug, chat_id, purpose, cut, state, attempts, not_before, reason, planned_at, updated_at"
#: A list of Telegram's ids as a list of [name, id, digest, uncertain].
PARTS = {
    "sqlite": "(SELECT json_group_array(json_array('', value, '', 0)) FROM json_each(message_ids))",
    "postgresql": "(SELECT coalesce(json_agg(json_build_array('', value, '', 0))::text, '[]')"
    " FROM jsonb_array_elements(message_ids::jsonb))",
}


def upgrade() -> None:
    """Rebuild the ledger, carrying its rows over, and make the new tables."""
    for index in ("deliveries_due", "deliveries_of_chat"):
        op.drop_index(index, table_name="deliveries")
    op.rename_table("deliveries", "old_deliveries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE old_deliveries RENAME CONSTRAINT deliveries_pkey TO old_deliveries_pkey")
    _deliveries()
    _carry_over()
    op.drop_table("old_deliveries")
    _indexes()
    op.add_column("issues", sa.Column("out_checksum", sa.String(64)))
    op.execute("UPDATE issues SET out_checksum = checksum WHERE state = 'published'")
    _plans()
    _leases()
    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
    )


def downgrade() -> None:
    """Refused: what of the parts is known now, the old table cannot hold."""
    raise RuntimeError("the ledger cannot go back to revision 0001; restore a backup made before")


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("purpose", sa.String(16), primary_key=True),
        sa.Column("cut", sa.Text, nullable=False),
        sa.Column("aim", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_part", sa.Integer, nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.Column("uncertain", sa.Integer, nullable=False),
        sa.Column("in_flight", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("edition", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("planned_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sqlite_with_rowid=False,
    )


def _carry_over() -> None:
    """The ids of the parts become parts without a name: the next program counts them by their place."""
    parts = PARTS[op.get_bind().dialect.name]
    op.execute(
        f"INSERT INTO deliveries ({KEPT}, next_part, parts, aim, uncertain, in_flight, edition, version)"  # noqa: S608  # our own words
        f" SELECT {KEPT}, next_part, {parts}, 'send', 0, false, '', 0 FROM old_deliveries"
    )


def _indexes() -> None:
    for name, columns in (
        ("deliveries_due", ["purpose", "not_before", "planned_at", "issue_slug"]),
        ("deliveries_of_chat", ["chat_id"]),
    ):
        op.create_index(name, "deliveries", columns, sqlite_where=OPEN_ROWS, postgresql_where=OPEN_ROWS)


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("aim", sa.String(16), nullable=False),
        sa.Column("after", sa.BigInteger),
        sa.Column("swept", sa.Boolean, nullable=False),
        sa.Column("begun_at", TIME, nullable=False),
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("token", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.Double, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
