"""What editors answered about the topics of issues, where it is kept here and not beside their files."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.model import KeptAnswer
from bot.storage.database import Database
from bot.storage.reader_schema import topic_answers
from bot.storage.schema import issues
from bot.storage.upsert import insert


class TopicAnswers:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, slug: str, answer: KeptAnswer, *, words: str, now: datetime) -> None:
        """Keep an answer about an issue in place of an earlier one about the same topic of the item."""
        key = {"slug": slug, "item": answer.item, "topic": answer.topic}
        async with self._database.writing() as connection:
            row = insert(connection, topic_answers).values(**key, yes=answer.yes, words=words, at=now)
            fields = {name: row.excluded[name] for name in ("yes", "words", "at")}
            statement = row.on_conflict_do_update(index_elements=[*key], set_=fields)
            await connection.execute(statement)

    async def drop(self, slug: str, answer: KeptAnswer) -> None:
        """Forget an answer."""
        table = topic_answers.c
        own = sa.and_(table.slug == slug, table.item == answer.item, table.topic == answer.topic)
        await self._database.change(sa.delete(topic_answers).where(own))

    async def by_file(self) -> Mapping[str, tuple[KeptAnswer, ...]]:
        """All answers, by the slug of the file that the issue has; in an order that is always the same."""
        table = topic_answers.c
        file = sa.func.coalesce(issues.c.file_slug, issues.c.slug).label("file")
        query = (
            sa.select(file, table.item, table.topic, table.yes)
            .join_from(topic_answers, issues, issues.c.slug == table.slug)
            .order_by(table.slug, table.item, table.topic)
        )
        found: dict[str, tuple[KeptAnswer, ...]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(query):
                answer = KeptAnswer(item=row.item, topic=row.topic, yes=row.yes)
                found[row.file] = (*found.get(row.file, ()), answer)
        return found

    async def words(self) -> tuple[str, ...]:
        """The lines from which topics are learned, oldest first."""
        query = sa.select(topic_answers.c.words).order_by(topic_answers.c.at, topic_answers.c.slug)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))
