"""jianbao admin: which chat is told what matters and may command."""

from bot.cli.role_chat import Role, commands_of
from bot.model import ChatRole

_ROLE = Role(
    role=ChatRole.ADMIN,
    command="admin",
    title="admin chat",
    name="the admin chat",
    advice="in a private chat or in a group that you administer",
    named=lambda settings: settings.admin.chat,
)

admin = commands_of(_ROLE, "Claim, show and forget the chat that is told what matters and takes commands.")
