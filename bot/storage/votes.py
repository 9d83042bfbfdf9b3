"""Who likes a part of an issue, or does not: one vote of a person for each part, to be taken back."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.feedback_schema import votes
from bot.storage.upsert import insert

_BETWEEN = ","


class Votes:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def vote(  # all that a vote is
        self, person: int, issue_slug: str, part: str, *, likes: bool, topics: Collection[str], now: datetime
    ) -> bool:
        """Let a person like a part, or not; the same vote again takes it back. Whether there is one now.

        ``topics`` are those of the part.
        """
        own = (votes.c.person == person, votes.c.issue_slug == issue_slug, votes.c.part == part)
        values = {"likes": likes, "topics": _BETWEEN.join(sorted(topics)), "at": now}
        async with self._database.writing() as connection:
            before = await connection.scalar(sa.select(votes.c.likes).where(*own).with_for_update())
            if before is likes:
                await connection.execute(sa.delete(votes).where(*own))
                return False
            new = insert(connection, votes).values(person=person, issue_slug=issue_slug, part=part, **values)
            change = new.on_conflict_do_update(index_elements=votes.primary_key, set_=values)
            await connection.execute(change)
            return True
