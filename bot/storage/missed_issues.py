"""Issues that were published and never came to a chat, and until when it does not care for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import Aim, Destination, IssueRecord, IssueState, Purpose
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.issues import NEWEST_FIRST, READ, record_of
from bot.storage.rows import goes_to, has_come, is_off_topic
from bot.storage.schema import deliveries, is_issue, is_open, issues, marks, plans, subscribers
from bot.storage.timestamps import moment, put_later
from bot.storage.waiting_again import broke_off


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPage:
    """The newest of the issues that a chat missed, and how many there are in ``total``.

    ``asked`` holds the slugs of those that it asked for since.
    """

    total: int
    issues: tuple[IssueRecord, ...]
    asked: frozenset[str]


class MissedIssues:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, to: Destination, *, since: datetime, until: datetime, limit: int) -> MissedPage:
        """What was published after ``since`` and until ``until`` and is not in the chat, or broke off there.

        That is so where somebody had stopped or blocked the bot, and where a delivery was skipped or
        given up, but not because its reader wanted nothing of it. What came out before the chat joined
        was not missed, nor is what was on its way.
        """
        asked = _came(to, deliveries.c.purpose == Purpose.REQUEST)
        before = sa.or_(deliveries.c.purpose != Purpose.REQUEST, deliveries.c.planned_at <= until)
        query = (
            sa.select(*READ, asked.label("asked"), sa.func.count().over().label("total"))
            .where(
                issues.c.state == IssueState.PUBLISHED,
                is_issue,
                issues.c.published_at > since,
                issues.c.published_at <= until,
                issues.c.published_at > _joined_at(to),
                ~_came(to, before),
                ~_being_planned(to.chat),
            )
            .order_by(*NEWEST_FIRST)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        records = tuple(record_of(row[:-2]) for row in rows)
        asked_for = frozenset(one.slug for one, row in zip(records, rows, strict=True) if row.asked)
        return MissedPage(total=rows[0].total if rows else 0, issues=records, asked=asked_for)

    async def declined_at(self, to: Destination) -> datetime | None:
        """Until when what came out is not to be offered there again; None if nobody said so."""
        async with self._database.reading() as connection:
            return await moment(connection, declined_name(to))

    async def decline(self, to: Destination, until: datetime) -> None:
        """Note that what came out ``until`` then is not to be offered there again.

        Nothing changes if that was said of a later moment.
        """
        async with self._database.writing() as connection:
            await put_later(connection, declined_name(to), until)


def declined_name(to: Destination) -> str:
    """The name of the moment at which a chat or thread declined to catch up."""
    return f"declined:{to}"


def declined_by(chats: Collection[int]) -> sa.ColumnElement[bool]:
    """True for such moments of the chats and their threads."""
    names = [declined_name(Destination(chat)) for chat in chats]
    threads = (marks.c.name.startswith(f"{name}:", autoescape=True) for name in names)
    return sa.or_(marks.c.name.in_(names), *threads)


async def move_declined(connection: Connection, old: int, new: int) -> None:
    """Let what a chat declined go with it to its new id, in the caller's transaction; harmless to repeat."""
    before, after = declined_name(Destination(old)), declined_name(Destination(new))
    found = (await connection.execute(sa.select(marks.c.name, marks.c.at).where(declined_by((old,))))).all()
    for name, until in found:
        await put_later(connection, after + name.removeprefix(before), until)
    await connection.execute(sa.delete(marks).where(declined_by((old,))))


def _joined_at(to: Destination) -> sa.ScalarSelect[datetime]:
    own = (subscribers.c.chat_id == to.chat, subscribers.c.thread == to.thread)
    return sa.select(subscribers.c.joined_at).where(*own).scalar_subquery()


def _came(to: Destination, which: sa.ColumnElement[bool]) -> sa.Exists:
    """Whether the issue is there, or on its way, by such a delivery; one that broke off is not."""
    return sa.exists().where(
        deliveries.c.issue_slug == issues.c.slug,
        goes_to(to),
        sa.or_(sa.and_(deliveries.c.next_part > 0, ~broke_off), is_open, has_come, is_off_topic),
        which,
    )


def _being_planned(chat_id: int) -> sa.Exists:
    """Whether the issue is being planned for everyone, and that has not come to the chat yet."""
    return sa.exists().where(
        plans.c.issue_slug == issues.c.slug,
        plans.c.aim == Aim.SEND,
        sa.or_(plans.c.after.is_(None), plans.c.after < chat_id),
    )
