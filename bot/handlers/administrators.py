"""Who may decide for a chat: its person; in a group its administrators, and who let the bot in.

An administrator who stays anonymous writes in the group's own name, and the channel that a group is linked
to writes in its name: both decide. Any other channel that speaks in a group is nobody's word there.
"""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from telegram import Chat, Update
from telegram.constants import ChatType

from bot.errors import SendError, StoreError
from bot.handlers.throttled import ChatGateway
from bot.model import GroupChat

log = structlog.get_logger()

BELIEVED = timedelta(minutes=5)  # what Telegram said of a chat
_MINUTE = timedelta(minutes=1)
_MOST_ASKED = 10  # times a minute that Telegram is asked whether somebody became an administrator
_MOST_CHATS = 10_000  # that are remembered


class Groups(Protocol):
    """What is known of groups."""

    async def get(self, chat_id: int) -> GroupChat: ...


@dataclass(slots=True)
class _Known:
    """What Telegram said of a chat: who administers it, and until when that is believed.

    ``host_until``: so long it is believed that who let the bot in is a member.
    """

    people: frozenset[int]
    until: datetime
    asked: deque[datetime] = field(default_factory=lambda: deque(maxlen=_MOST_ASKED))
    host_until: datetime | None = None

    def must_ask(self, person: int, now: datetime, *, at_once: bool) -> bool:
        """Whether Telegram is to be asked of the person; not of others once it was asked too often."""
        if now >= self.until:
            return True
        if person in self.people:
            return at_once
        return len(self.asked) < _MOST_ASKED or self.asked[0] <= now - _MINUTE


class Administrators:
    """Asks Telegram who administers a chat, and believes it for minutes or until an update says otherwise."""

    def __init__(self, groups: Groups, now: Callable[[], datetime]) -> None:
        self._groups = groups
        self._now = now
        self._known: OrderedDict[int, _Known] = OrderedDict()

    @property
    def remembered(self) -> int:
        """Of how many chats it is known who administers them."""
        return len(self._known)

    async def may_decide(self, update: Update, telegram: ChatGateway, *, at_once: bool = False) -> bool:
        """Whether who did it may decide for the chat; False where Telegram does not say.

        ``at_once`` asks Telegram although it said so before.
        """
        chat, user, message = update.effective_chat, update.effective_user, update.message
        if chat is None or chat.type == ChatType.PRIVATE:
            return True
        try:
            if message is not None and message.sender_chat is not None:
                return await _speaks_for(message.sender_chat, chat, telegram)
            return user is not None and await self._decides(chat.id, user.id, telegram, at_once=at_once)
        except SendError as error:
            log.warning("administrators_unknown", chat=chat.id, reason=error.reason)
            return False

    def hear(self, chat_id: int, person: int, *, administers: bool, is_there: bool) -> None:
        """Note what an update says of somebody."""
        if known := self._known.get(chat_id):
            known.people = known.people | {person} if administers else known.people - {person}
            known.host_until = known.host_until if is_there else None

    def forget(self, chat_id: int) -> None:
        """Remember nothing of a chat."""
        self._known.pop(chat_id, None)

    async def _decides(self, chat_id: int, person: int, telegram: ChatGateway, *, at_once: bool) -> bool:
        known = self._known.get(chat_id)
        if known is None or known.must_ask(person, self._now(), at_once=at_once):
            known = await self._ask(chat_id, telegram)
        return person in known.people or await self._is_host(chat_id, person, known, telegram, at_once)

    async def _ask(self, chat_id: int, telegram: ChatGateway) -> _Known:
        people = await telegram.administrators(chat_id)
        now = self._now()
        known = self._known.setdefault(chat_id, _Known(people, now))
        known.people, known.until = people, now + BELIEVED
        known.asked.append(now)
        self._known.move_to_end(chat_id)
        if len(self._known) > _MOST_CHATS:
            self._known.popitem(last=False)
        return known

    async def _is_host(
        self,
        chat_id: int,
        person: int,
        known: _Known,
        telegram: ChatGateway,
        at_once: bool,  # noqa: FBT001  # handed on
    ) -> bool:
        """Whether the person let the bot in, and is a member still."""
        try:
            if (await self._groups.get(chat_id)).added_by != person:
                return False
        except StoreError as error:
            log.debug("group_not_read", chat=chat_id, reason=str(error))
            return False
        now = self._now()
        if at_once or known.host_until is None or now >= known.host_until:
            known.host_until = now + BELIEVED if await telegram.is_member(chat_id, person) else None
        return known.host_until is not None


async def _speaks_for(sender: Chat, chat: Chat, telegram: ChatGateway) -> bool:
    return sender.id == chat.id or sender.id == await telegram.linked_chat(chat.id)
