"""What is to be done, as rows of the ledger: for everyone at once, or for one who asked.

For everyone it is planned in chunks, each one statement in a transaction that moves the plan's cursor
on with it: memory stays the same however many subscribers there are, a crash costs no more than the
chunk it fell into, and doing a chunk twice does it once, for the rows have a unique key.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import AT_ONCE, Aim, Cut, DeliveryState, IssueState, Purpose, SubscriberState
from bot.storage.database import Database
from bot.storage.issues import edition, mark_published, mark_retracted
from bot.storage.rows import KEY, KEY_NAMES, fresh, when_chat_may
from bot.storage.schema import UtcTime, deliveries, is_open, issues, plans, subscribers
from bot.storage.upsert import insert

CHUNK = 20_000  # chats; about a tenth of a second of writing
EXPIRED = "not delivered in time"
TAKEN_BACK = "taken back"
GONE = (SubscriberState.BLOCKED, SubscriberState.DEACTIVATED)
_OUT_OF_REACH = sa.select(subscribers.c.chat_id).where(subscribers.c.state.in_(GONE))
#: Whether any chat must wait: asked once a chunk, so that a million are not asked one by one.
_ANY_WAITS = sa.select(
    sa.exists().where(is_open, deliveries.c.purpose.in_(list(Purpose)), deliveries.c.not_before > AT_ONCE)
)
_TAKEN_BACK = sa.and_(deliveries.c.aim == Aim.RETRACT, deliveries.c.state == DeliveryState.SKIPPED)


Mark = Callable[[AsyncConnection, str, datetime], Awaitable[bool]]  #: whether the issue may be planned for


class Planning:
    """Plans what is to be delivered. Every method raises StoreError when the database does."""

    def __init__(self, database: Database, *, chunk: int = CHUNK) -> None:
        self._database = database
        self._chunk = chunk

    async def push(self, issue_slug: str, now: datetime) -> int | None:
        """Publish the issue: mark it, and plan it for every active subscriber.

        Returns how many rows were planned; None where it was published before or is unknown. Where
        a crash cuts it short, :meth:`resume` goes on.
        """
        return await self._begin(issue_slug, Aim.SEND, mark_published, now)

    async def correct(self, issue_slug: str, now: datetime) -> int | None:
        """Bring what was sent of a published issue up to its text; None where it is not out.

        Readers who blocked the bot are left out. What is on its way still is brought up to the
        text as it goes; :meth:`resume` looks at it again until all has arrived.
        """
        return await self._begin(issue_slug, Aim.CORRECT, _mark_corrected, now)

    async def retract(self, issue_slug: str, now: datetime) -> int | None:
        """Take the issue back from every chat it went to; None where it is not out."""
        return await self._begin(issue_slug, Aim.RETRACT, mark_retracted, now)

    async def resume(self, now: datetime) -> int:
        """Go on with every plan that is not done; returns how many rows were planned."""
        async with self._database.reading() as connection:
            slugs = list(await connection.scalars(sa.select(plans.c.issue_slug).order_by(plans.c.begun_at)))
        return sum([await self._carry_out(slug, now) for slug in slugs])

    async def one(self, *, chat_id: int, issue_slug: str, purpose: Purpose, cut: Cut, now: datetime) -> bool:
        """Plan one issue for one chat; returns whether anything was planned.

        An open row stays as it is. A closed one is planned anew, except a PUSH that was
        sent or failed: that is only done again when it had been skipped, as for one who
        stopped and came back. While the chat must wait, the new row waits with it.
        """
        row = fresh() | {
            "issue_slug": issue_slug,
            "chat_id": chat_id,
            "purpose": purpose,
            "cut": cut.signature,
            "reason": None,
            "version": 0,
            "planned_at": now,
            "updated_at": now,
            "not_before": when_chat_may(sa.literal(chat_id)),
        }
        skipped = deliveries.c.state == DeliveryState.SKIPPED
        async with self._database.writing() as connection:
            new = insert(connection, deliveries).values(row)
            statement = new.on_conflict_do_update(
                index_elements=KEY,
                set_=_anew(new.excluded),
                where=skipped if purpose is Purpose.PUSH else ~is_open,
            )
            result = await connection.execute(statement.execution_options(preserve_rowcount=True))
        return result.rowcount == 1

    async def retry(self, issue_slug: str, now: datetime) -> int:
        """Plan the issue again for active subscribers who missed it: failed or skipped.

        What stands in their chats stays there, and only what is missing is sent.
        """
        active = sa.select(subscribers.c.chat_id).where(subscribers.c.state == SubscriberState.ACTIVE)
        change = _again(now).where(
            deliveries.c.issue_slug == issue_slug,
            deliveries.c.purpose == Purpose.PUSH,
            deliveries.c.aim != Aim.RETRACT,
            deliveries.c.state.in_((DeliveryState.FAILED, DeliveryState.SKIPPED)),
            deliveries.c.chat_id.in_(active),
        )
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount

    async def expire(self, planned_before: datetime, now: datetime) -> int:
        """Leave undone what is left of pushes that were planned before; returns how many there were."""
        change = (
            sa.update(deliveries)
            .where(
                is_open,
                deliveries.c.purpose == Purpose.PUSH,
                deliveries.c.aim == Aim.SEND,
                deliveries.c.planned_at < planned_before,
            )
            .values(
                state=DeliveryState.SKIPPED,
                reason=EXPIRED,
                updated_at=now,
                version=deliveries.c.version + 1,
            )
        )
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount

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
        """How many rows a chunk planned; None where there is no chunk left."""
        async with self._database.writing() as connection:
            plan = (
                await connection.execute(sa.select(plans).where(plans.c.issue_slug == slug).with_for_update())
            ).first()
            if plan is None:
                return None
            if plan.swept and plan.after is None and await _under_way(connection, slug):
                return None
            upto = await connection.scalar(_end(slug, plan.aim, plan.after, self._chunk))
            if upto is None:
                await _sweep_ended(connection, slug, plan.aim)
                return None
            chunk = await _STATEMENTS[Aim(plan.aim)](connection, slug, (plan.after, upto), now)
            result = await connection.execute(chunk.execution_options(preserve_rowcount=True))
            await connection.execute(sa.update(plans).where(plans.c.issue_slug == slug).values(after=upto))
            return result.rowcount


Span = tuple[int | None, int]  #: chats after the first, if any, up to the second


def _end(slug: str, aim: str, after: int | None, size: int) -> sa.Select[Any]:
    """The last chat of the next chunk."""
    table = subscribers if aim == Aim.SEND else deliveries
    chats = sa.select(table.c.chat_id).order_by(table.c.chat_id).limit(size)
    if aim != Aim.SEND:
        chats = chats.where(deliveries.c.issue_slug == slug)
    if after is not None:
        chats = chats.where(table.c.chat_id > after)
    return sa.select(sa.func.max(chats.subquery().c.chat_id))


async def _sweep_ended(connection: AsyncConnection, slug: str, aim: str) -> None:
    """Everyone was seen: a push is planned. What changes what was sent before looks at it again later."""
    if aim != Aim.SEND and await _under_way(connection, slug):
        change: sa.Update | sa.Delete = sa.update(plans).values(after=None, swept=True)
    else:
        change = sa.delete(plans)
    await connection.execute(change.where(plans.c.issue_slug == slug))


async def _under_way(connection: AsyncConnection, slug: str) -> bool:
    return bool(
        await connection.scalar(sa.select(sa.exists().where(deliveries.c.issue_slug == slug, is_open)))
    )


def _within(column: sa.ColumnElement[int], span: Span) -> sa.ColumnElement[bool]:
    after, upto = span
    return column <= upto if after is None else sa.and_(column > after, column <= upto)


async def _push(connection: AsyncConnection, slug: str, span: Span, now: datetime) -> Any:
    waits = await connection.scalar(_ANY_WAITS)
    at_once = sa.literal(AT_ONCE, UtcTime)
    values: dict[str, Any] = {
        "issue_slug": sa.literal(slug),
        "chat_id": subscribers.c.chat_id,
        "purpose": sa.literal(str(Purpose.PUSH)),
        "cut": subscribers.c.cut,
        "not_before": when_chat_may(subscribers.c.chat_id) if waits else at_once,
        "version": sa.literal(0),
        "planned_at": sa.literal(now, UtcTime),
        "updated_at": sa.literal(now, UtcTime),
    } | {name: sa.literal(value, deliveries.c[name].type) for name, value in fresh().items()}
    everyone = sa.select(*values.values()).where(
        subscribers.c.state == SubscriberState.ACTIVE, _within(subscribers.c.chat_id, span)
    )
    new = insert(connection, deliveries).from_select(list(values), everyone)
    return new.on_conflict_do_update(index_elements=KEY, set_=_anew(new.excluded), where=_TAKEN_BACK)


def _anew(excluded: Any) -> dict[str, Any]:
    """All of a row as if it had never been there, but its version, which only grows."""
    columns = (column.name for column in deliveries.c if column.name not in {*KEY_NAMES, "version", "reason"})
    return {name: excluded[name] for name in columns} | {
        "reason": None,
        "version": deliveries.c.version + 1,
    }


async def _correct(_: AsyncConnection, slug: str, span: Span, now: datetime) -> Any:
    present = sa.select(edition(issues.c.checksum)).where(issues.c.slug == slug).scalar_subquery()
    return _again(now, aim=Aim.CORRECT).where(
        deliveries.c.issue_slug == slug,
        _within(deliveries.c.chat_id, span),
        deliveries.c.state == DeliveryState.SENT,
        deliveries.c.edition != present,
        deliveries.c.chat_id.not_in(_OUT_OF_REACH),
    )


async def _retract(_: AsyncConnection, slug: str, span: Span, now: datetime) -> Any:
    return _again(now, aim=Aim.RETRACT).where(
        deliveries.c.issue_slug == slug,
        _within(deliveries.c.chat_id, span),
        deliveries.c.aim != Aim.RETRACT,
        sa.or_(deliveries.c.next_part > 0, is_open),
        deliveries.c.chat_id.not_in(_OUT_OF_REACH),
    )


def _again(now: datetime, **fields: Any) -> sa.Update:
    """Rows that are to be looked at again, with what stands in their chats."""
    return sa.update(deliveries).values(
        state=DeliveryState.PLANNED,
        attempts=0,
        reason=None,
        not_before=AT_ONCE,
        planned_at=now,
        updated_at=now,
        version=deliveries.c.version + 1,
        **fields,
    )


_STATEMENTS = {Aim.SEND: _push, Aim.CORRECT: _correct, Aim.RETRACT: _retract}


async def _mark_corrected(connection: AsyncConnection, slug: str, _: datetime) -> bool:
    """What is out is to be what the text says now; False where the issue is not out."""
    change = (
        sa.update(issues)
        .where(issues.c.slug == slug, issues.c.state == IssueState.PUBLISHED)
        .values(out_checksum=issues.c.checksum)
    )
    return (await connection.execute(change)).rowcount == 1
