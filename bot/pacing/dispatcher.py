"""Grants a slot to everything the bot sends, and learns from how each call ends.

=================== ==================================================================
how the call ends   what is learnt
=================== ==================================================================
it returns          Telegram accepted the message
TryLater, timed     a 429: the chat waits as long as Telegram asked; if others are refused
                    at about the same time, the whole bot waits, at a lower limit
TryLater            Telegram cannot be reached: from the third in a row on, all wait, at
                    most until it answers any other call
any other SendError Telegram can be reached
NotSent             nothing: it has not left, so it costs no slot and is not counted
Uncertain, others   nothing; the message is counted as if it had arrived
=================== ==================================================================
"""

import asyncio
from collections.abc import Awaitable, Callable
from math import inf
from typing import TypeVar

from bot.errors import NotSent, SendError, TryLater, Uncertain
from bot.pacing.budget import SHARE, Budget
from bot.pacing.chats import Chats
from bot.pacing.gcra import Gcra
from bot.pacing.limit import LearntLimit
from bot.pacing.priority import Priority
from bot.pacing.refusals import TOGETHER, Refusals
from bot.pacing.report import Report, SendCounter
from bot.pacing.waiting import Slot, Waiting

T = TypeVar("T")

_LOOK_AGAIN = 1.0  # seconds; when a message in flight will be answered is not known
LONG = 5.0  # seconds for which a chat is waited for
SHORTEST_TICK = 0.005  # seconds; at high rates one wake-up serves several messages


def _ignore(_: float) -> None:
    """Keep the pause in memory only."""


def _chat_rests(left: float) -> TryLater:
    return TryLater("The chat may be sent no more at present", after=left)


class Dispatcher:
    """Sends ``rate`` messages a second over all chats and ``per_chat`` seconds apart in one.

    ``share`` of the rates is used. ``now`` is a monotonic clock in seconds, ``sleep`` waits on
    it. ``unpaid_rate`` is for a bot that pays for its ``rate``: the limit of calls that cannot be
    paid. ``on_pause`` gets the seconds that Telegram asked the whole bot to wait, so that they can be
    stored; it must not raise.
    """

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        rate: float,
        per_chat: float,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        share: float = SHARE,
        unpaid_rate: float | None = None,
        on_pause: Callable[[float], None] = _ignore,
    ) -> None:
        self._now, self._sleep, self._on_pause = now, sleep, on_pause
        self._budget = Budget(rate=rate, share=share)
        self._unpaid = Gcra()
        self._unpaid_interval = 1 / (unpaid_rate * share) if unpaid_rate else 0.0
        self._chats = Chats(per_chat=per_chat)
        self._waiting = Waiting(self._chats)
        self._refusals = Refusals()
        self._counter = SendCounter()
        self._paused_until = -inf
        self._ticking: asyncio.Task[None] | None = None
        self._wakes_at = inf

    async def run(
        self,
        chat_id: int,
        call: Callable[[], Awaitable[T]],
        *,
        priority: Priority = Priority.BROADCAST,
        paid: bool = True,
        patience: float = inf,
    ) -> T:
        """Wait until a message may be sent to ``chat_id``, and return or raise what ``call`` does.

        ``paid``: the call can be paid; this matters only if there is an ``unpaid_rate``. A task that
        is cancelled while it waits costs no slot. Raises TryLater at once if the chat, or the whole
        bot, is known to wait for more than ``patience`` seconds.
        """
        self._check(chat_id, priority=priority, patience=patience)
        slot = self._ask(chat_id, priority=priority, paid=paid or not self._unpaid_interval)
        try:
            await slot.granted
        except asyncio.CancelledError:
            self._withdraw(slot)
            raise
        slot.sent = self._now()
        try:
            result = await call()
        except NotSent:
            self._give_back(slot)
            raise
        except BaseException as error:
            self._finish(slot, error)
            raise
        self._finish(slot, None)
        return result

    async def rested(self, chat_id: int, *, priority: Priority = Priority.BROADCAST) -> None:
        """Return when the chat itself allows a message; then only a slot is left to wait for.

        For callers that have something to prepare which should not be done long before. Raises TryLater
        if the chat, as far as known, allows none for more than ``LONG`` seconds: a group that has had its
        twenty is not to keep others waiting for who serves it.
        """
        while (left := self._chats.free_at(chat_id, priority=priority) - self._now()) > 0:
            if LONG < left < inf:
                raise _chat_rests(left)
            await self._sleep(min(left, _LOOK_AGAIN))

    def pause(self, seconds: float) -> None:
        """Send nothing for so many seconds: what is left of a pause from before a restart."""
        self._budget.pause(self._now() + seconds)

    def resume(self, learnt: LearntLimit) -> None:
        """Go on with a limit that was learnt before a restart."""
        self._budget.resume(learnt, self._now())

    @property
    def learnt(self) -> LearntLimit | None:
        """What is known of a limit lower than configured, to be kept for the next process."""
        return self._budget.learnt(self._now())

    def answered_elsewhere(self) -> None:
        """Note that Telegram answered a call, whoever made it: it can be reached, so a message is tried."""
        if self._budget.answered_elsewhere():
            self._serve(self._now())

    @property
    def queue(self) -> dict[Priority, int]:
        """How many messages wait for their slot, by priority."""
        return self._waiting.counts

    @property
    def report(self) -> Report:
        """Rate, limit and counts at present."""
        now = self._now()
        return self._counter.report(
            now,
            limit=self._budget.limit(now),
            slow_for=self._budget.slow_for(now),
            paused_for=self._budget.paused_for(now),
            rests=self._budget.rests,
        )

    def _check(self, chat_id: int, *, priority: Priority, patience: float) -> None:
        now = self._now()
        left = self._chats.rests_until(chat_id, priority=priority) - now
        paused = self._budget.paused_for(now)
        if max(paused, left) <= patience:
            return
        if left > paused:
            raise _chat_rests(left)
        if self._budget.rests:
            raise TryLater("Telegram was not reached, and is tried again after a rest", after=paused)
        raise TryLater("Telegram asked for a pause", after=paused)

    def _ask(self, chat_id: int, *, priority: Priority, paid: bool) -> Slot:
        granted = asyncio.get_running_loop().create_future()
        slot = Slot(chat_id=chat_id, priority=priority, paid=paid, granted=granted)
        now = self._now()
        self._waiting.add(slot, now)
        self._serve(now)
        return slot

    def _withdraw(self, slot: Slot) -> None:
        if slot.granted.cancelled():
            self._free(slot, self._now())
        else:  # it was granted, and nobody was there to use it
            self._give_back(slot)

    def _give_back(self, slot: Slot) -> None:
        """Undo what a slot that was granted took: nothing has left."""
        now = self._now()
        self._budget.give_back(now)
        self._chats.give_back(slot.chat_id)
        if not slot.paid:
            self._unpaid.give_back(self._unpaid_interval)
        self._free(slot, now)

    def _free(self, slot: Slot, now: float) -> None:
        """Let the next in its chat, and the next of all, have their turn."""
        self._waiting.offer(slot.chat_id, now)
        self._serve(now)

    def _finish(self, slot: Slot, error: BaseException | None) -> None:
        now = self._now()
        self._chats.arrived(slot.chat_id, self._budget.answered(now, sent=slot.sent))
        if error is None:
            self._counter.count(now)
            self._budget.accepted(now)
        else:
            self._learn(slot, error, now)
        self._free(slot, now)

    def _learn(self, slot: Slot, error: BaseException, now: float) -> None:
        if isinstance(error, TryLater) and error.after > 0:
            self._refused(slot, error.after, now)
            return
        self._counter.failed += 1
        match error:
            case TryLater():
                self._budget.unreachable(now, sent=slot.sent)
            case SendError() if not isinstance(error, Uncertain):
                self._budget.reached()
            case _:
                self._budget.unknown(now, sent=slot.sent)

    def _refused(self, slot: Slot, after: float, now: float) -> None:
        self._counter.refused += 1
        self._chats.hold(slot.chat_id, now + after)
        limit, accepted = self._budget.limit(now), self._budget.accepted_lately(now)
        if not self._refusals.is_about_the_bot(slot.chat_id, now, limit=limit, accepted=accepted):
            self._budget.doubted(now, sent=slot.sent)
            return
        self._budget.throttled(now, after, sent=slot.sent)
        if now + after > self._paused_until + TOGETHER:  # all messages in flight are refused with the same
            self._paused_until = now + after
            self._on_pause(after)

    def _serve(self, now: float) -> None:
        """Grant the slots that are free now, and see that the next ones are granted in time."""
        at = self._hand_out(now)
        if at == inf:
            return
        wakes_at = max(at, now + SHORTEST_TICK)
        asleep = self._ticking is not None and not self._ticking.done()
        if asleep and self._wakes_at <= wakes_at:
            return
        if self._ticking is not None:
            self._ticking.cancel()
        self._wakes_at = wakes_at
        self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        while self._wakes_at < inf:
            await self._sleep(self._wakes_at - self._now())
            now = self._now()
            self._wakes_at = max(self._hand_out(now), now + SHORTEST_TICK)

    def _hand_out(self, now: float) -> float:
        """Grant the slots that are free now; returns when there will be more.

        That is infinity if nobody waits, or if only an answer can free a slot.
        """
        while (at := self._next_at(now)) <= now:
            slot = self._waiting.take(now, unpaid=self._unpaid.free_at <= now)
            if slot is not None:
                self._grant(slot, now)
        return at

    def _next_at(self, now: float) -> float:
        at = self._waiting.next_at(self._unpaid.free_at)
        return at if at == inf else max(at, self._budget.free_at(now))

    def _grant(self, slot: Slot, now: float) -> None:
        self._budget.take(now)
        self._chats.take(slot.chat_id, now)
        if not slot.paid:
            self._unpaid.take(now, self._unpaid_interval)
        slot.granted.set_result(None)
