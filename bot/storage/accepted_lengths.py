"""Up to how many messages an operator lets an issue be."""

import sqlalchemy as sa

from bot.model import HeldBy, IssueState
from bot.storage.admin_schema import accepted_lengths
from bot.storage.database import Database, rows_changed
from bot.storage.schema import holds, issues
from bot.storage.upsert import insert


class AcceptedLengths:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, slug: str) -> int:
        """The number of messages that was accepted last; 0 if none was."""
        query = sa.select(accepted_lengths.c.messages).where(accepted_lengths.c.slug == slug)
        async with self._database.reading() as connection:
            return await connection.scalar(query) or 0

    async def accept(self, slug: str, checksum: str, messages: int) -> bool:
        """Let an issue that is held for its length be so many messages; it is held no more.

        False, without a change, if it is not, does not wait, or has another text by now.
        """
        meant = sa.select(issues.c.slug).where(
            issues.c.slug == slug, issues.c.checksum == checksum, issues.c.state == IssueState.WAITING
        )
        held = sa.delete(holds).where(holds.c.scope == slug, holds.c.held_by == HeldBy.MESSAGES)
        async with self._database.writing() as connection:
            if await connection.scalar(meant.with_for_update()) is None:
                return False
            if await rows_changed(connection, held) != 1:
                return False
            row = insert(connection, accepted_lengths).values(slug=slug, messages=messages)
            fields = {"messages": row.excluded.messages}
            await connection.execute(
                row.on_conflict_do_update(index_elements=[accepted_lengths.c.slug], set_=fields)
            )
        return True
