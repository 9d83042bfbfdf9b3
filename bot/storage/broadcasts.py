"""What the ledger says of an issue that goes to everybody: whether it still does, and how it ended."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import (
    CORRECTED_PART,
    EDITION,
    NOTE,
    PARTLY,
    Aim,
    Delivery,
    DeliveryState,
    Destination,
    IssueState,
    Purpose,
)
from bot.storage.database import Database
from bot.storage.issue_states import present_edition
from bot.storage.rows import has_key, is_left_out, stood_not
from bot.storage.schema import deliveries, is_open, issues, plans, subscribers
from bot.storage.subscribers import is_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How an issue went to everybody: chats by how it ended there, and the messages that stand there.

    ``uncertain`` counts chats with a part that may be missing or doubled; ``ended`` is when the last changed.
    Where it was ``taken_back`` meanwhile, ``sent`` are those to which any of it had come, or all of a
    correction. Of an issue that is taken back, ``sent`` are those that it was taken back from; if it was
    ``published_again`` meanwhile, that was ended. Of those that
    were ``skipped``, ``partly`` have all or a part of it, and an operator ``left_out`` so many. Lines that
    tell of a correction are no messages of an issue that was sent.
    """

    sent: int
    failed: int
    skipped: int
    uncertain: int
    messages: int
    ended: datetime | None
    taken_back: bool = False
    published_again: bool = False
    partly: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """So many have an issue by one cut, each a ``destination`` with one person or with many; that is one."""

    cut: str
    chats: int
    destination: Destination


class Broadcasts:
    """The pushes of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begun_at(self, delivery: Delivery) -> datetime | None:
        """When a delivery was planned together with many others; None for one by itself.

        Such as somebody gets who joined or came back. Nor for one that reads as the issue does already,
        and is opened again for what stands below it.
        """
        if delivery.purpose is not Purpose.PUSH:
            return None
        planned = sa.select(deliveries.c.planned_at).where(has_key(delivery.key))
        published = sa.select(issues.c.published_at).where(issues.c.slug == delivery.issue_slug)
        async with self._database.reading() as connection:
            present = await connection.scalar(sa.select(present_edition(delivery.issue_slug)))
            if delivery.aim is Aim.CORRECT and delivery.edition == present:
                return None
            at: datetime | None = await connection.scalar(planned)
            if delivery.aim is not Aim.SEND:
                return None if await connection.scalar(_came_back(delivery.destination, at)) else at
            if at == await connection.scalar(published):
                return at
            alike = sa.select(deliveries.c.chat_id).where(
                is_open, *_push_of(delivery.issue_slug, delivery.aim), deliveries.c.planned_at == at
            )
            return at if len((await connection.execute(alike.limit(2))).all()) > 1 else None

    async def under_way(self, slug: str, aim: Aim) -> bool:
        """Whether something is left to do, or still to be planned."""
        rows = sa.select(deliveries.c.chat_id).where(is_open, *_push_of(slug, aim))
        planning = sa.select(plans.c.issue_slug).where(plans.c.issue_slug == slug, plans.c.aim == aim)
        async with self._database.reading() as connection:
            return bool(await connection.scalar(sa.select(sa.or_(rows.exists(), planning.exists()))))

    async def copies(self, slug: str) -> tuple[Copies, ...]:
        """The copies of an issue that was sent to everybody, by what they hold, the most frequent first."""
        row = deliveries.c
        count, private = sa.func.count(), row.chat_id > 0
        query = sa.select(row.cut, count, sa.func.max(row.chat_id))
        sent = (row.issue_slug == slug, row.purpose == Purpose.PUSH, row.state == DeliveryState.SENT)
        query = query.where(*sent).group_by(row.cut, private).order_by(count.desc(), row.cut)
        async with self._database.reading() as connection:
            found: list[Copies] = []
            for cut, chats, chat in (await connection.execute(query)).all():
                one = sa.select(sa.func.max(row.thread)).where(*sent, row.chat_id == chat, row.cut == cut)
                to = Destination(chat, (await connection.scalar(one) or 0) if chat < 0 else 0)
                found.append(Copies(cut=cut, chats=chats, destination=to))
        return tuple(found)

    async def totals(self, slug: str, aim: Aim) -> Totals:
        """How it went."""
        row, ended = deliveries.c, _ended_as(aim)
        columns = (
            ended,
            sa.func.count(),
            sa.func.sum(row.next_part - _notes if aim is Aim.SEND else row.next_part),
            sa.func.sum(sa.case((row.uncertain > 0, 1), else_=0)),
            sa.func.max(row.updated_at),
            sa.func.sum(sa.case((row.next_part > 0, 1), else_=0)),
            sa.func.sum(sa.case((is_left_out, 1), else_=0)),
        )
        whose = (row.issue_slug == slug, row.purpose == Purpose.PUSH, ended.is_not(None))
        async with self._database.reading() as connection:
            query = sa.select(*columns).where(*whose).group_by(ended)
            found = {state: values for state, *values in await connection.execute(query)}
            back = bool(await connection.scalar(sa.select(_is_taken_back).where(issues.c.slug == slug)))
        count = {state: int(values[0]) for state, values in found.items()}
        skipped = found.get(DeliveryState.SKIPPED, [0] * len(columns))
        return Totals(
            sent=count.get(DeliveryState.SENT, 0),
            failed=count.get(DeliveryState.FAILED, 0),
            skipped=count.get(DeliveryState.SKIPPED, 0),
            partly=int(skipped[4]),
            left_out=int(skipped[5]),
            messages=sum(int(values[1]) for values in found.values()),
            uncertain=sum(int(values[2]) for values in found.values()),
            ended=max((values[3] for values in found.values()), default=None),
            taken_back=back and aim is not Aim.RETRACT,
            published_again=not back and aim is Aim.RETRACT,
        )


def _push_of(slug: str, aim: Aim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        deliveries.c.issue_slug == slug,
        deliveries.c.purpose == Purpose.PUSH,
        deliveries.c.aim == aim,
    )


def _came_back(to: Destination, at: datetime | None) -> sa.Select[bool]:
    """Whether the reader came back at that moment: what was changed meanwhile was planned for them."""
    return sa.select(sa.exists().where(is_at(to), subscribers.c.updated_at == at))


_published_edition = sa.func.substr(issues.c.published_checksum, 1, EDITION)
_is_up_to_date = sa.exists().where(
    issues.c.slug == deliveries.c.issue_slug, deliveries.c.edition == _published_edition
)
#: True for what was corrected while it was sent, and whose reader was told so.
_is_told_on_its_way = sa.exists().where(
    issues.c.slug == deliveries.c.issue_slug,
    deliveries.c.aim == Aim.SEND,
    deliveries.c.state == DeliveryState.SENT,
    deliveries.c.parts.like(sa.literal(f'%"{NOTE}').concat(_published_edition).concat('"%')),
)
_NOTE = f'"{NOTE}'  # as in the column
#: How many of the parts of a row tell of a correction.
_notes = (
    sa.func.length(deliveries.c.parts) - sa.func.length(sa.func.replace(deliveries.c.parts, _NOTE, ""))
) // len(_NOTE)
_is_taken_back = issues.c.state == IssueState.RETRACTED


def _ended_as(aim: Aim) -> sa.ColumnElement[str | None]:
    """How a row counts for what was to be brought about; null if it does not.

    Rows are taken on to the next aim while others of the same push are not finished: what is corrected was
    sent, and of what is taken back something was, unless the row says otherwise. What is taken back was
    corrected if it was brought up to the text that is out; what was on its way, if its reader was told so.
    """
    row = deliveries.c
    own = (row.aim == aim, row.state)
    never, back = stood_not, row.aim == Aim.RETRACT
    sent, skipped = sa.literal(str(DeliveryState.SENT)), sa.literal(str(DeliveryState.SKIPPED))
    if aim is Aim.RETRACT:
        done = sa.and_(back, row.state == DeliveryState.SKIPPED)
        return sa.case((sa.and_(back, never), sa.null()), (done, sent), own, else_=None)
    is_over = sa.exists().where(issues.c.slug == row.issue_slug, _is_taken_back)
    if aim is Aim.CORRECT:
        ended = sa.case((never, sa.null()), (_is_up_to_date, sent), else_=skipped)
        in_part = (sa.and_(row.aim == aim, row.reason == CORRECTED_PART), sent)
        on_its_way = (_is_told_on_its_way, sent)
        return sa.case(in_part, own, on_its_way, (sa.and_(back, is_over), ended), else_=None)
    return sa.case(
        own,
        (sa.and_(row.aim == Aim.CORRECT, row.edition == PARTLY), skipped),
        (row.aim == Aim.CORRECT, sent),
        (~is_over, sa.null()),
        (never, skipped),
        else_=sent,
    )
