"""An operator holds an issue, or everything, and lets it go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.errors import BadInput
from bot.model import BY_HAND, HeldBy, Hold, IssueRecord, IssueState
from bot.publishing.length import Measure
from bot.publishing.lookup import NOT_WAITING, Issues, find_issue
from bot.storage import EVERYTHING

_NOT_HELD = NOT_WAITING | {
    IssueState.PUBLISHED: "is out, and nothing of it is left to send; jianbao retract takes it back",
}


class Holds(Protocol):
    """Where holds are kept, by what they hold: a slug, or everything. Changes say whether they were made."""

    async def all(self) -> Mapping[str, Hold]: ...

    async def get(self, scope: str) -> Hold | None: ...

    async def hold(self, slug: str, hold: Hold) -> bool: ...

    async def unschedule(self, slug: str, hold: Hold) -> bool: ...

    async def hold_everything(self, hold: Hold) -> bool: ...

    async def explain(self, scope: str, why: str) -> bool: ...

    async def release(self, scope: str) -> bool: ...


class Progress(Protocol):
    """How far issues are."""

    async def left(self) -> Mapping[str, int]:
        """How many deliveries each issue has that are not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """An issue that was let go on, and the number of ``messages`` that it may be, if it was held for that."""

    record: IssueRecord
    messages: int | None = None


class Holding:
    """Holds and lets go. Every method raises BadInput, which says why, if there is nothing to do."""

    def __init__(self, issues: Issues, holds: Holds, measure: Measure, progress: Progress) -> None:
        self._issues = issues
        self._progress = progress
        self._holds = holds
        self._measure = measure

    async def hold(self, slug: str, why: str, now: datetime) -> IssueRecord:
        """Let nothing more of an issue go out, be it waiting or under way; returns it."""
        record = await find_issue(self._issues, slug)
        if not await self._holds.hold(slug, Hold(by=HeldBy.OPERATOR, why=why, at=now)):
            raise BadInput(f"issue {slug} {await self._obstacle(record)}")
        return record

    async def explain(self, scope: str, why: str) -> bool:
        """Give what an operator holds already another reason; False, without a change, if none holds it."""
        held = await self._holds.get(scope)
        return held is not None and await self._holds.explain(scope, why)

    async def unschedule(self, slug: str, now: datetime) -> Hold:
        """Let an issue that waits not come out on its day, but only once it is published."""
        record = await find_issue(self._issues, slug)
        before = await self._holds.get(slug)
        said = before.why if before and before.is_by_hand else ""
        why = f"taken off its day (it was held: {said})" if said else "taken off its day"
        hold = Hold(by=HeldBy.UNSCHEDULED, why=why, at=now)
        if not await self._holds.unschedule(slug, hold):
            raise BadInput(f"issue {slug} {await self._no_day(record)}")
        return hold

    async def resume(self, slug: str, *, edition: str | None = None) -> Resumed:
        """Let an issue go on that an operator holds: by its day, or where it stopped.

        What the bot itself holds it for besides holds it still. One that is held for its length may be as
        long as it is, if it is of the ``edition`` that is given; a longer text of it is held again. What held
        an issue that is out everywhere meanwhile, was taken back or called off, lets nothing go on.
        """
        record, held = await find_issue(self._issues, slug), await self._holds.get(slug)
        if held is not None and held.by is HeldBy.MESSAGES and record.state is IssueState.WAITING:
            return Resumed(record=record, messages=await self._measure.accept(record, edition))
        if held is not None and held.by not in BY_HAND and record.state is IssueState.WAITING:
            how = "lets it go out" if held.by is HeldBy.APPROVAL else "sends it all the same"
            raise BadInput(f"issue {slug} is held: {held.why}; {held.release(slug)} {how}")
        if held is None or not await self._holds.release(slug):
            raise BadInput(f"issue {slug} is not held{await self._not_held(record)}")
        return Resumed(record=record)

    async def hold_everything(self, why: str, now: datetime) -> None:
        """Let nothing be pushed or published, by whichever process."""
        if not await self._holds.hold_everything(Hold(by=HeldBy.OPERATOR, why=why, at=now)):
            raise BadInput("everything is held already; jianbao status says since when")

    async def resume_everything(self) -> None:
        """Let everything go on that is not held by itself."""
        await self.check_everything_held()
        await self._holds.release(EVERYTHING)

    async def check_everything_held(self) -> None:
        """Nothing, if everything is held."""
        holds = await self._holds.all()
        if EVERYTHING not in holds:
            one = (
                f"{', '.join(holds)} alone: jianbao resume SLUG lets one go on"
                if holds
                else "nor is a single issue"
            )
            raise BadInput(f"everything is not held; {one}")

    async def _not_held(self, record: IssueRecord) -> str:
        left = (await self._progress.left()).get(record.slug, 0)
        if record.state is not IssueState.PUBLISHED or not left:
            return f": it {_NOT_HELD[record.state]}" if record.state in _NOT_HELD else ""
        everything = await self._holds.get(EVERYTHING) is not None
        held = "; everything is held: jianbao resume lets it go on" if everything else ""
        return f" by itself: it is out, and {left} of it still on their way{held}"

    async def _no_day(self, record: IssueRecord) -> str:
        match record.state:
            case IssueState.WAITING:
                return await self._obstacle(record)
            case IssueState.PUBLISHED:
                return f"is published; jianbao hold {record.slug} keeps back what of it is not sent yet"
            case _:
                return "does not wait for its day"

    async def _obstacle(self, record: IssueRecord) -> str:
        held = await self._holds.get(record.slug)
        if held is not None:
            return f"is held already: {held.reason or 'by an operator'}"
        return _NOT_HELD.get(record.state, "cannot be held")
