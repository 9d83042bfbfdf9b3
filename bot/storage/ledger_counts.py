"""The rows of an issue, counted: how far it has come."""

from dataclasses import dataclass, replace
from typing import Self

from bot.model import Aim, DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """How many rows have an aim and a state, how many parts are in their chats, how many are uncertain.

    ``not_sent`` are those of an issue that was taken back before anything of it had left. They are
    ``pushes``, or what readers asked for or got from the archive to begin with.
    """

    aim: Aim
    state: DeliveryState
    rows: int
    parts: int
    uncertain: int
    not_sent: int = 0
    pushes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCounts:
    """The rows of an issue by aim and state.

    ``planning``: the plan of the issue is not done. It is ``swept`` if every chat was looked at once, and
    only those are looked at again for which something was on its way. ``taken_back``: readers are to have
    it no more.
    """

    states: tuple[StateCount, ...]
    planning: bool
    swept: bool = False
    taken_back: bool = False

    @property
    def pushes(self) -> Self:
        """The pushes among them."""
        return replace(self, states=tuple(one for one in self.states if one.pushes))

    @property
    def apart(self) -> Self:
        """All others."""
        return replace(self, states=tuple(one for one in self.states if not one.pushes))

    @property
    def rows(self) -> dict[DeliveryState, int]:
        """Rows by state; only states that occur."""
        return {state: sum(one.rows for one in counts) for state, counts in self._by_state().items()}

    @property
    def parts(self) -> dict[DeliveryState, int]:
        """The parts in chats, by the state of their row."""
        return {state: sum(one.parts for one in counts) for state, counts in self._by_state().items()}

    @property
    def uncertain(self) -> int:
        """How many rows have a part that may be missing or doubled."""
        return sum(one.uncertain for one in self.states)

    def _by_state(self) -> dict[DeliveryState, list[StateCount]]:
        found: dict[DeliveryState, list[StateCount]] = {}
        for one in self.states:
            found.setdefault(one.state, []).append(one)
        return found
