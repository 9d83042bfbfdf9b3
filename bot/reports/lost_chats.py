"""The chats with a role that put the bot out, so that nobody is told or asked."""

from dataclasses import dataclass
from datetime import datetime

from bot.model import ChatRole
from bot.settings import Settings
from bot.storage import Storage
from bot.words.moments import moment

_WHAT = {
    ChatRole.ADMIN: ("the admin chat", "so nobody is told what matters"),
    ChatRole.EDITORS: ("the editors' chat", "so nobody is asked there"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LostChat:
    """A chat that had a role until it put the bot out; the settings may have ``named`` it."""

    role: ChatRole
    at: datetime
    named: int | None = None

    @property
    def what(self) -> str:
        """That it did, and what follows."""
        chat, follows = _WHAT[self.role]
        named = f" {self.named}" if self.named else ""
        return f"{chat}{named} put the bot out on {moment(self.at)}, {follows}"

    @property
    def advice(self) -> str:
        """What to do."""
        return "let the bot in again" if self.named else f"jianbao {self.role} code makes a code for another"


async def lost_chats(storage: Storage, settings: Settings) -> tuple[LostChat, ...]:
    """Those that are lost at present."""
    roles = (
        (storage.admin_chats, settings.admin.chat),
        (storage.editors_chats, settings.editors.chat),
    )
    found = [(chats.role, named, await chats.lost_at(named)) for chats, named in roles]
    return tuple(LostChat(role=role, at=at, named=named) for role, named, at in found if at)
