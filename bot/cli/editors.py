"""jianbao editors: in which chat editors see drafts, and say whether they may go out."""

from bot.cli.role_chat import Role, commands_of
from bot.model import ChatRole

_ROLE = Role(
    role=ChatRole.EDITORS,
    command="editors",
    title="editors' chat",
    name="the editors' chat",
    advice="in a private chat or in a group that you administer, whose members will all be editors",
    named=lambda settings: settings.editors.chat,
)

editors = commands_of(_ROLE, "Claim, show and forget the chat where editors see drafts and approve them.")
