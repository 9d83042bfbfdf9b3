"""The updates that wait for the bot, and the one long poll that fetches them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import ApiError, conflict
from bot.sandbox.state import Json

KEPT = timedelta(hours=24)
LONGEST_POLL = 50
LARGEST_BATCH = 100

SECOND_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
WEBHOOK_CAME = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One update; ``kind`` names the field of the Bot API's ``Update`` that ``body`` fills."""

    update_id: int
    kind: str
    body: Json
    at: datetime

    @property
    def queue(self) -> tuple[str, int]:
        """Whose it is: what happens in a chat comes in order, and so does what one person taps or asks."""
        if chat := self.body.get("chat"):
            return "chat", chat["id"]
        return self.kind, self.body["from"]["id"]

    def as_json(self) -> Json:
        """A Bot API ``Update``."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """Updates in order, from ``first_id`` on, kept until they are confirmed or 24 hours old.

    ``on_poll`` is told when a long poll begins to wait (true) and when it ends (false).
    """

    def __init__(self, *, first_id: int, on_poll: Callable[[bool], None]) -> None:
        self._on_poll = on_poll
        self._next_id = first_id
        self._pending: list[Update] = []
        self._poll: asyncio.Future[None] | None = None
        self._changed = asyncio.Event()
        self.allowed: tuple[str, ...] = ()

    @property
    def polled(self) -> bool:
        """Whether a long poll waits."""
        return self._poll is not None

    @property
    def pending(self) -> tuple[Update, ...]:
        """What is not confirmed yet."""
        return tuple(self._pending)

    def push(self, kind: str, body: Json, *, now: datetime) -> None:
        """Add an update, unless the bot said that it does not want its kind."""
        if self.allowed and kind not in self.allowed:
            return
        self._pending = [update for update in self._pending if now - update.at < KEPT]
        self._pending.append(Update(update_id=self._next_id, kind=kind, body=body, at=now))
        self._next_id += 1
        self._wake()
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def allow(self, kinds: Iterable[object] | None) -> None:
        """Set which kinds are wanted; None leaves it, an empty list means all."""
        if kinds is not None:
            self.allowed = tuple(map(str, kinds))

    def drop(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()

    def confirm(self, offset: int) -> None:
        """Forget the updates before ``offset``; a negative one counts from the end."""
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset:
            self._pending = [update for update in self._pending if update.update_id >= offset]

    async def fetch(self, *, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109  # the Bot API's own parameter
        """What a getUpdates returns; waits up to ``timeout`` seconds (at most 50) for a first update.

        A poll that still waits is ended with 409, as Telegram ends the older one.
        """
        self.end_poll(conflict(SECOND_POLLER))
        self.confirm(offset)
        if not self._pending and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        size = limit if 1 <= limit <= LARGEST_BATCH else LARGEST_BATCH
        return [update.as_json() for update in self._pending[:size]]

    def end_poll(self, refusal: ApiError | None = None) -> None:
        """End the waiting poll, if any: with a refusal, or as if its time were up."""
        poll, self._poll = self._poll, None
        if poll and not poll.done():
            poll.set_exception(refusal) if refusal else poll.set_result(None)

    def remove(self, update: Update) -> None:
        """Forget one that was delivered."""
        self._pending = [one for one in self._pending if one.update_id != update.update_id]
        self._wake()

    async def changed(self) -> None:
        """Return as soon as an update comes or goes."""
        await self._changed.wait()

    def _wake(self) -> None:
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._on_poll(True)  # noqa: FBT003  # the callback's only argument
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
            self._on_poll(False)  # noqa: FBT003  # the callback's only argument
