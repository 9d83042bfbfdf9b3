"""Updates on their way from Telegram to the handlers: stored first, so that none is lost with the process."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

import orjson
import structlog
from telegram import Update

from bot.errors import BadInput, StoreError
from bot.runtime.application import TelegramApplication
from bot.telegram_api.polling import Account, Raw

log = structlog.get_logger()

#: Updates that may be in work at a time. Beyond it they are better kept at Telegram than in memory.
_MOST_AT_ONCE = 2000
_MOST_UPDATES = 1 << 63  # what a database counts to
#: What is asked inline is answered within seconds or not at all.
_PASSING = "inline_query"


class Updates(Protocol):
    """Where updates wait to be handled."""

    async def keep(self, update_id: int, update: str, now: datetime) -> None:
        """Store an update until it is handled."""

    async def note(self, update_id: int, now: datetime) -> None:
        """Record that an update was handled."""

    async def waiting(self) -> list[str]:
        """What was stored and not handled, in its order."""


class Inbox:
    """Stores updates and hands them to the application's handlers, while this process listens."""

    def __init__(
        self, application: TelegramApplication, updates: Updates, now: Callable[[], datetime]
    ) -> None:
        self._application = application
        self._updates = updates
        self._now = now
        self._listens = False

    @property
    def is_open(self) -> bool:
        """Whether this process handles updates, and has room for more."""
        processor = self._application.update_processor
        in_work = processor.current_concurrent_updates + self._application.update_queue.qsize()
        return self._listens and in_work < _MOST_AT_ONCE

    def listens(self, *, yes: bool) -> None:
        """Note whether this process listens: one of several does."""
        self._listens = yes

    def read(self, raw: Raw) -> Update:
        """An update as the handlers take it. Raises anything at all if it is of a kind not known yet."""
        return Update.de_json(raw, self._application.bot)

    async def hand_on(self, update: Update) -> None:
        """Let an update be handled."""
        await self._application.update_queue.put(update)

    async def take(self, body: bytes) -> None:
        """Store an update, which is JSON, and hand it on.

        Raises BadInput if it is none, and StoreError if it is not stored and should be brought again.
        """
        raw = _parsed(body)
        await self._keep(raw, body.decode())
        await self._begin(raw)

    async def keep(self, found: Sequence[Raw]) -> None:
        """Store updates that were fetched. If the database fails they are handled all the same."""
        try:
            await asyncio.gather(*(self._keep(raw, orjson.dumps(raw).decode()) for raw in found))
        except StoreError as error:
            log.warning("updates_not_stored", updates=len(found), reason=str(error))

    async def resume(self) -> None:
        """Hand on what an earlier process took in and did not handle."""
        try:
            left = await self._updates.waiting()
        except StoreError as error:
            log.warning("updates_not_resumed", reason=str(error))
            return
        if left:
            log.info("updates_resumed", updates=len(left))
        for update in left:
            await self._begin(orjson.loads(update))

    async def _keep(self, raw: Raw, text: str) -> None:
        if _PASSING not in raw:
            await self._updates.keep(raw["update_id"], text, self._now())

    async def _begin(self, raw: Raw) -> None:
        try:
            update = self.read(raw)
        except Exception:  # an object of a kind that the library does not know yet
            log.exception("update_unreadable", update=raw["update_id"])
            await self._updates.note(raw["update_id"], self._now())
        else:
            await self.hand_on(update)


class StoredUpdates:
    """Updates as ``account`` fetches them, stored before the next request confirms them."""

    def __init__(self, account: Account, inbox: Inbox) -> None:
        self._account = account
        self._inbox = inbox

    async def raw_updates(
        self,
        *,
        offset: int | None,
        timeout: int,  # noqa: ASYNC109  # Telegram's parameter, not ours to wait
        allowed: Sequence[str],
    ) -> list[Raw]:
        """Fetch updates from ``offset`` on, which confirms all earlier ones, and store them."""
        found = await self._account.raw_updates(offset=offset, timeout=timeout, allowed=allowed)
        await self._inbox.keep(found)
        return found


def _parsed(body: bytes) -> Raw:
    try:
        raw: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        raw = None
    if not isinstance(raw, dict):
        raise BadInput("not an update")
    number = raw.get("update_id")
    if type(number) is not int or not 0 <= number < _MOST_UPDATES:
        raise BadInput("not an update")
    return raw
