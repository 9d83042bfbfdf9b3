"""Who came and who was lost within a day, and whether more were lost than usual.

That it is so is noted in the database by the process that leads: whoever asks, in whatever process, says
the same until it has been so no more for some time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import LOSSES, Happening, SubscriberState
from bot.storage import Storage

DAY = timedelta(days=1)
CALM = timedelta(hours=1)  #: it is not over and back again with each who comes or goes
_NOTED = "unusual losses at"

#: A few leave with every issue: fewer than these are nothing to tell, nor is a smaller share of all.
FEWEST_LOST, LEAST_SHARE = 5, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What happened within a day; ``active`` are there now; ``recent``: unusual within the last hour."""

    happened: Mapping[Happening, int]
    active: int
    recent: bool = False

    @property
    def number(self) -> int:
        """How many were lost, for whatever reason."""
        return sum(self.happened.get(what, 0) for what in LOSSES)

    @property
    def returned(self) -> int:
        """How many came back, who had been lost then or before."""
        return self.happened.get(Happening.RETURNED, 0)

    @property
    def unusual_now(self) -> bool:
        """Whether more were lost than usually are; who comes and goes all day is not lost each time."""
        return is_unusual(max(0, self.number - self.returned), self.active)

    @property
    def unusual(self) -> bool:
        """Whether that is so, or was until a moment ago."""
        return self.unusual_now or self.recent

    def __str__(self) -> str:
        """How many, and for which reasons."""
        reasons = ", ".join(f"{self.happened[what]} {what}" for what in LOSSES if self.happened.get(what))
        lost = f"{self.number} were lost within a day" + (f" ({reasons})" if reasons else "")
        back = f", {self.returned} came back" if self.returned else ""
        return f"{lost}{back}, and {self.active} are active"


async def lost_lately(storage: Storage, now: datetime) -> Lately:
    """What happened within a day, by quarters of an hour."""
    noted = await storage.timestamps.get(_NOTED)
    return Lately(
        happened=await storage.tallies.in_all(now - DAY),
        active=(await storage.subscribers.counts())[SubscriberState.ACTIVE],
        recent=noted is not None and now - noted < CALM,
    )


async def note_unusual(storage: Storage, now: datetime) -> None:
    """Remember that more than usual were lost just now."""
    await storage.timestamps.set(_NOTED, now)


def is_unusual(lost: int, left: int) -> bool:
    """Whether more have gone than usually do, of those who were there; ``left`` are the active now."""
    return lost >= FEWEST_LOST and lost >= LEAST_SHARE * (lost + left)
