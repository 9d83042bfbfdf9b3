"""Who came and who was lost within a day, and whether more were lost than usual."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import LOSSES, Happening, SubscriberState
from bot.storage import Storage

DAY = timedelta(days=1)

#: A few leave with every issue: fewer than these are nothing to tell, nor is a smaller share of all.
FEWEST_LOST, LEAST_SHARE = 5, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What happened within a day; ``active`` are there now."""

    happened: Mapping[Happening, int]
    active: int

    @property
    def number(self) -> int:
        """How many were lost, for whatever reason."""
        return sum(self.happened.get(what, 0) for what in LOSSES)

    @property
    def unusual(self) -> bool:
        """Whether more were lost than usually are; who comes and goes all day is not lost each time."""
        return is_unusual(max(0, self.number - self.happened.get(Happening.RETURNED, 0)), self.active)

    def __str__(self) -> str:
        """How many, and for which reasons."""
        reasons = ", ".join(f"{self.happened[what]} {what}" for what in LOSSES if self.happened.get(what))
        return f"{self.number} were lost within a day ({reasons}), and {self.active} are active"


async def lost_lately(storage: Storage, now: datetime) -> Lately:
    """What happened within a day, by quarters of an hour."""
    active = (await storage.subscribers.counts())[SubscriberState.ACTIVE]
    return Lately(happened=await storage.tallies.in_all(now - DAY), active=active)


def is_unusual(lost: int, left: int) -> bool:
    """Whether more have gone than usually do, of those who were there; ``left`` are the active now."""
    return lost >= FEWEST_LOST and lost >= LEAST_SHARE * (lost + left)
