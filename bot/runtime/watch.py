"""How this process is: what its parts report, and what nobody would report, as troubles.

Parts that notice for themselves say so at once. A look every few seconds finds the rest: a database
that takes no writes, a folder or Telegram that has been silent for too long, deliveries that nobody
makes.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import SendError, StoreError, UpdatesTaken, WebhookTaken
from bot.reports.readiness import UNTRIED
from bot.reports.troubles import Change, Troubles
from bot.runtime.comeback import Comeback
from bot.runtime.leadership import Role
from bot.runtime.losses import LOSSES
from bot.runtime.silence import Silence
from bot.runtime.slowness import RATE
from bot.web.health import Check
from bot.words.moments import moment

log = structlog.get_logger()

#: What must be well for the process to count as ready; docs/log.md says what each of them means.
TELEGRAM, UPDATES, SOURCE, DATABASE, LEASE, DELIVERIES = CHECKS = (
    "telegram",
    "updates",
    "source",
    "database",
    "lease",
    "deliveries",
)
#: Another program with the token and a database that is nearly full let some through.
CALM = {UPDATES: timedelta(seconds=60), DATABASE: timedelta(seconds=15)}
WORTH_A_LOOK = (LOSSES, RATE)  # the bot works all the same
TICKS = 3  # of the schedule, within which the folder must be read
PATIENCE = 10.0  # seconds that a write, or the reading of a folder, may take
PROBE = "written at"  # the mark that is written to see whether that is possible


class Marks(Protocol):
    """Where a moment is written."""

    async def set(self, name: str, at: datetime) -> None: ...


class Ledger(Protocol):
    """Where deliveries wait."""

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the delivery that has been due for longest is; None if none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long what may last: the oldest due delivery, and a request for updates."""

    due: timedelta
    poll: timedelta


def log_changes(change: Change) -> None:
    """Say in the log what began, and what has ended."""
    trouble = change.trouble
    if change.ended is None and trouble.name in WORTH_A_LOOK:
        log.warning("trouble_began", trouble=trouble.name, reason=trouble.reason)
    elif change.ended is None:
        log.error("trouble_began", trouble=trouble.name, reason=trouble.reason)
    else:
        seconds = round((change.ended - trouble.since).total_seconds(), 1)
        log.info("trouble_ended", trouble=trouble.name, reason=trouble.reason, seconds=seconds)


def log_what_lasts(troubles: Troubles) -> None:
    """Say in the log what is wrong still as this process ends: it will say no end of that."""
    for one in troubles.present:
        log.info("trouble_lasts", trouble=one.name, reason=one.reason)


def _moved(moment: datetime | None, by: timedelta) -> datetime | None:
    return moment and moment + by


class Watch:
    """Keeps ``troubles`` true, and says of each check how it stands.

    ``read_by`` says when the folder must have been read again after a moment; ``now`` tells the time.
    """

    def __init__(
        self,
        troubles: Troubles,
        *,
        bounds: Bounds,
        now: Callable[[], datetime],
        read_by: Callable[[datetime], datetime] | None = None,
    ) -> None:
        self.troubles = troubles
        self.role: Role | None = None
        self.stood_by: timedelta | None = None  #: for how long, before it leads, or led again
        self._stands_since: datetime | None = None
        self.polled_at: datetime | None = None
        self.read_at: datetime | None = None
        self.oldest_due: datetime | None = None
        self.database_seconds: float | None = None
        self.held: str | None = None  #: why nothing is pushed, if everything is held
        self.comeback = Comeback(asyncio.sleep)
        self._bounds = bounds
        self._now = now
        self.read_by = read_by or (lambda moment: moment)
        self.slowness: Callable[[], str | None] = lambda: None  #: why sending is slow, if it is
        self._polls = False
        self._silence = Silence(now)
        self._was_silent = False  # whether that is why Telegram counts as away
        self._failed = False
        self._taken_at: datetime | None = None
        self._asked_since = self._moved_at = now()

    def took_role(self, role: Role) -> None:
        """Note that this process leads, or stands by."""
        self.role, self.oldest_due, self._moved_at = role, None, self._now()
        if role is Role.STANDS_BY:
            self._stands_since = self._now()
        elif self._stands_since is not None:
            self.stood_by, self._stands_since = self._now() - self._stands_since, None
        if role is Role.STANDS_BY:
            for name in (TELEGRAM, UPDATES, DELIVERIES):
                self.troubles.leave(name, well=True)
        for name in (LEASE, UPDATES, DELIVERIES):
            if self.troubles.get(name) is None:
                self.troubles.end(name)

    def listens(self, *, yes: bool) -> None:
        """Note whether this process asks for updates: one of several does."""
        self._polls, self._failed, self._taken_at, self._asked_since = yes, False, None, self._now()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note that this process asks for updates while the context is open; what is wrong lasts after it."""
        self.listens(yes=True)
        try:
            yield
        finally:
            self.listens(yes=False)

    def heard(self, error: SendError | None) -> None:
        """Note how a request for updates ended; a single failure means nothing.

        Of two programs with the token each takes the updates from the other, and some requests of both are
        answered: a second refusal within a minute tells, whatever was answered between. A webhook is nobody's
        by chance.
        """
        if error is None:
            self._failed = False
            self._asked_since = self.polled_at = self._now()
            self.troubles.end(UPDATES)
            self.troubles.end(TELEGRAM)
        elif isinstance(error, UpdatesTaken):
            before, self._taken_at = self._taken_at, self._now()
            self._asked_since = self._taken_at
            self.troubles.end(TELEGRAM)
            again = before is not None and self._taken_at - before <= CALM[UPDATES]
            if again or isinstance(error, WebhookTaken):
                self.troubles.begin(UPDATES, error.reason)
        else:
            self._again(TELEGRAM, error.reason)

    def answered(self, _method: str) -> None:
        """Note that Telegram answered a call: that says enough where no updates are asked for.

        Otherwise they are asked for at once, as Telegram may answer all calls but that one.
        """
        self.called(None, 0)
        if not self._polls:
            self.troubles.end(TELEGRAM)
        elif self.troubles.get(TELEGRAM):
            self.comeback.answered()

    def called(self, why: str | None, seconds: float) -> None:
        """Note how any call but one for updates ended: why there was no answer in so many seconds, or None.

        Telegram is away when it has answered nothing for a while, and back with the first answer; but while
        requests for updates fail, one of those must be answered.
        """
        if why is not None:
            self._silence.lost(seconds)
            if self._silence.is_long:
                self._was_silent = True
                self.troubles.begin(TELEGRAM, why)
            return
        self._silence.answered()
        if self._was_silent and not self._lacks_updates:
            self.troubles.end(TELEGRAM)
        self._was_silent = False

    @property
    def _lacks_updates(self) -> bool:
        return self._polls and (self._failed or self._now() - self._asked_since > self._bounds.poll)

    def reached(self, error: SendError | None) -> None:
        """Note whether Telegram could be reached by a call that is repeated until it is."""
        if error is None:
            self.troubles.end(TELEGRAM)
        else:
            self.troubles.begin(TELEGRAM, error.reason)

    def wrote(self, trouble: str | None) -> None:
        """Note how a use of the database ended: why it failed, or None."""
        if trouble is None:
            self.troubles.end(DATABASE)
        else:
            self.troubles.begin(DATABASE, trouble)

    def read(self, trouble: str | None) -> None:
        """Note how a reading of the folder ended: why it failed, or None."""
        if trouble is None:
            self.read_at = self._now()
            self.troubles.end(SOURCE)
        else:
            self.troubles.begin(SOURCE, trouble)

    def moved(self) -> None:
        """Note that a delivery has begun: what waits is not stuck."""
        self._moved_at = self._now()

    @property
    def unmoved(self) -> float:
        """For how many seconds no delivery has begun."""
        return (self._now() - self._moved_at).total_seconds()

    def clock_moved(self, by: timedelta) -> None:
        """Move along what was noted by the clock, which was put by so much."""
        self.troubles.clock_moved(by)
        self._silence.clock_moved(by)
        self._asked_since += by
        self._moved_at += by
        self._stands_since, self.polled_at = _moved(self._stands_since, by), _moved(self.polled_at, by)
        self.read_at, self._taken_at = _moved(self.read_at, by), _moved(self._taken_at, by)

    async def look(self, marks: Marks, ledger: Ledger) -> None:
        """Find out what nobody reports."""
        self._find_silence()
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await marks.set(PROBE, self._now())
                self.database_seconds = time.perf_counter() - begun
                if self.role is Role.LEADS:
                    self._find_stuck(await ledger.oldest_due(self._now()))
        except TimeoutError:
            self.wrote(f"the database has not answered for {PATIENCE:g} seconds")
        except StoreError as error:
            log.debug("look_failed", reason=str(error))  # the database has told why

    def checks(self) -> tuple[Check, ...]:
        """How each check stands. A folder may fail for some ticks before the process is not ready."""
        return tuple(self._check(name) for name in CHECKS)

    def _check(self, name: str) -> Check:
        trouble = self.troubles.get(name)
        since = self.troubles.well_since(name)
        if name == SOURCE and trouble is not None and self.read_at and not self._overdue():
            return Check(name=name, trouble=None, since=self.read_at)
        if trouble is not None:
            return Check(name=name, trouble=trouble.reason, since=trouble.since)
        return Check(name=name, trouble=None if since else UNTRIED, since=since)

    def _again(self, name: str, reason: str) -> None:
        if self._failed or self.troubles.get(name):
            self.troubles.begin(name, reason)
        self._failed = True

    def _overdue(self, spare: float = 0) -> bool:
        """Whether the folder should have been read again ``spare`` seconds ago."""
        late = self._now() - timedelta(seconds=spare)
        return self.read_at is not None and late > self.read_by(self.read_at)

    def _find_silence(self) -> None:
        silent = self._now() - self._asked_since
        if self._polls and silent > self._bounds.poll:
            self.troubles.begin(TELEGRAM, f"no answer to a request for updates for {silent.seconds} seconds")
        if self._overdue(PATIENCE) and not (self.troubles.get(SOURCE) or self.troubles.get(DATABASE)):
            self.troubles.begin(SOURCE, f"the folder was not read for {TICKS} ticks of its schedule")

    def _find_stuck(self, oldest: datetime | None) -> None:
        self.oldest_due = oldest
        if oldest is None or self._now() - max(oldest, self._moved_at) <= self._bounds.due:
            self.troubles.end(DELIVERIES)
        else:
            self.troubles.begin(DELIVERIES, f"a delivery has been due since {moment(oldest)}")
