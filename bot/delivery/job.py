"""One delivery, step by step.

ARCHITECTURE.md says what a crash costs at each line of :meth:`DeliveryJob._one_step`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

import structlog

from bot.delivery.batch_writer import BatchWriter
from bot.delivery.brake import Brake
from bot.delivery.execute import MessageGateway, execute, mark_uncertain
from bot.delivery.failures import STORE_REST, FailureHandler, OnUncertain, log_fields
from bot.delivery.in_flight import InFlight
from bot.delivery.in_full import not_turned
from bot.delivery.losses import LossBrake
from bot.delivery.reconcile import RenderedIssue, Send, Step, next_step, with_part_names
from bot.delivery.withdrawals import Withdrawals
from bot.errors import BadInput, ChatGone, NotSent, RichRefused, Uncertain
from bot.model import NOTHING_LEFT, SENT_AGAIN, Aim, Cut, Delivery, DeliveryState, Destination, Purpose
from bot.pacing import Priority

log = structlog.get_logger()
T = TypeVar("T")

RESENT = f"the sending process ended before the answer; {SENT_AGAIN}"


class Render(Protocol):
    """Renders a cut of an issue."""

    async def __call__(
        self, slug: str, cut: Cut, *, private: bool = False, fresh: bool = False
    ) -> RenderedIssue:
        """The messages, ``private`` for a chat with one person; of the latest text if ``fresh``."""
        ...


class Finish(Protocol):
    """Adds what depends on the delivery to messages that many share."""

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue, /) -> RenderedIssue: ...


async def as_rendered(_: Delivery, rendered: RenderedIssue) -> RenderedIssue:
    """The messages as all get them."""
    return rendered


class Dispatcher(Protocol):
    """When a call may be made."""

    async def rested(self, chat_id: int, *, priority: Priority) -> None:
        """Return when the chat itself may be written to."""

    async def run(
        self, chat_id: int, call: Callable[[], Awaitable[T]], *, priority: Priority, paid: bool
    ) -> T:
        """Wait for a slot, and return or raise what the call does."""


class DeliveryLookup(Protocol):
    """Looks up rows of the ledger."""

    async def get(self, issue_slug: str, to: Destination, purpose: Purpose) -> Delivery | None: ...


class Lease(Protocol):
    """Whether this process may send."""

    async def held(self) -> bool:
        """True while it may; waits if it is not sure; False for ever once it may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryJob:
    """Runs deliveries, any number at once, each to its end.

    ``on_uncertain`` says what to do with a part that may have arrived.
    """

    deliveries: DeliveryLookup
    writer: BatchWriter
    render: Render
    gateway: MessageGateway
    dispatcher: Dispatcher
    lease: Lease
    in_flight: InFlight
    failures: FailureHandler
    sleep: Callable[[float], Awaitable[None]]
    on_uncertain: OnUncertain = "resend"
    finish: Finish = as_rendered
    in_full: Callable[[Delivery], Awaitable[Delivery | None]] = not_turned
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    brake: Brake = field(default_factory=Brake.off)
    losses: LossBrake = field(default_factory=LossBrake.off)

    async def run(self, delivery: Delivery) -> None:
        """Take the remaining steps, each recorded before the next, until done or deferred.

        Raises BadInput if nothing can be sent at all (a wrong token); every other error is recorded
        in the row.
        """
        row: Delivery | None = delivery
        try:
            with self.withdrawals.job(delivery.chat_id):
                while row is not None and row.is_open and not self._stopped(row):
                    row = await self._next(row)
        except BadInput:
            raise
        except Exception:
            log.exception("delivery_not_recorded", **log_fields(delivery))
            await self.sleep(STORE_REST)  # the row is still due

    def _stopped(self, row: Delivery) -> bool:
        """Whether no further part may begin: the process is to end, or the issue is held."""
        return self.in_flight.stopping or self.brake.stops(row)

    async def _next(self, row: Delivery) -> Delivery | None:
        """The row after one more step; None if there is nothing more to do now."""
        try:
            return await self._one_step(row)
        except BadInput:
            raise
        except RichRefused:
            known = await self.deliveries.get(row.issue_slug, row.destination, row.purpose)
            return await self.in_full(known) if known else None
        except Exception as error:  # noqa: BLE001  # one delivery's fault must not keep the others
            await self.failures.handle(error, row)
            return None

    async def _one_step(self, row: Delivery) -> Delivery | None:
        rendered = await self._rendered(row)
        row = with_part_names(row, rendered)
        step = next_step(row, rendered)
        if step is None:
            await self._finish(row, rendered)
            return None
        if isinstance(step, Send) and row.in_flight and self.on_uncertain == "skip":
            return await self.writer.write(mark_uncertain(step, row))
        priority = Priority.BROADCAST if row.purpose is Purpose.PUSH else Priority.REPLY
        with self.in_flight.waiting():
            await self.dispatcher.rested(row.chat_id, priority=priority)
        async with self.in_flight.limit(priority):
            leaving = None if self._stopped(row) else await self.writer.write(_leaving(row, step, rendered))
            if leaving is None:
                return None
            done = await self._execute_in_slot(step, row, leaving, priority)
        if done is None:
            return None
        self.losses.reached(row)
        log.debug("part_done", **log_fields(row), step=type(step).__name__.lower())
        if next_step(done, rendered) is None:
            done = done.finished(rendered.edition)
        return await self.writer.write(done) or await self._adopt(done, leaving)

    async def _rendered(self, row: Delivery) -> RenderedIssue:
        private = row.chat_id > 0  # Telegram's ids of groups and channels are below 0
        rendered = await self.render(row.issue_slug, row.cut, private=private, fresh=row.is_part)
        if row.aim is Aim.CORRECT and rendered.edition == row.edition:  # by the text that was to be corrected
            rendered = await self.render(row.issue_slug, row.cut, private=private, fresh=True)
        return await self.finish(row, rendered)

    async def _execute_in_slot(
        self, step: Step, row: Delivery, leaving: Delivery, priority: Priority
    ) -> Delivery | None:
        """The row after the step; None if it was not done, which is then recorded."""
        known = leaving.returned(in_flight=row.in_flight)  # as far as was known before this step
        unchanged = replace(known, parts=row.parts)
        if self.in_flight.stopping:
            await self.writer.write(unchanged)
            return None
        try:
            with self.in_flight.waiting():
                return await self.dispatcher.run(
                    row.chat_id,
                    lambda: self._call(step, known),
                    priority=priority,
                    paid=isinstance(step, Send),
                )
        except (asyncio.CancelledError, NotSent):  # stopped while it waited: it has not left
            await self.writer.write(unchanged)
        except (BadInput, RichRefused):
            await self.writer.write(unchanged)
            raise
        except Exception as error:  # noqa: BLE001  # as above
            await self.failures.handle(error, known, step)
            if isinstance(error, ChatGone):
                await self.losses.lost(row)
        return None

    async def _call(self, step: Step, row: Delivery) -> Delivery:
        """Take the step in its slot.

        Not if the process has lost its lease or is to stop, if the issue is held, or if the chat was
        withdrawn, be it while it was not sure of its lease: then NotSent gives the slot back.
        """
        try:
            if not (self.in_flight.stopping or await self.lease.held()):
                self.in_flight.stop()
        except asyncio.CancelledError:
            raise NotSent("stopped before it left") from None
        if self._stopped(row) or row.chat_id in self.withdrawals:
            raise NotSent("held, withdrawn, or the process is to end")
        with self.in_flight.sending():
            try:
                return await execute(step, row, self.gateway)
            except asyncio.CancelledError:  # only the end of the process cancels a step
                raise Uncertain("stopped before the answer came") from None

    async def _finish(self, row: Delivery, rendered: RenderedIssue) -> None:
        """Record that no step is left."""
        if not rendered.messages and not row.parts:
            done = row.closed(DeliveryState.SKIPPED, rendered.nothing or row.reason or NOTHING_LEFT)
        else:
            done = row.finished(rendered.edition)
        await self.writer.write(done)

    async def _adopt(self, done: Delivery, leaving: Delivery) -> Delivery | None:
        """Record what became of a part while its row was closed or changed, so that it can be taken back.

        Returns None: whoever changed the row decides what happens next.
        """
        for _ in range(3):  # the row may change once more meanwhile
            present = await self.deliveries.get(done.issue_slug, done.destination, done.purpose)
            if present is None or (present.in_flight, present.parts) != (leaving.in_flight, leaving.parts):
                return None
            if await self.writer.adopt(replace(present, parts=done.parts, in_flight=done.in_flight)):
                return None
        return None


def _leaving(row: Delivery, step: Step, rendered: RenderedIssue) -> Delivery:
    """The row as it is recorded before a request leaves; with the first part, of which edition that is."""
    if not isinstance(step, Send):  # to edit or delete twice does no harm
        return row.changing(step.part.name)
    leaving = row.departing() if row.parts else replace(row.departing(), edition=rendered.edition)
    if row.in_flight and row.attempts == 0:
        return replace(leaving, reason=RESENT)
    return leaving
