"""How long something took, though the clock was put meanwhile.

Between two jumps is a stretch in which the clock went as time does. A moment lies in one of them, and where
the clock was put back perhaps in two: then it is not known which of both it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERATED = timedelta(seconds=2)  #: a clock that is set right by and by


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJump:
    """What the clock said before it was put, and after; ``seconds`` truly went by in between."""

    before: datetime
    after: datetime
    seconds: float

    @property
    def by(self) -> timedelta:
        """By how much it was put; less than nothing if it was put back."""
        return self.after - self.before - timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From when to when the clock was ``ahead`` by so much of how it had been before the first jump."""

    begins: datetime | None
    ends: datetime | None
    ahead: timedelta

    def has(self, moment: datetime) -> bool:
        begun = self.begins is None or moment >= self.begins
        return begun and (self.ends is None or moment <= self.ends)


@dataclass(frozen=True, slots=True)
class SteadyTime:
    """Knows the jumps, in their order, and what the clock tells ``now``, after which no moment was."""

    jumps: Sequence[ClockJump] = ()
    now: datetime | None = None

    def elapsed(self, since: datetime, until: datetime) -> float | None:
        """The seconds from one moment that the clock told to a later one; None if they are not known.

        Never less than none. ``until`` is as late as it can be: things are told when they end.
        """
        stretches = tuple(self._stretches())
        last = max((n for n, one in enumerate(stretches) if one.has(until)), default=None)
        if last is None:
            return None
        then = until - stretches[last].ahead
        spans = [then - (since - one.ahead) for one in stretches[: last + 1] if one.has(since)]
        possible = [span for span in spans if span >= -TOLERATED]
        if not possible or max(possible) - min(possible) > TOLERATED:
            return None
        return max(0.0, min(possible).total_seconds())

    def _stretches(self) -> Iterator[_Stretch]:
        """A jump was somewhere between two looks at the clock: each stretch may reach to the other one."""
        begins, ahead = None, timedelta()
        for jump in self.jumps:
            between = timedelta(seconds=jump.seconds)
            yield _Stretch(begins, jump.before + between, ahead)
            begins, ahead = jump.after - between, ahead + jump.by
        yield _Stretch(begins, self.now and self.now + TOLERATED, ahead)


NEVER_PUT = SteadyTime()  #: that of a clock which nobody put
