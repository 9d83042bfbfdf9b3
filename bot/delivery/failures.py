"""What becomes of a delivery after an error: deferred, given up, or its whole chat is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

import structlog

from bot.delivery import retry
from bot.delivery.batch_writer import BatchWriter
from bot.delivery.execute import mark_uncertain
from bot.delivery.in_flight import InFlight
from bot.delivery.reconcile import Send, Step
from bot.errors import SendError, StoreConflict, StoreError
from bot.model import Delivery, DeliveryState, Destination, SubscriberState

log = structlog.get_logger()

#: What to do about a part that may have arrived.
OnUncertain = Literal["resend", "skip"]

STORE_REST = 1.0  # seconds until a write that the database refused is tried again
LONGEST_REASON = 500


class ChatDeliveries(Protocol):
    """Closes what is open for a chat; each method returns how many rows that were."""

    async def skip_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int: ...

    async def skip_all_of(self, to: Destination, reason: str, now: datetime) -> int: ...

    async def fail_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int: ...


class SubscriberStore(Protocol):
    """Where the state and the id of a chat are kept."""

    async def lose_chat(self, chat_id: int, state: SubscriberState, now: datetime) -> None: ...

    async def move(self, chat_id: int, new_id: int, now: datetime) -> None: ...


class ThreadStore(Protocol):
    """Where it is kept which threads are closed."""

    async def park(self, to: Destination, reason: str, now: datetime) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureHandler:
    """Records what an error means for a delivery and its chat. ``jitter`` is random, from 0 up to 1.

    ``on_parked`` is called when a thread was parked.
    """

    deliveries: ChatDeliveries
    subscribers: SubscriberStore
    threads: ThreadStore
    writer: BatchWriter
    in_flight: InFlight
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]
    on_uncertain: OnUncertain = "resend"
    on_parked: Callable[[], None] = lambda: None

    async def handle(self, error: Exception, row: Delivery, step: Step | None = None) -> None:
        """Defer the row, give it up, or close its chat; ``step`` is the step that failed, if any did."""
        if not isinstance(error, SendError | StoreError) or isinstance(error, StoreConflict):
            log.error("delivery_crashed", **log_fields(row), exc_info=error)
        decision = retry.decide(
            error,
            attempts=row.attempts,
            weight=row.weight,
            jitter=self.jitter(),
            sends=isinstance(step, Send),
        )
        match decision:
            case retry.Stop() | retry.Close() | retry.Shut() | retry.Follow():
                if await self.writer.write(row) is not None:  # so this process still has the lease
                    await self._store_patiently(lambda: self._apply_to_chat(row, decision))
            case retry.Park():
                await self.writer.write(row.closed(DeliveryState.FAILED, _truncated(decision.reason)))
                log.error("delivery_failed", **log_fields(row), reason=decision.reason)
            case retry.Again():
                await self._defer(row, decision, step)

    async def _defer(self, row: Delivery, decision: retry.Again, step: Step | None) -> None:
        if decision.unknown and isinstance(step, Send) and self.on_uncertain == "skip":
            await self.writer.write(mark_uncertain(step, row))
            return
        until, reason = self.now() + timedelta(seconds=decision.after), _truncated(decision.reason)
        deferred = row.deferred(until, reason, attempts=decision.attempts, weight=decision.weight)
        if await self.writer.write(deferred.returned(in_flight=decision.unknown or row.in_flight)):
            log.info("delivery_deferred", **log_fields(row), reason=reason, until=until.isoformat())

    async def _apply_to_chat(self, row: Delivery, decision: retry.AboutChat) -> None:
        chat_id, now = row.chat_id, self.now()
        match decision:
            case retry.Stop(reason=reason):
                state = SubscriberState.BLOCKED if decision.blocked else SubscriberState.DEACTIVATED
                await self.subscribers.lose_chat(chat_id, state, now)
                await self.deliveries.skip_all_of_chat(chat_id, _truncated(reason), now)
                log.info("chat_gone", **log_fields(row), reason=reason)
            case retry.Close(reason=reason):
                await self.deliveries.fail_all_of_chat(chat_id, _truncated(reason), now)
                log.error("chat_closed", **log_fields(row), reason=reason)
            case retry.Shut(reason=reason):
                await self.threads.park(row.destination, _truncated(reason), now)
                await self.deliveries.skip_all_of(row.destination, _truncated(reason), now)
                log.info("thread_parked", **log_fields(row), thread=row.thread, reason=reason)
                self.on_parked()
            case retry.Follow(chat_id=new_id):
                await self.subscribers.move(chat_id, new_id, now)
                log.info("chat_moved", **log_fields(row), to=new_id)

    async def _store_patiently(self, write: Callable[[], Awaitable[object]]) -> None:
        """Try to write until the database takes it or the process is to stop."""
        while True:
            try:
                await write()
            except StoreError as error:
                log.debug("ledger_write_failed", reason=str(error))
                if self.in_flight.stopping:
                    return
            else:
                return
            await self.sleep(STORE_REST)


def log_fields(row: Delivery) -> dict[str, str | int]:
    """The fields that name a delivery and its next part in the log."""
    return {"issue": row.issue_slug, "chat": row.chat_id, "part": row.part_count}


def _truncated(reason: str) -> str:
    """As much of the reason as the ledger keeps, without characters that a database refuses."""
    return reason.replace("\0", "").encode("utf-8", "replace").decode()[:LONGEST_REASON]
