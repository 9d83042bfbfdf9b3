"""When an operator is told of what: each thing once, with its end, and no more than so much an hour.

Whoever looks says what lasts and what happened. What the operator knows already is kept elsewhere, so
that this may begin anew at any time. Troubles have messages of their own: no other news keeps them back.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model import CAUSE, NEVER_PUT, News, SteadyTime

MOST = 12  # messages of troubles in an HOUR, and as many of all else
HOUR = timedelta(hours=1)
WORTH_TELLING = timedelta(minutes=1)  # what was over sooner, and could not be told, is left out
TROUBLES = ("trouble", "losses")
UNTOLD = "untold"  #: the value of news whose beginning may not have come, or was only counted
MAYBE = "maybe"  #: that value, once nobody will find out
LEAVING = "leaving"  #: what that value is while the beginning is on its way; the process may end meanwhile
TOGETHER = (
    "held",
    "issue_expired",
    "unreadable",
)  #: of many issues at once where the folder is read: one message


class Phase(StrEnum):
    """What is told of something."""

    BEGAN = "began"
    ENDED = "ended"
    PASSED = "passed"  #: it began and ended, and was not told before; of troubles alone
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to tell; ``seconds`` is how long it lasted, if that is known; 0 if it lasts or never did."""

    news: News
    phase: Phase
    seconds: float | None = 0


Batch = tuple[Item, ...]  #: one message: of one thing, of several of one kind, or of many that are summed up


def is_summed(batch: Batch) -> bool:
    """Whether it counts what it is about and names none of it."""
    alike = len({(one.news.what, one.phase) for one in batch}) == 1
    return len(batch) > 1 and not (alike and batch[0].news.what in TOGETHER)


class Bulletin:
    """Decides what is told next. ``now`` tells the time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._untold: dict[str, News] = {}
        self._passed: dict[str, Item] = {}
        self._growing: frozenset[str] = frozenset()
        self._troubles, self._rest = _Budget(now), _Budget(now)

    def due(
        self,
        *,
        known: Mapping[str, News],
        lasting: Iterable[News],
        happened: Iterable[News],
        is_open: Callable[[News], bool],
        over_at: Callable[[News], datetime],
        time: SteadyTime = NEVER_PUT,
    ) -> tuple[Batch, ...]:
        """What to tell now, message by message.

        ``known`` is what the operator knows to last; what was on its way as an earlier process ended, and
        lasts, is told again, and so is what has another cause by now. Of what is known and not among
        ``lasting``, ``is_open`` says whether that may only not be known yet; ``over_at`` says when something
        ended that is found no more, ``time`` how long after it had begun.
        """
        here = {one.key: one for one in lasting}
        known = {key: one for key, one in known.items() if not (key in here and _is_new(here[key], one))}
        ended = [one for key, one in known.items() if key not in here and not is_open(one)]
        for key, one in self._untold.items():
            is_over = one.what == "trouble" and key not in here and key not in known
            if is_over and over_at(one) - one.at >= WORTH_TELLING:
                lasted = (over_at(one) - one.at).total_seconds()  # both moved along as the clock was put
                self._passed[key] = Item(news=one, phase=Phase.PASSED, seconds=lasted)
        self._untold = {key: one for key, one in here.items() if key not in known}
        return self._batches(
            (
                *(
                    Item(news=one, phase=_end_of(one), seconds=time.elapsed(one.at, over_at(one)))
                    for one in ended
                ),
                *self._passed.values(),
                *(Item(news=one, phase=Phase.HAPPENED) for one in happened),
                *(Item(news=one, phase=Phase.BEGAN) for one in self._untold.values()),
            )
        )

    def sent(self, batch: Batch) -> None:
        """Note that a message was sent."""
        self._budget(batch).spend()
        for item in batch:
            self._untold.pop(item.news.key, None)
            if item.phase is Phase.PASSED:
                self._passed.pop(item.news.key, None)

    def is_last(self, batch: Batch) -> bool:
        """Whether it is the last such message of this hour, so that what follows is summed up."""
        return self._budget(batch).room == 1

    def _batches(self, items: Batch) -> tuple[Batch, ...]:
        batches = self._grouped(items)
        return tuple(
            batch
            for budget in (self._troubles, self._rest)
            for batch in budget.share([one for one in batches if self._budget(one) is budget])
        )

    def _budget(self, batch: Batch) -> "_Budget":
        return self._troubles if batch[0].news.what in TROUBLES else self._rest

    def _grouped(self, items: Batch) -> list[Batch]:
        """Each by itself, but for those told together: they wait until a look finds no more of them."""
        before = self._growing
        self._growing = frozenset(item.news.key for item in items if item.news.what in TOGETHER)
        grows = not self._growing <= before
        groups: dict[object, Batch] = {}
        for item in items:
            together = item.news.what in TOGETHER
            if not (together and grows):
                kind = (item.news.what, item.phase) if together else (item.news.key, item.phase)
                groups[kind] = (*groups.get(kind, ()), item)
        return list(groups.values())


def is_leaving(one: News) -> bool:
    """Whether its beginning was on its way to the chat, and nobody knows yet whether it came."""
    return one.values.get(UNTOLD) == LEAVING


def _is_new(now: News, known: News) -> bool:
    """Whether what is known to last is to be told again as it is now."""
    cause = now.values.get(CAUSE)
    return is_leaving(known) or known.values.get(CAUSE, cause) != cause


def _end_of(one: News) -> Phase:
    """How an end is told: only where its beginning was, as an end alone."""
    return Phase.PASSED if one.what == "trouble" and one.values.get(UNTOLD) else Phase.ENDED


class _Budget:
    """So many messages an hour; what is over is summed up in one as soon as there is room."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: deque[datetime] = deque()
        self._gathers = False

    def share(self, batches: Sequence[Batch]) -> Sequence[Batch]:
        """Those of them that may be sent now."""
        room = self.room
        if self._gathers and batches and room:
            self._gathers = False
            return (tuple(item for batch in batches for item in batch),)
        self._gathers = self._gathers or len(batches) > room
        return batches[:room]

    def spend(self) -> None:
        """Note that a message was sent."""
        self._sent.append(self._now())

    @property
    def room(self) -> int:
        """How many may be sent now."""
        while self._sent and self._now() - self._sent[0] >= HOUR:
            self._sent.popleft()
        return MOST - len(self._sent)
