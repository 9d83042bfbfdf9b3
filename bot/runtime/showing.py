"""How what stands in the editors' chat is kept up to date, as long as this process leads.

What goes wrong with one thing is tried again later and keeps no other back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Never

import structlog

from bot.errors import ChatGone, ChatMoved, JianbaoError, StoreError, TryLater
from bot.handlers import KnownChat
from bot.runtime.tasks import rest
from bot.storage import Subscribers

log = structlog.get_logger()

AFTER_FAILURE = 30.0  # seconds until a thing is tried again, where Telegram does not say when

Look = Callable[[], Awaitable[None]]


async def keep_looking(what: str, look: Look, seconds: float, wake_up: asyncio.Event) -> Never:
    """Look again and again, so many seconds apart or when woken up; ends never."""
    while True:
        try:
            await look()
        except StoreError as error:
            log.debug("desk_not_read", what=what, reason=str(error))
        except Exception:
            log.exception("desk_failed", what=what)
        await rest(seconds, wake_up)


class Tries:
    """Tries to show things in the chat of ``place``, each by its key, and no thing before its time.

    ``seconds`` is a steady clock.
    """

    def __init__(
        self,
        place: KnownChat,
        subscribers: Subscribers,
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._place = place
        self._subscribers = subscribers
        self._now = now
        self._seconds = seconds
        self._not_before: dict[str, float] = {}
        self._asked: set[str] = set()

    def is_due(self, key: str) -> bool:
        """Whether it may be tried."""
        return self._seconds() >= self._not_before.get(key, 0.0)

    def rest(self, key: str, seconds: float) -> None:
        """Try it no more for so long, unless it was asked for since it was last begun."""
        if key not in self._asked:
            self._not_before[key] = self._seconds() + seconds

    def at_once(self, key: str) -> None:
        """Try it with the next look, also if it is being done now: what it saw may be old by now."""
        self._asked.add(key)
        self._not_before.pop(key, None)

    async def run(self, key: str, issue: str, chat_id: int, act: Look) -> bool:
        """Do it; False if that failed, and it is tried again later. Raises StoreError if ``act`` does."""
        self._asked.discard(key)
        try:
            await act()
        except StoreError:
            raise
        except JianbaoError as error:
            log.warning("card_not_shown", issue=issue, chat=chat_id, reason=str(error))
            self.rest(key, (isinstance(error, TryLater) and error.after) or AFTER_FAILURE)
            await self._learn(key, chat_id, error)
        except Exception:
            log.exception("card_failed", issue=issue)
            self.rest(key, AFTER_FAILURE)
        else:
            return True
        return False

    async def _learn(self, key: str, chat_id: int, error: JianbaoError) -> None:
        if isinstance(error, ChatMoved):
            await self._subscribers.move(chat_id, error.chat_id, self._now())
            self.at_once(key)
        elif isinstance(error, ChatGone):
            await self._place.left(chat_id)
