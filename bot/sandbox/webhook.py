"""Bringing updates to the bot: the other way, instead of its polling."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.sandbox.state import Json
from bot.sandbox.updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
LONGEST_PAUSE = 60.0
ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """Where the bot wants its updates."""

    url: str
    secret: str = ""
    connections: int = 40


class WebhookSender:
    """Posts updates to the hook over its connections, those of one chat one after the other.

    What is not answered with 2xx is sent again: at once, then ever later, or when Retry-After says so.
    A Bot API call in the hook's answer is not carried out. ``on_change`` is told when anything of
    :meth:`info` may have changed.
    """

    def __init__(
        self,
        queue: UpdateQueue,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        on_change: Callable[[], None],
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._sleep = sleep
        self._on_change = on_change
        self._task: asyncio.Task[None] | None = None
        self._failed: tuple[datetime, str] | None = None
        self._on_way: dict[tuple[str, int], Update] = {}
        self.hook: Hook | None = None

    def info(self) -> Json:
        """A Bot API ``WebhookInfo``."""
        hook = self.hook or Hook(url="")
        info: Json = {
            "url": hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.pending),
        }
        if self.hook:
            info["max_connections"] = hook.connections
        if self._queue.allowed:
            info["allowed_updates"] = list(self._queue.allowed)
        if self._failed:
            at, message = self._failed
            info |= {"last_error_date": int(at.timestamp()), "last_error_message": message}
        return info

    async def set(self, hook: Hook | None) -> None:
        """Send to another place from now on; None stops sending."""
        await self.stop()
        self.hook = hook
        self._failed = None
        if hook:
            self._task = asyncio.create_task(self._run(hook))
        self._on_change()

    async def stop(self) -> None:
        """Stop sending; returns when nothing is on its way any more."""
        task, self._task = self._task, None
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self, hook: Hook) -> None:
        self._on_way.clear()
        async with aiohttp.ClientSession(timeout=ANSWER_WITHIN) as session, asyncio.TaskGroup() as sending:
            while True:
                for update in self._next(hook.connections):
                    self._on_way[update.queue] = update
                    sending.create_task(self._deliver(session, hook, update))
                await self._queue.changed()

    def _next(self, connections: int) -> list[Update]:
        """The oldest update of each chat that has none on its way, as far as connections are left."""
        waiting: dict[tuple[str, int], Update] = {}
        for update in self._queue.pending:
            if update.queue not in self._on_way:
                waiting.setdefault(update.queue, update)
        return list(waiting.values())[: connections - len(self._on_way)]

    async def _deliver(self, session: aiohttp.ClientSession, hook: Hook, update: Update) -> None:
        pause = 0.0
        while failed := await _post(session, hook, update):
            self._failed = (self._clock(), failed.reason)
            self._on_change()
            await self._sleep(failed.retry_after or pause)
            pause = min(max(pause, 1.0) * 2, LONGEST_PAUSE)
        del self._on_way[update.queue]
        self._queue.remove(update)
        self._on_change()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """Why an update did not arrive, and in how many seconds the hook wants it again (0: it does not say)."""

    reason: str
    retry_after: int = 0


async def _post(session: aiohttp.ClientSession, hook: Hook, update: Update) -> _Failure | None:
    """Send one update; None if it arrived."""
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        async with session.post(
            hook.url, json=update.as_json(), headers=headers, allow_redirects=False
        ) as response:
            if 200 <= response.status < 300:
                return None
            reason = f"Wrong response from the webhook: {response.status} {response.reason}"
            asked = response.headers.get("Retry-After", "")
            return _Failure(reason=reason, retry_after=min(int(asked), 3600) if asked.isdecimal() else 0)
    except TimeoutError:
        return _Failure(reason="Read timeout expired")
    except aiohttp.ClientConnectorError:
        return _Failure(reason="Connection refused")
    except aiohttp.ClientError:
        return _Failure(reason="Webhook connection closed")
