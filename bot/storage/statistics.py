"""Counts and lists of the ledger: who got what."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import PARTLY, Aim, Delivery, DeliveryState, IssueState, Key
from bot.storage.database import Database
from bot.storage.earlier_lines import lines_refreshed, lines_taken_back
from bot.storage.ledger_counts import Counts, LedgerCounts, RowCount, StateCount
from bot.storage.past_counts import IS_PUSH, TO_READERS, WAS_PUSH
from bot.storage.rows import KEY, READ, DeliveryRow, delivery_of, is_uncertain, stood_not
from bot.storage.schema import deliveries, is_open, issues, past_counts, plans
from bot.storage.subscribers import out_of_reach

PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A row of the ledger, when it was planned and when it last changed."""

    delivery: Delivery
    planned_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """What is left to send of an issue, by the cuts of its open rows.

    ``known`` parts of those whose cut somebody has whole; ``unknown`` rows of other cuts, in whose chats are
    ``begun`` parts. ``largest`` is the most parts that somebody has of it.
    """

    known: int = 0
    unknown: int = 0
    begun: int = 0
    largest: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many chats something of an issue was planned for, and how many it stands in out of reach.

    Those are the chats of readers who blocked the bot, or that are gone. ``deleted`` counts those that
    had it whole and whose rows were deleted since: nobody knows where it stands there.
    """

    chats: int
    out_of_reach: int
    deleted: int = 0


class _Times(NamedTuple):
    """What is read of a row beside the delivery, as :data:`_TIMES` asks for it."""

    planned_at: datetime
    updated_at: datetime


def _of_changes(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((deliveries.c.aim == Aim.SEND, 0), (which, 1), else_=0)


_PUSHES = "pushes"
_BY = (deliveries.c.aim, deliveries.c.state)
_ROWS = (  # of what is only sent, which most rows are, nothing more is looked at
    sa.func.count().label("rows"),
    sa.func.sum(_of_changes(stood_not)).label("not_sent"),
    sa.func.sum(_of_changes(deliveries.c.edition == PARTLY)).label("partly"),
)
_PARTS = (
    sa.func.sum(deliveries.c.next_part).label("parts"),
    sa.func.sum(sa.case((is_uncertain, 1), else_=0)).label("uncertain"),
)
_TIMES = tuple(deliveries.c[name] for name in _Times._fields)


class Statistics:
    """Counts and lists the ledger of one database. Every method raises StoreError if the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self) -> dict[str, Counts]:
        """The pushes of each issue, also those whose rows were deleted meanwhile."""
        slug = deliveries.c.issue_slug
        present = sa.select(slug, *_BY, *_ROWS).where(IS_PUSH).group_by(slug, *_BY)
        past = sa.select(past_counts.c.issue_slug, past_counts.c.state, past_counts.c.rows).where(WAS_PUSH)
        found: dict[str, list[RowCount]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(present):
                found.setdefault(row.issue_slug, []).append(RowCount(**_row_values(row)))
            for of_slug, state, rows in await connection.execute(past):  # each had ended
                ended = RowCount(aim=Aim.SEND, state=DeliveryState(state), rows=rows)
                found.setdefault(of_slug, []).append(ended)
        return {of_slug: Counts(states=states) for of_slug, states in found.items()}

    async def pushes(self) -> dict[str, int]:
        """Those of all issues together, by state. Reads the whole table."""
        pushes = Counter[str]()
        for counts in (await self.counts()).values():
            pushes.update({str(state): rows for state, rows in counts.rows.items()})
        return pushes

    async def counts_of(self, issue_slug: str | None = None) -> LedgerCounts:
        """The rows of an issue by aim and state, or those of all issues; no tests."""
        query = sa.select(*_BY, *_ROWS, *_PARTS, IS_PUSH.label(_PUSHES)).where(TO_READERS)
        planning = sa.select(plans.c.swept)
        state = sa.select(issues.c.state).where(issues.c.slug == issue_slug)
        if issue_slug is not None:
            query = query.where(deliveries.c.issue_slug == issue_slug)
            planning = planning.where(plans.c.issue_slug == issue_slug)
        async with self._database.reading() as connection:
            found = await connection.execute(query.group_by(*_BY, _PUSHES).order_by(*_BY))
            states = tuple(map(_state_count, found))
            swept = (await connection.scalars(planning)).all()
            taken_back = await connection.scalar(state) == IssueState.RETRACTED
        return LedgerCounts(states=states, planning=bool(swept), swept=all(swept), taken_back=taken_back)

    async def unsent(self, issue_slug: str) -> Unsent:
        """What is left to send of an issue: all who have the same cut get as many parts."""
        row = deliveries.c
        of_issue = (row.issue_slug == issue_slug, TO_READERS)
        whole = sa.select(row.cut, sa.func.max(row.next_part).label("size"))
        whole = whole.where(*of_issue, row.state == DeliveryState.SENT).group_by(row.cut)
        begun = sa.select(row.cut, sa.func.count().label("rows"), sa.func.sum(row.next_part).label("parts"))
        begun = begun.where(*of_issue, is_open, row.aim == Aim.SEND).group_by(row.cut)
        sizes, rest = whole.subquery(), begun.subquery()
        is_known = sizes.c.size.is_not(None)
        totals = (
            sa.func.sum(sa.case((is_known, rest.c.rows * sizes.c.size - rest.c.parts), else_=0)),
            sa.func.sum(sa.case((is_known, 0), else_=rest.c.rows)),
            sa.func.sum(sa.case((is_known, 0), else_=rest.c.parts)),
            sa.select(sa.func.max(sizes.c.size)).scalar_subquery(),
        )
        query = sa.select(*totals).select_from(rest.outerjoin(sizes, rest.c.cut == sizes.c.cut))
        async with self._database.reading() as connection:
            known, unknown, parts, largest = (await connection.execute(query)).one()
        return Unsent(
            known=max(0, int(known or 0)),
            unknown=int(unknown or 0),
            begun=int(parts or 0),
            largest=int(largest or 0),
        )

    async def under_way(self) -> tuple[str, ...]:
        """The issues that have open rows or are being planned, by slug."""
        rows = sa.select(deliveries.c.issue_slug).where(is_open, TO_READERS)
        query = rows.union(sa.select(plans.c.issue_slug))
        async with self._database.reading() as connection:
            return tuple(sorted(await connection.scalars(query)))

    async def left(self) -> dict[str, int]:
        """How many deliveries each issue has that are not done, by its slug; only of issues that have any."""
        slug, count = deliveries.c.issue_slug, sa.func.count()
        query = sa.select(slug, count).where(is_open, TO_READERS).group_by(slug)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(slug))
            return {row[0]: row[1] for row in rows}

    async def coverage(
        self, issue_slug: str, *, since: datetime, states: tuple[DeliveryState, ...]
    ) -> Coverage:
        """Who is reached by what was planned ``since`` then, and who is not though their row was so far.

        What was planned before to change what a chat has counts too while it is at work.
        """
        chats = sa.select(sa.func.count(deliveries.c.chat_id.distinct()))
        chats = chats.where(deliveries.c.issue_slug == issue_slug)
        lost = chats.where(
            deliveries.c.next_part > 0,
            deliveries.c.state.in_(states),
            out_of_reach(deliveries.c.chat_id, deliveries.c.thread),
        )
        planned = sa.or_(deliveries.c.planned_at >= since, sa.and_(is_open, deliveries.c.aim != Aim.SEND))
        deleted = sa.select(sa.func.sum(past_counts.c.rows)).where(
            past_counts.c.issue_slug == issue_slug, past_counts.c.state == DeliveryState.SENT
        )
        async with self._database.reading() as connection:
            return Coverage(
                chats=await connection.scalar(chats.where(planned)) or 0,
                out_of_reach=await connection.scalar(lost) or 0,
                deleted=await connection.scalar(deleted) or 0,
            )

    async def lines_refreshed(self, issue_slug: str, *, since: datetime) -> int:
        """In how many chats a line below a newer issue, which names this one, is changed since then."""
        async with self._database.reading() as connection:
            return await lines_refreshed(connection, issue_slug, since)

    async def lines_taken_back(self, issue_slug: str, *, since: datetime) -> int:
        """In how many chats such a line is taken away since then, as its issue is taken back."""
        async with self._database.reading() as connection:
            return await lines_taken_back(connection, issue_slug, since)

    async def reasons(
        self, issue_slug: str | None = None, *, pushes: bool = False
    ) -> tuple[tuple[DeliveryState, str, int], ...]:
        """How many rows, no tests or ``pushes`` alone, count as which state and have which reason.

        The most frequent come first.
        """
        which = IS_PUSH if pushes else TO_READERS
        query = sa.select(*_BY, deliveries.c.reason, *_ROWS)
        query = query.where(deliveries.c.reason.is_not(None), which).group_by(*_BY, deliveries.c.reason)
        if issue_slug is not None:
            query = query.where(deliveries.c.issue_slug == issue_slug)
        found = Counter[tuple[DeliveryState, str]]()
        async with self._database.reading() as connection:
            for row in await connection.execute(query):
                told = RowCount(**_row_values(row)).told
                found.update({(state, row.reason): rows for state, rows in told.items()})
        most_first = sorted((+found).items(), key=lambda one: (-one[1], one[0]))
        return tuple((state, reason, rows) for (state, reason), rows in most_first)

    async def rows(
        self,
        issue_slug: str | None = None,
        *,
        chat_id: int | None = None,
        states: tuple[DeliveryState, ...] = (),
        uncertain: bool = False,
    ) -> AsyncIterator[LedgerRow]:
        """The rows that fit all that is given, by issue and chat; read in pages."""
        query = sa.select(*_TIMES, *READ).order_by(*KEY).limit(PAGE)
        if issue_slug is not None:
            query = query.where(deliveries.c.issue_slug == issue_slug)
        if chat_id is not None:
            query = query.where(deliveries.c.chat_id == chat_id)
        if states:
            query = query.where(deliveries.c.state.in_(states))
        if uncertain:
            query = query.where(is_uncertain)
        after: Key | None = None
        while page := await self._page(query, after):
            for row in page:
                yield row
            after = page[-1].delivery.key

    async def _page(self, query: sa.Select[*tuple[object, ...]], after: Key | None) -> tuple[LedgerRow, ...]:
        if after is not None:
            query = query.where(sa.tuple_(*KEY) > sa.tuple_(*(sa.literal(value) for value in after)))
        async with self._database.reading() as connection:
            return tuple(_ledger_row(row) for row in await connection.execute(query))


def _ledger_row(row: Sequence[object]) -> LedgerRow:
    times = _Times._make(row[: len(_TIMES)])
    delivery = delivery_of(DeliveryRow._make(row[len(_TIMES) :]))
    return LedgerRow(delivery=delivery, planned_at=times.planned_at, updated_at=times.updated_at)


def _row_values(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "aim": Aim(row.aim),
        "state": DeliveryState(row.state),
        "rows": row.rows,
        "not_sent": int(row.not_sent),
        "partly": int(row.partly),
    }


def _state_count(row: sa.Row[Any]) -> StateCount:
    return StateCount(
        **_row_values(row),
        parts=int(row.parts),
        uncertain=int(row.uncertain),
        pushes=bool(row.pushes),
    )
