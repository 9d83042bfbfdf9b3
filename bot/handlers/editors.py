"""Who is an editor at this moment: the person of the editors' chat, or any member of the group that it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from telegram import Update
from telegram.constants import ChatType

from bot.errors import SendError
from bot.handlers.known_chat import KnownChat
from bot.handlers.throttled import ChatGateway

log = structlog.get_logger()

REMEMBERED = timedelta(seconds=3)  # that Telegram said somebody is a member


class Editors:
    """Asks Telegram who is a member of the group, and believes it for seconds."""

    def __init__(self, place: KnownChat, now: Callable[[], datetime]) -> None:
        self.place = place
        self._now = now
        self._members: dict[tuple[int, int], datetime] = {}

    async def may_edit(self, update: Update, telegram: ChatGateway) -> bool:
        """Whether an editor does it, in the editors' chat; False where Telegram does not say."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or not await self.place.is_here(chat.id):
            return False
        if chat.type == ChatType.PRIVATE:
            return user is not None and user.id == chat.id
        if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
            return False
        if update.message is not None and update.message.sender_chat is not None:
            return update.message.sender_chat == chat  # an administrator who stays anonymous
        return user is not None and await self._is_member(chat.id, user.id, telegram)

    async def _is_member(self, chat_id: int, person: int, telegram: ChatGateway) -> bool:
        known = self._members.get((chat_id, person))
        if known is not None and self._now() < known:
            return True
        self._members.pop((chat_id, person), None)
        try:
            is_member = await telegram.is_member(chat_id, person)
        except SendError as error:
            log.warning("members_unknown", chat=chat_id, reason=error.reason)
            return False
        if is_member:
            self._forget_old()
            self._members[chat_id, person] = self._now() + REMEMBERED
        return is_member

    def _forget_old(self) -> None:
        self._members = {one: until for one, until in self._members.items() if self._now() < until}
