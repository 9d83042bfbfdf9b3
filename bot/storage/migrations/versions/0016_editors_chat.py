"""The chat of the editors, beside the admin chat, and what they approve."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SEAT = "named, chat_id, language, at"


def upgrade() -> None:
    """Let each role have a chat; the admin chat stays, a code that claims it has to be made anew."""
    op.create_table(
        "role_chats",
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("named", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("language", sa.String(8)),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.execute(f"INSERT INTO role_chats (role, {_SEAT}) SELECT 'admin', {_SEAT} FROM admin_chats")  # noqa: S608  # our own names
    op.drop_table("admin_chats")
    op.drop_table("claim_codes")
    op.create_table(
        "claim_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
    )
    op.create_table(
        "approvals",
        sa.Column("slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "desk_messages",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.Column("shown", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Keep the admin chat alone, and only its code; nothing waits for an editor any more."""
    op.execute("DELETE FROM holds WHERE held_by = 'approval'")
    op.drop_table("desk_messages")
    op.drop_table("approvals")
    op.create_table(
        "admin_chats",
        sa.Column("named", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("language", sa.String(8)),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.execute(f"INSERT INTO admin_chats ({_SEAT}) SELECT {_SEAT} FROM role_chats WHERE role = 'admin'")  # noqa: S608  # as above
    op.drop_table("role_chats")
    op.execute("DELETE FROM claim_codes WHERE role <> 'admin'")
    op.drop_column("claim_codes", "role")
