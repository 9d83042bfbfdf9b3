"""One delivery, step by step.

What a crash costs at each line of :meth:`Courier._one_step` stands in ARCHITECTURE.md.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, TypeVar

import structlog

from bot.delivery import retry
from bot.delivery.batch_writer import Recorder
from bot.delivery.execute import Post, carry_out, left_out
from bot.delivery.reconcile import Edition, Send, Step, named, next_step
from bot.errors import BadInput, SendError, StoreError, Uncertain
from bot.model import Aim, Cut, Delivery, DeliveryState, Purpose, SubscriberState

log = structlog.get_logger()
T = TypeVar("T")

Policy = Literal["resend", "skip"]

STORE_REST = 1.0  # seconds until a write that the database refused is tried again
LONGEST_REASON = 500
RESENT = "its sender ended before the answer; sent again, may have come twice"


class Render(Protocol):
    """What the messages of a cut of an issue are now."""

    async def __call__(self, slug: str, cut: Cut, *, fresh: bool = False) -> Edition:
        """The edition; of the very latest text where it must be ``fresh``."""
        ...


class Turns(Protocol):
    """Who may write when."""

    async def rested(self, chat_id: int, *, urgent: bool) -> None:
        """Return when the chat itself may be written to."""

    async def run(self, chat_id: int, call: Callable[[], Awaitable[T]], *, urgent: bool, paid: bool) -> T:
        """Wait for a turn, and return or raise what the call does."""


class Ledger(Protocol):
    """The ledger, where it is written to at once and not by the recorder."""

    async def get(self, issue_slug: str, chat_id: int, purpose: Purpose) -> Delivery | None:
        """One row."""

    async def skip_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int:
        """Leave undone what is open for a chat."""

    async def fail_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int:
        """Give up what is open for a chat."""


class Readers(Protocol):
    """Who is there to be written to."""

    async def set_state(self, chat_id: int, state: SubscriberState, now: datetime) -> bool:
        """Note that a chat is gone."""

    async def move(self, chat_id: int, new_id: int, now: datetime) -> None:
        """Note that a chat has another id."""


class Lease(Protocol):
    """Whether this process may send."""

    async def held(self) -> bool:
        """True at once while it may; waits while it is not sure; False for ever where it may not."""


class _NotNow(Exception):  # no error: the process is to stop, or may not send any more
    """Raised inside a turn, so that it is given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Carries one delivery at a time to its chat; any number of them at once.

    ``ahead`` bounds how many parts may be noted as leaving and not have left, for requests and for
    the rest. ``policy`` says what to do about a part that may have arrived. ``chance`` is random,
    from 0 up to 1. ``stopping`` is set when no new part may begin.
    """

    ledger: Ledger
    recorder: Recorder
    readers: Readers
    render: Render
    post: Post
    turns: Turns
    lease: Lease
    ahead: dict[bool, asyncio.Semaphore]
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]
    policy: Policy = "resend"
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: set[asyncio.Task[Any]] = field(default_factory=set)
    sending: set[asyncio.Task[Any]] = field(default_factory=set)

    async def carry(self, delivery: Delivery) -> None:
        """Take the steps that are left, each recorded before the next, until done or put off.

        Raises BadInput where nothing can be sent at all (a wrong token), and nothing else;
        every other fault is noted in the row.
        """
        row: Delivery | None = delivery
        try:
            while row is not None and row.is_open and not self.stopping.is_set():
                row = await self._next(row)
        except BadInput:
            raise
        except Exception:
            log.exception("delivery_not_recorded", **_named(delivery))
            await self.sleep(STORE_REST)  # the row is due still

    async def _next(self, row: Delivery) -> Delivery | None:
        """The row after one step more; None where there is nothing more to do now."""
        try:
            return await self._one_step(row)
        except BadInput:
            raise
        except Exception as error:  # noqa: BLE001  # one delivery's fault must not keep the others
            await self._after(error, row)
            return None

    async def _one_step(self, row: Delivery) -> Delivery | None:
        edition = await self.render(row.issue_slug, row.cut)
        if row.aim is Aim.CORRECT and edition.name == row.edition:  # by the text that was to be corrected
            edition = await self.render(row.issue_slug, row.cut, fresh=True)
        row = named(row, edition)
        step = next_step(row, edition)
        if step is None:
            await self._finish(row, edition)
            return None
        if isinstance(step, Send) and row.in_flight and self.policy == "skip":
            return await self.recorder.keep(left_out(step, row))
        urgent = row.purpose is not Purpose.PUSH
        with _in(self.waiting):
            await self.turns.rested(row.chat_id, urgent=urgent)
        async with self.ahead[urgent]:
            departed = None if self.stopping.is_set() else await self.recorder.keep(_departing(row, step))
            if departed is None:
                return None
            done = await self._taken(step, row, departed, urgent=urgent)
        if done is None:
            return None
        if next_step(done, edition) is None:
            done = done.finished(edition.name)
        return await self.recorder.keep(done) or await self._orphaned(done, departed)

    async def _taken(self, step: Step, row: Delivery, departed: Delivery, *, urgent: bool) -> Delivery | None:
        """The row after the step; None where it was not done, and what that means is noted."""
        known = departed.returned(in_flight=row.in_flight)  # as far as was known before this step
        if self.stopping.is_set():
            await self.recorder.keep(known)
            return None
        try:
            with _in(self.waiting):
                return await self.turns.run(
                    row.chat_id, lambda: self._call(step, known), urgent=urgent, paid=isinstance(step, Send)
                )
        except (asyncio.CancelledError, _NotNow):  # told to stop while it waited: it has not left
            await self.recorder.keep(known)
        except BadInput:
            await self.recorder.keep(known)
            raise
        except Exception as error:  # noqa: BLE001  # as above
            await self._after(error, known, step)
        return None

    async def _call(self, step: Step, row: Delivery) -> Delivery:
        """The turn has come."""
        if self.stopping.is_set():
            raise _NotNow
        if not await self.lease.held():
            self.stopping.set()
            raise _NotNow
        self.waiting.discard(_current())
        with _in(self.sending):
            return await self._answered(step, row)

    async def _answered(self, step: Step, row: Delivery) -> Delivery:
        try:
            return await carry_out(step, row, self.post)
        except asyncio.CancelledError:  # only the end of the process cancels a step
            raise Uncertain("stopped before the answer came") from None

    async def _finish(self, row: Delivery, edition: Edition) -> None:
        """All is as it should be."""
        if not edition.messages and not row.parts:
            done = row.closed(DeliveryState.SKIPPED, row.reason or "nothing left to send")
        else:
            done = row.finished(edition.name)
        await self.recorder.keep(done)

    async def _orphaned(self, done: Delivery, departed: Delivery) -> Delivery | None:
        """What arrived while its row was closed or changed: noted, so that it can be taken back.

        Returns None: whoever changed the row decides what becomes of it.
        """
        for _ in range(3):  # the row may change once more meanwhile
            present = await self.ledger.get(done.issue_slug, done.chat_id, done.purpose)
            if present is None or not present.in_flight or present.parts != departed.parts:
                return None
            adopted = replace(present, parts=done.parts, in_flight=False)
            if await self.recorder.adopt(adopted):
                return None
        return None

    async def _after(self, error: Exception, row: Delivery, step: Step | None = None) -> None:
        if not isinstance(error, SendError):
            log.error("delivery_crashed", **_named(row), exc_info=error)
        decision = retry.decide(error, attempts=row.attempts, chance=self.chance())
        match decision:
            case retry.Stop() | retry.Close() | retry.Follow():
                if await self.recorder.keep(row) is not None:  # so it is ours to say
                    await self._until_stored(lambda: self._chat_is(row, decision))
            case retry.Park():
                await self.recorder.keep(row.closed(DeliveryState.FAILED, _short(decision.reason)))
                log.error("delivery_failed", **_named(row), reason=decision.reason)
            case retry.Again():
                await self._put_off(row, decision, step)

    async def _put_off(self, row: Delivery, decision: retry.Again, step: Step | None) -> None:
        unknown = decision.unknown and isinstance(step, Send)
        if unknown and self.policy == "skip":
            assert isinstance(step, Send)  # noqa: S101  # what "unknown" says
            await self.recorder.keep(left_out(step, row))
            return
        until = self.now() + timedelta(seconds=decision.after)
        in_flight = unknown or row.in_flight
        reason = _short(decision.reason)
        await self.recorder.keep(row.put_off(until, reason, decision.attempts, in_flight=in_flight))
        log.info("delivery_deferred", **_named(row), reason=reason, until=until.isoformat())

    async def _chat_is(self, row: Delivery, decision: retry.Stop | retry.Close | retry.Follow) -> None:
        """Note what became of the whole chat."""
        chat_id, now = row.chat_id, self.now()
        match decision:
            case retry.Stop(reason=reason):
                state = SubscriberState.BLOCKED if decision.blocked else SubscriberState.DEACTIVATED
                await self.readers.set_state(chat_id, state, now)
                await self.ledger.skip_all_of_chat(chat_id, _short(reason), now)
                log.info("chat_gone", **_named(row), reason=reason)
            case retry.Close(reason=reason):
                await self.ledger.fail_all_of_chat(chat_id, _short(reason), now)
                log.error("chat_closed", **_named(row), reason=reason)
            case retry.Follow(chat_id=new_id):
                await self.readers.move(chat_id, new_id, now)
                log.info("chat_moved", **_named(row), to=new_id)

    async def _until_stored(self, write: Callable[[], Awaitable[object]]) -> None:
        """Do it until the database lets us, or the process is to stop."""
        while True:
            try:
                await write()
            except StoreError as error:
                log.error("ledger_write_failed", reason=str(error))  # noqa: TRY400  # the reason says it all
                if self.stopping.is_set():
                    return
            else:
                return
            await self.sleep(STORE_REST)


def _departing(row: Delivery, step: Step) -> Delivery:
    """The row as it is noted before a request leaves."""
    if not isinstance(step, Send):  # to edit or delete twice does no harm
        return replace(row, state=DeliveryState.SENDING)
    leaving = row.departing()
    if row.in_flight and row.attempts == 0:
        return replace(leaving, reason=RESENT)
    return leaving


def _short(reason: str) -> str:
    """As much of it as the ledger keeps, without what a database refuses."""
    return reason.replace("\0", "").encode("utf-8", "replace").decode()[:LONGEST_REASON]


def _current() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # a coroutine of ours runs in a task
    return task


@contextmanager
def _in(tasks: set[asyncio.Task[Any]]) -> Iterator[None]:
    """The current task is one of these meanwhile."""
    task = _current()
    tasks.add(task)
    try:
        yield
    finally:
        tasks.discard(task)


def _named(row: Delivery) -> dict[str, Any]:
    return {"issue": row.issue_slug, "chat": row.chat_id, "part": row.next_part}
