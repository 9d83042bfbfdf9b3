"""Issues that were published and never came to a chat."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import Aim, IssueRecord, IssueState, Purpose
from bot.storage.database import Database
from bot.storage.issues import NEWEST_FIRST, READ, record_of
from bot.storage.schema import deliveries, is_open, issues, plans, subscribers


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPage:
    """The newest of the issues that a chat missed, and how many there are in ``total``."""

    total: int
    issues: tuple[IssueRecord, ...]


class MissedIssues:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(
        self, chat_id: int, *, since: datetime, until: datetime, limit: int, still: bool = True
    ) -> MissedPage:
        """What was published after ``since`` and until ``until`` without a part of it in the chat.

        That is so where somebody had stopped or blocked the bot, and where a delivery was skipped or
        given up. What came out before the chat joined was not missed, nor is what is on its way.
        ``still``: without what was asked for after ``until``.
        """
        query = (
            sa.select(*READ, sa.func.count().over().label("total"))
            .where(
                issues.c.state == IssueState.PUBLISHED,
                issues.c.published_at > since,
                issues.c.published_at <= until,
                issues.c.published_at > _joined_at(chat_id),
                ~_came(chat_id, None if still else until),
                ~_being_planned(chat_id),
            )
            .order_by(*NEWEST_FIRST)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        records = tuple(record_of(row[:-1]) for row in rows)
        return MissedPage(total=rows[0].total if rows else 0, issues=records)


def _joined_at(chat_id: int) -> sa.ScalarSelect[datetime]:
    return sa.select(subscribers.c.joined_at).where(subscribers.c.chat_id == chat_id).scalar_subquery()


def _came(chat_id: int, asked_until: datetime | None) -> sa.Exists:
    """Whether a part of the issue is in the chat, or on its way; only by what was asked for until then."""
    came = sa.exists().where(
        deliveries.c.issue_slug == issues.c.slug,
        deliveries.c.chat_id == chat_id,
        sa.or_(deliveries.c.next_part > 0, is_open),
    )
    if asked_until is None:
        return came
    return came.where(sa.or_(deliveries.c.purpose != Purpose.REQUEST, deliveries.c.planned_at <= asked_until))


def _being_planned(chat_id: int) -> sa.Exists:
    """Whether the issue is being planned for everyone, and that has not come to the chat yet."""
    return sa.exists().where(
        plans.c.issue_slug == issues.c.slug,
        plans.c.aim == Aim.SEND,
        sa.or_(plans.c.after.is_(None), plans.c.after < chat_id),
    )
