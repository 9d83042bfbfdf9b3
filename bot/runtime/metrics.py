"""The figures of this process, of sending and of the database, for whoever monitors them.

What reads whole tables is asked once a minute at most, whoever asks how often.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot import __version__
from bot.errors import StoreError
from bot.model import LANGUAGES, LOSSES, ChatRole, DeliveryState, Happening, Hold, IssueState, SubscriberState
from bot.reports.losses import DAY
from bot.reports.lost_chats import lost_chats
from bot.reports.status import held_issues
from bot.runtime.leadership import Role
from bot.runtime.sending import Sending
from bot.runtime.watch import CHECKS, Watch
from bot.settings import Settings
from bot.storage import EVERYTHING, Storage
from bot.storage.figures import SubscriberCount
from bot.web.figure import Figure, one

T = TypeVar("T")

Source = Callable[[], Awaitable[Sequence[Figure]]]

KEPT = timedelta(seconds=60)  # what reads whole tables
PATIENCE = 5.0  # seconds for a database that does not answer


class Meter:
    """Collects the figures of its sources, which come as the process is built."""

    def __init__(self) -> None:
        self._sources: list[Source] = []

    def add(self, *sources: Source) -> None:
        """Ask the ``sources`` from now on."""
        self._sources.extend(sources)

    async def figures(self) -> tuple[Figure, ...]:
        """All figures; without those that a database keeps to itself at present."""
        found: list[Figure] = []
        for source in self._sources:
            try:
                async with asyncio.timeout(PATIENCE):
                    found += await source()
            except (StoreError, TimeoutError):
                continue
        return tuple(found)


def process_figures(watch: Watch) -> Source:
    """How this process is, and what it did last."""

    async def figures() -> Sequence[Figure]:
        checks, present = watch.checks(), {trouble.name for trouble in watch.troubles.present}
        return (
            _by("jianbao_build", "The version of the program.", "version", {__version__: 1}),
            one(
                "jianbao_ready",
                "Whether every check is well.",
                all(check.trouble is None for check in checks),
            ),
            _by(
                "jianbao_trouble",
                "Whether a trouble is there.",
                "trouble",
                {name: name in present for name in (*CHECKS, *sorted(present - set(CHECKS)))},
            ),
            one(
                "jianbao_leads",
                "Whether this process sends; 0 of one that stands by.",
                watch.role is Role.LEADS,
            ),
            one("jianbao_last_read_timestamp_seconds", "When the folder was read.", _stamp(watch.read_at)),
            one(
                "jianbao_last_poll_timestamp_seconds",
                "When Telegram answered a request for updates.",
                _stamp(watch.polled_at),
            ),
            one("jianbao_database_write_seconds", "How long the latest write took.", watch.database_seconds),
        )

    return figures


def due_figures(watch: Watch, storage: Storage, now: Callable[[], datetime]) -> Source:
    """Whether deliveries are stuck, and for how long, if that is known.

    In a broadcast the last ones are due from its beginning on; what waits its turn is not late.
    """

    async def figures() -> Sequence[Figure]:
        oldest, at = watch.oldest_due, now()
        time = await storage.kept_jumps.steady_time(at)
        due = time.elapsed(oldest, at) if oldest else 0.0
        return (
            one(
                "jianbao_oldest_due_seconds",
                "For how long a delivery has been due while none was begun.",
                None if due is None else min(due, watch.unmoved),
            ),
        )

    return figures


def sending_figures(sending: Sending) -> Source:
    """How sending goes in this process."""

    async def figures() -> Sequence[Figure]:
        report = sending.dispatcher.report
        queue = {priority.name.lower(): waiting for priority, waiting in sending.dispatcher.queue.items()}
        results = {"sent": report.sent, "throttled": report.refused, "failed": report.failed}
        return (
            _by(
                "jianbao_messages",
                "Calls to Telegram by how they ended; throttled is a 429.",
                "result",
                results,
                counts=True,
            ),
            one("jianbao_send_rate", "Messages a second, over ten seconds at most.", report.rate),
            one("jianbao_send_limit", "Messages a second that may be sent at present.", report.limit),
            one("jianbao_send_paused_seconds", "For how long nothing will be sent.", report.paused_for),
            _by("jianbao_queue", "Messages that wait for their slot.", "priority", queue),
        )

    return figures


def storage_figures(storage: Storage, settings: Settings, now: Callable[[], datetime]) -> Source:
    """What the database counts."""
    pushes = Kept(storage.statistics.pushes, now)
    people = Kept(storage.figures.subscribers, now)

    async def figures() -> Sequence[Figure]:
        issues, counts = await storage.figures.issues(), await people.get()
        holds = await storage.holds.all()
        lost = {one.role for one in await lost_chats(storage, settings)}
        lately = await storage.tallies.in_all(now() - DAY)
        return (
            _states("jianbao_issues", "Issues by state.", IssueState, issues),
            _by("jianbao_held_issues", "Issues that are held, by what holds them.", "by", _held(holds)),
            one("jianbao_held_everything", "Whether all pushes are held.", EVERYTHING in holds),
            _by(
                "jianbao_chat_lost",
                "Whether the chat of a role put the bot out.",
                "role",
                {role.value: role in lost for role in ChatRole},
            ),
            _states("jianbao_deliveries", "Pushes by state.", DeliveryState, await pushes.get()),
            Figure(
                name="jianbao_subscribers",
                help="Subscribers by state and language.",
                labels=("state", "language"),
                samples=_subscribers(counts),
            ),
            one(
                "jianbao_joined_last_day",
                "Who subscribed within a day.",
                lately.get(Happening.JOINED, 0),
            ),
            one(
                "jianbao_returned_last_day",
                "Who came back within a day.",
                lately.get(Happening.RETURNED, 0),
            ),
            _states("jianbao_lost_last_day", "Who was lost within a day, by how.", LOSSES, _named(lately)),
        )

    return figures


class Kept(Generic[T]):
    """An answer that is asked for anew once it is old. Who no longer waits for it does not stop it."""

    def __init__(self, ask: Callable[[], Awaitable[T]], now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._now = now
        self._asking: asyncio.Task[tuple[datetime, T]] | None = None

    async def get(self) -> T:
        """The answer, at most a minute old when it was asked for."""
        if self._asking is None or self._is_over(self._asking):
            self._asking = asyncio.create_task(self._asked())
        return (await asyncio.shield(self._asking))[1]

    async def _asked(self) -> tuple[datetime, T]:
        return self._now(), await self._ask()

    def _is_over(self, asking: "asyncio.Task[tuple[datetime, T]]") -> bool:
        if not asking.done():
            return False
        return asking.cancelled() or bool(asking.exception()) or self._now() - asking.result()[0] >= KEPT


def _by(name: str, help: str, label: str, values: Mapping[str, float], *, counts: bool = False) -> Figure:  # noqa: A002  # as Prometheus calls it
    samples = [((value,), number) for value, number in values.items()]
    return Figure(name=name, help=help, labels=(label,), samples=samples, counts=counts)


def _states(name: str, help: str, states: Iterable[str], counts: Mapping[str, int]) -> Figure:  # noqa: A002  # as above
    """The number in each state, also if it is 0."""
    return _by(name, help, "state", {state: counts.get(state, 0) for state in states})


def _held(holds: Mapping[str, Hold]) -> dict[str, int]:
    return {by.value: number for by, number in held_issues(holds).items()}


def _named(counts: Mapping[Happening, int]) -> dict[str, int]:
    return {what.value: number for what, number in counts.items()}


def _subscribers(counts: Sequence[SubscriberCount]) -> list[tuple[tuple[str, str], float]]:
    found = {(some.state, some.language): some.chats for some in counts}
    known = {(str(state), language): 0 for state in SubscriberState for language in LANGUAGES}
    return list((known | found).items())


def _stamp(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
