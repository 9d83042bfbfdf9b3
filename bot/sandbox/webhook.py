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
    """Posts one update after another to the hook; what is not answered with 2xx is sent again, ever later.

    A Bot API call in the hook's answer is not carried out.
    """

    def __init__(
        self,
        queue: UpdateQueue,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._sleep = sleep
        self._task: asyncio.Task[None] | None = None
        self._failed: tuple[datetime, str] | None = None
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

    async def stop(self) -> None:
        """Stop sending; returns when nothing is on its way any more."""
        task, self._task = self._task, None
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self, hook: Hook) -> None:
        async with aiohttp.ClientSession(timeout=ANSWER_WITHIN) as session:
            while True:
                await self._deliver(session, hook, await self._queue.arrival())

    async def _deliver(self, session: aiohttp.ClientSession, hook: Hook, update: Update) -> None:
        pause = 1.0
        while fault := await _post(session, hook, update):
            self._failed = (self._clock(), fault)
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self._queue.confirm(update.update_id + 1)


async def _post(session: aiohttp.ClientSession, hook: Hook, update: Update) -> str:
    """Send one update; the reason why it did not arrive, or nothing."""
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update.as_json(), headers=headers) as response:
            if 200 <= response.status < 300:
                return ""
            return f"Wrong response from the webhook: {response.status} {response.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError:
        return "Connection refused"
