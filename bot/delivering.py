"""From rows of the ledger to messages in chats: in order, paced, and going on after any fault.

A :class:`Courier` carries one delivery; the :class:`Deliverer` sees to it that as many
chats as it may have open are served, those first who asked. Everything that must
survive is in the ledger: drop both at any moment, and new ones go on where they were.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ParamSpec, Protocol, TypeVar

import structlog

from bot import retry
from bot.errors import BadInput, SendError, StoreError, Uncertain
from bot.messages import Message
from bot.model import Cut, Delivery, DeliveryState, Purpose, SubscriberState
from bot.storage import Deliveries

log = structlog.get_logger()
T = TypeVar("T")
P = ParamSpec("P")

Render = Callable[[str, Cut], Awaitable[tuple[Message, ...]]]  #: (issue's slug, cut) to its parts
Send = Callable[[int, Message], Awaitable[int]]  #: (chat, part) to Telegram's id; raises SendError

STORE_REST = 1.0  # seconds until a write that the database refused is tried again
LONGEST_REST = 30.0  # seconds; so long, at most, does a row planned by another process lie unseen
LONGEST_REASON = 500


class Turns(Protocol):
    """Who may send when."""

    async def turn(self, chat_id: int, *, urgent: bool) -> None:
        """Return when a message may go to the chat."""


class Readers(Protocol):
    """Who is there to be written to."""

    async def set_state(self, chat_id: int, state: SubscriberState, now: datetime) -> bool:
        """Note that a chat is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Carries one delivery at a time to its chat; any number of them at once.

    ``chance`` is random, from 0 up to 1. ``stopping`` is set when no new part may begin.
    """

    ledger: Deliveries
    readers: Readers
    render: Render
    send: Send
    turns: Turns
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: set[asyncio.Task[Any]] = field(default_factory=set)
    sending: set[asyncio.Task[Any]] = field(default_factory=set)

    async def carry(self, delivery: Delivery) -> None:
        """Send the parts that are left, each recorded before the next, until done or put off.

        Raises BadInput where nothing can be sent at all (a wrong token), and nothing else;
        every other fault is noted in the row.
        """
        try:
            await self._carry(delivery)
        except BadInput:
            raise
        except Exception:
            log.exception("delivery neither sent nor put off", **_named(delivery))
            await self.sleep(STORE_REST)  # the row is due still

    async def _carry(self, delivery: Delivery) -> None:
        row = delivery
        try:
            messages = await self.render(row.issue_slug, row.cut)
            if row.next_part >= len(messages):
                await self._keep(self.ledger.skip, row, "nothing left to send", self.now())
            for part, message in enumerate(messages[row.next_part :], row.next_part + 1):
                recorded = await self._send_part(row, message, last=part == len(messages))
                if recorded is None:
                    return
                row = recorded
        except BadInput:
            raise
        except Exception as error:  # noqa: BLE001  # one delivery's fault must not keep the others
            await self._keep(self._after, error, row)

    async def _send_part(self, row: Delivery, message: Message, *, last: bool) -> Delivery | None:
        """The row with one part more; None where it was closed, or we are to stop."""
        if not await self._may_send(row):
            return None
        with _in(self.sending):
            message_id = await self._answered(row, message)
        log.debug("part sent", issue=row.issue_slug, chat=row.chat_id, part=row.next_part)
        recorded = await self._keep(self.ledger.record_part, row, message_id, last=last, now=self.now())
        if recorded is not None and recorded.state is DeliveryState.SENT:
            log.info("delivery sent", issue=row.issue_slug, chat=row.chat_id, parts=recorded.next_part)
        return recorded

    async def _may_send(self, row: Delivery) -> bool:
        """Wait for the chat's turn; whether to send then: the reader may have stopped meanwhile."""
        if self.stopping.is_set():
            return False
        with _in(self.waiting):
            await self.turns.turn(row.chat_id, urgent=row.purpose is not Purpose.PUSH)
        return not self.stopping.is_set() and bool(await self._keep(self.ledger.stands, row))

    async def _answered(self, row: Delivery, message: Message) -> int:
        try:
            return await self.send(row.chat_id, message)
        except asyncio.CancelledError:  # only the end of the process cancels a send
            raise Uncertain("stopped before the answer came") from None

    async def _keep(self, write: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do it until the database lets us: what was sent and not recorded would be sent again, and again.

        Gives up, None, only when the process is to stop.
        """
        while True:
            try:
                return await write(*args, **kwargs)
            except StoreError as error:
                log.error("ledger not reached", reason=str(error))  # noqa: TRY400  # the reason says it all
                if self.stopping.is_set():
                    return None
            await self.sleep(STORE_REST)

    async def _after(self, error: Exception, row: Delivery) -> None:
        if not isinstance(error, SendError):
            log.error("delivery broke", **_named(row), exc_info=error)
        decision = retry.decide(error, attempts=row.attempts, chance=self.chance())
        reason, now = decision.reason[:LONGEST_REASON], self.now()
        match decision:
            case retry.Stop():
                state = SubscriberState.BLOCKED if decision.blocked else SubscriberState.DEACTIVATED
                await self.readers.set_state(row.chat_id, state, now)
                await self.ledger.skip_all_of_chat(row.chat_id, reason, now)
                log.info("chat gone", **_named(row), reason=reason)
            case retry.Park():
                await self.ledger.fail(row, reason, now)
                log.error("delivery failed", **_named(row), reason=reason)
            case retry.Again():
                until = now + timedelta(seconds=decision.after)
                await self.ledger.defer(
                    row, not_before=until, reason=reason, attempts=decision.attempts, now=now
                )
                log.info("delivery put off", **_named(row), reason=reason, until=until.isoformat())


class Deliverer:
    """Serves up to ``open_chats`` chats at a time from the ledger.

    ``grace`` is how long, in seconds, a send in flight may take when the process is to stop.
    """

    def __init__(self, courier: Courier, *, open_chats: int = 32, grace: float = 3.0) -> None:
        self._courier = courier
        self._open_chats = open_chats
        self._grace = grace
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Say that something was planned."""
        self._awake.set()

    def stop(self) -> None:
        """Begin no new part; :meth:`run` and :meth:`drain` return when those in flight are recorded."""
        self._courier.stopping.set()
        self.wake()

    async def run(self) -> None:
        """Deliver what is due, when it is due, until :meth:`stop`. Raises BadInput as the courier does."""
        try:
            while not self._courier.stopping.is_set():
                self._awake.clear()
                self._reap()
                await self._rest(await self._serve())
        finally:
            await self._finish()

    async def drain(self) -> None:
        """Deliver all that is due now, and return; what had to be put off stays in the ledger.

        :meth:`run` is for a process that goes on; this is for whoever looks at the result, as tests do.
        """
        try:
            while not self._courier.stopping.is_set():
                self._reap()
                await self._open(self._courier.now())
                if not self._busy:
                    return
                await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._finish()

    async def _serve(self) -> float:
        """Open what is due; returns how long nothing more will be, in seconds."""
        now = self._courier.now()
        try:
            await self._open(now)
            next_at = await self._courier.ledger.next_due_at(now)
        except StoreError as error:
            log.error("ledger not read", reason=str(error))  # noqa: TRY400  # the reason says it all
            return STORE_REST
        return LONGEST_REST if next_at is None else min((next_at - now).total_seconds(), LONGEST_REST)

    async def _open(self, now: datetime) -> None:
        while (room := self._open_chats - len(self._busy)) > 0:
            rows = await self._courier.ledger.due(now, limit=room, excluding=self._busy.keys())
            if not rows:
                return
            for row in rows:
                task = asyncio.create_task(self._courier.carry(row))
                task.add_done_callback(lambda _: self.wake())
                self._busy[row.chat_id] = task

    def _reap(self) -> None:
        """Close the chats that are done; raises what their courier raised."""
        done = [chat_id for chat_id, task in self._busy.items() if task.done()]
        for task in [self._busy.pop(chat_id) for chat_id in done]:
            task.result()

    async def _rest(self, seconds: float) -> None:
        alarm = asyncio.ensure_future(self._courier.sleep(seconds))
        call = asyncio.ensure_future(self._awake.wait())
        try:
            await asyncio.wait({alarm, call}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
            call.cancel()

    async def _finish(self) -> None:
        """Let what is in flight arrive and be recorded; note as uncertain what does not arrive in time."""
        if not self._busy:
            return
        self._courier.stopping.set()
        _cancel(self._courier.waiting)
        everyone: asyncio.Future[Any] = asyncio.gather(*self._busy.values(), return_exceptions=True)
        alarm: asyncio.Future[Any] = asyncio.ensure_future(self._courier.sleep(self._grace))
        await asyncio.wait({everyone, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        _cancel(self._courier.sending)
        await everyone
        self._busy.clear()


@contextmanager
def _in(tasks: set[asyncio.Task[Any]]) -> Iterator[None]:
    """The current task is one of these meanwhile."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # a coroutine of ours runs in a task
    tasks.add(task)
    try:
        yield
    finally:
        tasks.discard(task)


def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tuple(tasks):
        task.cancel()


def _named(row: Delivery) -> dict[str, Any]:
    return {"issue": row.issue_slug, "chat": row.chat_id, "part": row.next_part}
