"""What is wrong at present: troubles that begin and end, each with a name of its own.

Whoever finds out calls :meth:`Troubles.begin` and :meth:`Troubles.end` as often as they like; the
log, the admin chat and whoever else listens are told once when one begins and once when it has ended.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.words.moments import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong: since when, and why, as last heard."""

    name: str
    reason: str
    since: datetime

    @property
    def told(self) -> str:
        """Which it is, since when, and why."""
        return f"{self.name} since {moment(self.since)}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A trouble that began or, if there is an ``ended``, was over then."""

    trouble: Trouble
    ended: datetime | None = None


Listener = Callable[[Change], None]  #: must not raise; called in the event loop, so it returns at once


class Troubles:
    """The troubles of this process. ``now`` tells the time.

    ``calm`` is for those that come and go, by name: such a trouble ends only when nobody has called
    :meth:`begin` for so long.
    """

    def __init__(self, now: Callable[[], datetime], *, calm: Mapping[str, timedelta] | None = None) -> None:
        self._now = now
        self._calm = dict(calm or {})
        self._present: dict[str, Trouble] = {}
        self._heard: dict[str, datetime] = {}
        self._well_since: dict[str, datetime] = {}
        self._calming: dict[str, datetime] = {}
        self._calmed: set[str] = set()  # what was here, and was watched until it was over
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> None:
        """Tell ``listener`` each change from now on."""
        self._listeners.append(listener)

    @property
    def present(self) -> tuple[Trouble, ...]:
        """What is wrong now, in the order in which it began; of what is calming down, since when."""
        return tuple(map(self._as_it_is, self._present.values()))

    def get(self, name: str) -> Trouble | None:
        """The trouble of this name; None if it is not there."""
        return self._present.get(name)

    def well_since(self, name: str) -> datetime | None:
        """Since when all is well with this; None if it is not, or nobody has found out yet."""
        return None if name in self._present else self._well_since.get(name)

    def is_over(self, name: str, *, after: timedelta) -> bool:
        """Whether what another process met is over: all has been well here for so long, and for its calm.

        What was there in this process too has been watched for its calm already.
        """
        since = self.well_since(name)
        calm = timedelta() if name in self._calmed else self._calm_of(name)
        return since is not None and self._now() - since >= max(after, calm)

    def was_here(self, name: str) -> bool:
        """Whether this process met it, and saw it end."""
        return name in self._calmed

    def begin(self, name: str, reason: str) -> bool:
        """Note that something is wrong; returns whether that is news."""
        self._heard[name] = now = self._now()
        self._calming.pop(name, None)
        self._calmed.discard(name)
        if (known := self._present.get(name)) is not None:
            self._present[name] = replace(known, reason=reason)
            return False
        self._present[name] = trouble = Trouble(name=name, reason=reason, since=now)
        self._tell(Change(trouble=trouble))
        return True

    def end(self, name: str) -> bool:
        """Note that all is well with this; returns whether a trouble has ended."""
        now, known = self._now(), self._present.get(name)
        if known is None:
            self._well_since.setdefault(name, now)
            return False
        if now - self._heard[name] < self._calm_of(name):
            self._calming.setdefault(name, now)
            return False
        self._calming.pop(name, None)
        del self._present[name]
        self._calmed.add(name)
        self._well_since[name] = now
        self._tell(Change(trouble=known, ended=now))
        return True

    def clock_moved(self, by: timedelta) -> None:
        """Move along what was noted by the clock, which was put by so much."""
        self._present = {name: replace(one, since=one.since + by) for name, one in self._present.items()}
        for noted in (self._heard, self._well_since, self._calming):
            noted.update({name: at + by for name, at in noted.items()})

    def leave(self, name: str, *, well: bool = False) -> None:
        """Leave it to another process to find out; nobody is told of an end, as it may last.

        Nothing is wrong here then, nor known to be well, unless it is ``well`` for this process.
        """
        for noted in (self._present, self._calming, self._well_since):
            noted.pop(name, None)
        self._calmed.discard(name)
        if well:
            self._well_since[name] = self._now()

    def _as_it_is(self, one: Trouble) -> Trouble:
        since = self._calming.get(one.name)
        if since is None:
            return one
        return replace(one, reason=f"{one.reason}; well again since {moment(since)}, and watched")

    def _calm_of(self, name: str) -> timedelta:
        return self._calm.get(name, timedelta())

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)
