"""The rows of an issue, counted: how far it has come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.model import OPEN_STATES, Aim, DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """How many rows have an aim and a state.

    ``not_sent`` are those of an issue that was taken back before anything of it had left; ``partly`` those
    of which an operator left out the rest.
    """

    aim: Aim
    state: DeliveryState
    rows: int
    not_sent: int = 0
    partly: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state in OPEN_STATES

    @property
    def told(self) -> dict[DeliveryState, int]:
        """The rows by the state that they count as: what is corrected or taken back was sent, or left out."""
        if self.aim is Aim.SEND or not self.is_open:
            return {self.state: self.rows}
        return {DeliveryState.SENT: self.rows - self.partly, DeliveryState.SKIPPED: self.partly}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount(RowCount):
    """The same, with how many parts are in their chats, and how many rows are uncertain.

    They are ``pushes``, or what readers asked for or got from the archive to begin with.
    """

    parts: int
    uncertain: int
    pushes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyChange:
    """A correction or a recall on its way: in ``done`` of ``total`` chats the copy is changed, or is gone."""

    aim: Aim
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Rows by aim and state."""

    states: Sequence[RowCount]

    @property
    def rows(self) -> dict[DeliveryState, int]:
        """Rows by the state that they count as; only states that occur."""
        found = Counter[DeliveryState]()
        for one in self.states:
            found.update(one.told)
        return dict(+found)

    def brought(self, aim: Aim) -> dict[DeliveryState, int]:
        """Rows by what became of this aim, as :meth:`bot.storage.broadcasts.Broadcasts.totals` counts them.

        What is corrected was sent, or left out; of what is taken back something was.
        """
        found = Counter[DeliveryState]()
        for one in self.states:
            if one.aim is aim:
                found[one.state] += one.rows - one.not_sent
            elif (aim, one.aim) == (Aim.SEND, Aim.CORRECT):
                found[DeliveryState.SENT] += one.rows - one.partly
                found[DeliveryState.SKIPPED] += one.partly
        return dict(+found)

    @property
    def open(self) -> int:
        """How many rows have something left to do."""
        return sum(one.rows for one in self.states if one.is_open)

    @property
    def change(self) -> CopyChange | None:
        """The correction or recall that is on its way; None if none is."""
        return next((found for aim in (Aim.RETRACT, Aim.CORRECT) if (found := self._change(aim))), None)

    def _change(self, aim: Aim) -> CopyChange | None:
        those = [one for one in self.states if one.aim is aim]
        if not any(one.is_open for one in those):
            return None
        ended = [one for one in those if not one.is_open and one.state is not DeliveryState.FAILED]
        return CopyChange(
            aim=aim,
            done=sum(one.rows - one.not_sent for one in ended),
            total=sum(one.rows - one.not_sent for one in those),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCounts(Counts):
    """The rows of an issue by aim and state, with their parts.

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
    def parts(self) -> dict[DeliveryState, int]:
        """The parts in chats, by the state that most of such rows count as."""
        found = {state: 0 for one in self.states for state in one.told}
        for one in self.states:
            found[next(iter(one.told))] += one.parts
        return found

    @property
    def uncertain(self) -> int:
        """How many rows have a part that may be missing or doubled."""
        return sum(one.uncertain for one in self.states)
