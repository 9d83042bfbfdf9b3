"""What the ledger says of an issue that goes to everybody: whether it still does, and how it ended."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import Aim, Delivery, DeliveryState, Purpose
from bot.storage.database import Database
from bot.storage.rows import has_key
from bot.storage.schema import deliveries, is_open, issues, plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How an issue went to everybody: chats by how it ended there, and the messages that stand there.

    ``uncertain`` counts chats with a part that may be missing or doubled; ``ended`` is when the last changed.
    """

    sent: int
    failed: int
    skipped: int
    uncertain: int
    messages: int
    ended: datetime | None


class Broadcasts:
    """The pushes of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_one(self, delivery: Delivery) -> bool:
        """Whether a delivery is one of many that were planned together.

        Not what somebody who joined or came back gets.
        """
        if delivery.purpose is not Purpose.PUSH:
            return False
        if delivery.aim is not Aim.SEND:
            return True
        planned = sa.select(deliveries.c.planned_at).where(has_key(delivery.key)).scalar_subquery()
        published = sa.select(issues.c.published_at).where(issues.c.slug == delivery.issue_slug)
        alike = sa.select(deliveries.c.chat_id).where(
            is_open, *_push_of(delivery.issue_slug, delivery.aim), deliveries.c.planned_at == planned
        )
        async with self._database.reading() as connection:
            if await connection.scalar(sa.select(planned == published.scalar_subquery())):
                return True
            return len((await connection.execute(alike.limit(2))).all()) > 1

    async def under_way(self, slug: str, aim: Aim) -> bool:
        """Whether something is left to do, or still to be planned."""
        rows = sa.select(deliveries.c.chat_id).where(is_open, *_push_of(slug, aim))
        planning = sa.select(plans.c.issue_slug).where(plans.c.issue_slug == slug)
        async with self._database.reading() as connection:
            return bool(await connection.scalar(sa.select(sa.or_(rows.exists(), planning.exists()))))

    async def totals(self, slug: str, aim: Aim) -> Totals:
        """How it went."""
        row = deliveries.c
        columns = (
            row.state,
            sa.func.count(),
            sa.func.sum(row.next_part),
            sa.func.sum(sa.case((row.uncertain > 0, 1), else_=0)),
            sa.func.max(row.updated_at),
        )
        async with self._database.reading() as connection:
            query = sa.select(*columns).where(*_push_of(slug, aim)).group_by(row.state)
            found = {state: values for state, *values in await connection.execute(query)}
        count = {state: int(values[0]) for state, values in found.items()}
        return Totals(
            sent=count.get(DeliveryState.SENT, 0),
            failed=count.get(DeliveryState.FAILED, 0),
            skipped=count.get(DeliveryState.SKIPPED, 0),
            messages=sum(int(values[1]) for values in found.values()),
            uncertain=sum(int(values[2]) for values in found.values()),
            ended=max((values[3] for values in found.values()), default=None),
        )


def _push_of(slug: str, aim: Aim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        deliveries.c.issue_slug == slug,
        deliveries.c.purpose == Purpose.PUSH,
        deliveries.c.aim == aim,
    )
