"""Plans deliveries as rows of the ledger: for all subscribers at once, or for one who asked.

For all subscribers this is done in chunks, each one statement in a transaction that also moves the
plan's cursor: memory stays the same however many subscribers there are, a crash costs no more than the
chunk it fell into, and planning a chunk twice plans it once, because rows have a unique key.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import sqlalchemy as sa

from bot.model import EXPIRED, Aim, Cut, DeliveryState, Destination, Happening, IssueRecord, Purpose
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.holds import let_go
from bot.storage.issue_states import (
    is_published,
    is_readable,
    mark_corrected,
    mark_due_published,
    mark_published,
    mark_retracted,
)
from bot.storage.issues import add_record
from bot.storage.plan_statements import STATEMENTS, end_of_chunk, reset_keeping_parts, reset_row
from bot.storage.plan_sweep import sweep_changed
from bot.storage.rows import DESTINATION, KEY, chat_not_before, close, fresh, has_come, is_left_out, replan
from bot.storage.schema import deliveries, is_open, plans
from bot.storage.subscribers import active_destinations
from bot.storage.tallies import tally
from bot.storage.upsert import insert
from bot.storage.waiting_rows import recut

CHUNK = 50_000  # chats; about two tenths of a second of writing
#: For how long at least a correction is checked again: senders may remember the text before it for a second.
_REMEMBERED = timedelta(seconds=5)


Mark = Callable[[Connection, str, datetime], Awaitable[bool]]  #: whether the issue may be planned for


class _Row(NamedTuple):
    """What is read of a plan, as :data:`_READ` asks for it."""

    issue_slug: str
    aim: str
    after: int | None
    swept: bool
    begun_at: datetime


_READ = tuple(plans.c[name] for name in _Row._fields)


class Planner:
    """Plans what is to be delivered. Every method raises StoreError when the database does."""

    def __init__(self, database: Database, *, chunk: int = CHUNK) -> None:
        self._database = database
        self._chunk = chunk

    async def push(self, issue_slug: str, now: datetime, *, checksum: str | None = None) -> int | None:
        """Publish the issue: mark it as published, and plan it for every active subscriber.

        If a ``checksum`` is given, only with the text that has it. Returns how many rows were planned; None
        if it was published before or is unknown. After a crash, :meth:`resume` continues.
        """
        mark = partial(mark_published, checksum=checksum)
        return await self._begin(issue_slug, Aim.SEND, mark, now)

    async def push_waiting(self, issue_slug: str, checksum: str, now: datetime) -> int | None:
        """The same for an issue that waits with the text of this checksum; None for any other."""
        mark = partial(mark_due_published, checksum=checksum)
        return await self._begin(issue_slug, Aim.SEND, mark, now)

    async def announce(self, record: IssueRecord, text: str, now: datetime) -> int | None:
        """Take in a notice and plan it for everybody whom it is for; returns for how many.

        None, without a change, if its slug is known. After a crash, :meth:`resume` continues.
        """

        async def mark(connection: Connection, slug: str, at: datetime) -> bool:
            added = await add_record(connection, record, text)
            return added and await mark_published(connection, slug, at)

        return await self._begin(record.slug, Aim.SEND, mark, now)

    async def correct(
        self, issue_slug: str, now: datetime, *, checksum: str | None = None, told: bool = False
    ) -> int | None:
        """Plan a correction in every chat that has a published issue; None if it is not published.

        If a ``checksum`` is given, only with the text that has it; None if it has another. ``told``: readers
        are told of it.
        Readers who blocked the bot catch up once they are back. Those that are still open get the new text as
        they continue; :meth:`resume` checks them again until all are finished.
        """
        await self._carry_out(issue_slug, now)  # what is being planned, a push perhaps, must not be cut short
        mark = partial(mark_corrected, checksum=checksum, told=told)
        return await self._begin(issue_slug, Aim.CORRECT, mark, now)

    async def retract(self, issue_slug: str, now: datetime) -> int | None:
        """Plan taking the issue back from every chat that has it; None if readers never could have it.

        Chats where it failed before are planned again. Who blocked the bot catches up once they are back.
        """
        return await self._begin(issue_slug, Aim.RETRACT, mark_retracted, now)

    async def resume(self, now: datetime) -> int:
        """Continue every unfinished plan; returns how many rows were planned."""
        async with self._database.reading() as connection:
            slugs = list(await connection.scalars(sa.select(plans.c.issue_slug).order_by(plans.c.begun_at)))
        return sum([await self._carry_out(slug, now) for slug in slugs])

    async def plan_one(
        self, *, to: Destination, issue_slug: str, purpose: Purpose, cut: Cut, now: datetime
    ) -> bool:
        """Plan one issue for one destination; returns whether anything was planned.

        An open row stays as it is. A closed one is planned again, except a PUSH that was sent or
        failed: a PUSH is continued only if it was skipped, as for a subscriber who stopped and came
        back, and keeps its parts. While the chat must wait, the new row waits with it. False if
        readers may not have the issue.
        """
        row = fresh() | {
            "issue_slug": issue_slug,
            "chat_id": to.chat,
            "thread": to.thread,
            "purpose": purpose,
            "cut": cut.signature,
            "reason": None,
            "version": 0,
            "planned_at": now,
            "updated_at": now,
            "not_before": chat_not_before(sa.literal(to.chat)),
            "hours": "",
        }
        skipped = deliveries.c.state == DeliveryState.SKIPPED
        async with self._database.writing() as connection:
            if not await is_readable(connection, issue_slug):
                return False
            new = insert(connection, deliveries).values(row)
            pushed = purpose is Purpose.PUSH
            statement = new.on_conflict_do_update(
                index_elements=KEY,
                set_=reset_keeping_parts(new) if pushed else reset_row(new),
                where=skipped if pushed else ~is_open,
            )
            planned = await rows_changed(connection, statement) == 1
            if planned and purpose is not Purpose.TEST:
                what = Happening.PUSHED if pushed else Happening.REQUESTED
                await tally(connection, what, now, issue_slug=issue_slug)
            return planned

    async def retry(self, issue_slug: str, now: datetime, *, left_out: bool = False) -> int:
        """Plan the issue again for active subscribers whose delivery failed or was skipped.

        They keep the parts that they have, and only missing ones are sent. What an operator ``left_out`` may
        have come without a record, and is planned only if that is said. Plans nothing if the issue is no
        longer published.
        """
        aim = sa.case((is_left_out, Aim.SEND), else_=deliveries.c.aim)
        left = sa.true() if left_out else ~is_left_out
        async with self._database.writing() as connection:
            planned = await rows_changed(connection, replan(now, aim=aim).where(*_missed(issue_slug), left))
            await recut(connection, deliveries.c.issue_slug == issue_slug, now)
            return planned

    async def missed(self, issue_slug: str, *, away: bool = False) -> int:
        """How many :meth:`retry` would plan; ``away``: how many of those who are not active missed it too."""
        rows = sa.select(sa.func.count()).select_from(deliveries)
        those = _missed(issue_slug, away=away)
        async with self._database.reading() as connection:
            return await connection.scalar(rows.where(*those, ~is_left_out)) or 0

    async def expire(self, planned_before: datetime, now: datetime) -> int:
        """Skip the open pushes that were planned before; returns how many there were.

        What had to wait for its reader's hour is not late before that is as long ago.
        """
        late = (
            is_open,
            deliveries.c.purpose == Purpose.PUSH,
            deliveries.c.aim == Aim.SEND,
            deliveries.c.planned_at < planned_before,
            sa.or_(deliveries.c.hours == "", deliveries.c.not_before < planned_before),
        )
        some = sa.select(*KEY).where(*late).limit(self._chunk)
        chunk = close(now, DeliveryState.SKIPPED, EXPIRED).where(sa.tuple_(*KEY).in_(some), *late)
        expired = 0
        while count := await self._database.change(chunk):
            expired += count
        return expired

    async def _begin(self, slug: str, aim: Aim, mark: Mark, now: datetime) -> int | None:
        async with self._database.writing() as connection:
            if not await mark(connection, slug, now):
                return None
            plan = insert(connection, plans).values(
                issue_slug=slug, aim=aim, after=None, swept=False, begun_at=now
            )
            fields = {name: plan.excluded[name] for name in ("aim", "after", "swept", "begun_at")}
            await connection.execute(
                plan.on_conflict_do_update(index_elements=[plans.c.issue_slug], set_=fields)
            )
        return await self._carry_out(slug, now)

    async def _carry_out(self, slug: str, now: datetime) -> int:
        """Chunk after chunk, until the plan is done or has to wait for what is on its way."""
        planned = 0
        while (count := await self._chunk_of(slug, now)) is not None:
            planned += count
        return planned

    async def _chunk_of(self, slug: str, now: datetime) -> int | None:
        """How many rows a chunk planned; None if there is no chunk left."""
        async with self._database.writing() as connection:
            plan = await _plan(connection, slug)
            if plan is None:
                return None
            if plan.swept and plan.after is None and await _must_wait(connection, plan, now):
                return None
            upto = await connection.scalar(end_of_chunk(slug, plan.aim, plan.after, self._chunk))
            if upto is None:
                await _sweep_ended(connection, plan, now)
                return None
            chunk = await STATEMENTS[Aim(plan.aim)](connection, slug, (plan.after, upto), now)
            planned = await rows_changed(connection, *chunk)
            if planned and plan.aim == Aim.SEND:
                await tally(connection, Happening.PUSHED, now, issue_slug=slug, number=planned)
            await connection.execute(sa.update(plans).where(plans.c.issue_slug == slug).values(after=upto))
            return planned


def _missed(slug: str, *, away: bool = False) -> tuple[sa.ColumnElement[bool], ...]:
    """What of an issue failed or was skipped, of the active; not what came as a line, or to who asked.

    ``away``: of all others.
    """
    active = DESTINATION.in_(active_destinations())
    return (
        deliveries.c.issue_slug == slug,
        deliveries.c.purpose == Purpose.PUSH,
        deliveries.c.aim != Aim.RETRACT,
        deliveries.c.state.in_((DeliveryState.FAILED, DeliveryState.SKIPPED)),
        ~has_come,
        ~active if away else active,
        is_published(slug),
    )


async def _plan(connection: Connection, slug: str) -> _Row | None:
    """The plan of the issue; nobody else goes on with it until the transaction ends."""
    query = sa.select(*_READ).where(plans.c.issue_slug == slug).with_for_update()
    row = (await connection.execute(query)).first()
    return _Row._make(row) if row else None


async def _sweep_ended(connection: Connection, plan: _Row, now: datetime) -> None:
    """Everyone was seen: a push is planned. What changes what was sent before looks at it again later."""
    own = plans.c.issue_slug == plan.issue_slug
    if plan.aim == Aim.RETRACT:
        await let_go(connection, plan.issue_slug)  # only now is nothing of it left that would still be sent
    if plan.aim == Aim.SEND:
        await sweep_changed(connection, plan.issue_slug, plan.begun_at, now)
    elif await _must_wait(connection, plan, now):
        await connection.execute(sa.update(plans).values(after=None, swept=True).where(own))
        return
    await connection.execute(sa.delete(plans).where(own))


async def _must_wait(connection: Connection, plan: _Row, now: datetime) -> bool:
    """Whether rows may yet end with the text that a correction replaced."""
    if plan.aim == Aim.CORRECT and now - plan.begun_at < _REMEMBERED:
        anybody = sa.exists().where(deliveries.c.issue_slug == plan.issue_slug)
        return bool(await connection.scalar(sa.select(anybody)))
    return await _under_way(connection, plan.issue_slug)


async def _under_way(connection: Connection, slug: str) -> bool:
    return bool(
        await connection.scalar(sa.select(sa.exists().where(deliveries.c.issue_slug == slug, is_open)))
    )
