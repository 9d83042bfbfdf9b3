"""What a correction of an issue that is out would change in chats, before anybody decides about it."""

from dataclasses import dataclass, replace
from datetime import date

from bot.delivery.job import Render
from bot.delivery.reconcile import steps_left, with_part_names
from bot.model import Aim, Cut, Delivery, IssueRecord, Purpose
from bot.storage import Storage
from bot.storage.broadcasts import Copies

MOST_CUTS = 200  # that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An issue whose text is not what its readers have.

    ``chats`` have it, and something would change in ``changes`` of them. ``messages`` is how many would be
    sent, edited or deleted in all. ``is_whole``: all copies were looked at. ``former`` is the edition that
    readers have, of those who have most in common; ``commit`` is the short name of the one that the new text
    was found in.
    """

    slug: str
    edition: str
    title: str
    day: date | None
    day_known: bool
    chats: int
    changes: int
    messages: int
    is_whole: bool
    former: str | None = None
    commit: str = ""


class Corrections:
    """Finds what waits for a decision, and what it would change."""

    def __init__(self, storage: Storage, render: Render) -> None:
        self._storage = storage
        self._render = render

    async def all(self) -> tuple[IssueRecord, ...]:
        """The issues that are out with another text than they have now."""
        return await self._storage.issues.corrected()

    async def of(self, record: IssueRecord) -> Correction:
        """What the correction of an issue would change. Raises JianbaoError where it cannot be read."""
        copies = await self._storage.broadcasts.copies(record.slug)
        samples = [await self._sample(record.slug, one) for one in copies[:MOST_CUTS]]
        counted = [
            (one.chats, await self._steps(sample, one)) for one, sample in zip(copies, samples, strict=False)
        ]
        return Correction(
            slug=record.slug,
            edition=record.edition,
            title=record.title or record.slug,
            day=record.date,
            day_known=record.day_known,
            commit=record.short_commit,
            chats=sum(one.chats for one in copies),
            changes=sum(chats for chats, steps in counted if steps),
            messages=sum(chats * steps for chats, steps in counted),
            is_whole=len(copies) <= MOST_CUTS,
            former=next((sample.edition for sample in samples if sample), None),
        )

    async def _sample(self, slug: str, copies: Copies) -> Delivery | None:
        return await self._storage.deliveries.get(slug, copies.destination, Purpose.PUSH)

    async def _steps(self, sample: Delivery | None, copies: Copies) -> int:
        """How many calls bring one of these copies up to date."""
        if sample is None:
            return 0
        private = copies.destination.chat > 0
        rendered = await self._render(sample.issue_slug, Cut.parse(copies.cut), private=private)
        return steps_left(with_part_names(replace(sample, aim=Aim.CORRECT), rendered), rendered)
