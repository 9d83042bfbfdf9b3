"""What readers say is wrong with an item, from the question to the editor's answer.

A reader is asked by a message of the bot, which names the row with its chat; what they reply to it is the
text. Editors are shown it, and what one of them replies is the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.model import Destination, ItemRef, Language
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.feedback_schema import mistakes

Key = tuple[int, int]  #: the chat, and the message that asked


class AnswerState(StrEnum):
    """How far an answer has come."""

    WAITING = "waiting"  #: to be sent
    LEFT = "left"  #: it left, and nobody knows more; or it arrived
    REFUSED = "refused"  #: the reader cannot be reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What a ``person`` says of an item in a chat: ``asked`` is the message that asked for it.

    ``thread`` is the topic of a forum in which that was, or 0.

    Without a ``text`` it is a question that nobody replied to yet.
    """

    chat_id: int
    asked: int
    person: int
    language: Language
    issue_slug: str
    item_id: str
    title: str
    at: datetime
    text: str | None = None
    shown: bool = False
    answer: str | None = None
    answer_state: AnswerState | None = None
    thread: int = 0

    @property
    def key(self) -> Key:
        """What names it."""
        return self.chat_id, self.asked

    @property
    def destination(self) -> Destination:
        """Where it was said, and is answered."""
        return Destination(self.chat_id, self.thread)

    @property
    def ref(self) -> ItemRef:
        """The item."""
        return ItemRef(issue_slug=self.issue_slug, item_id=self.item_id)


class Mistakes:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, question: Mistake) -> None:
        """Note that a reader was asked."""
        values = {column.name: getattr(question, column.name) for column in mistakes.c}
        await self._database.change(sa.insert(mistakes).values(values))

    async def get(self, key: Key) -> Mistake | None:
        """The one of this name; None if there is none."""
        return next(iter(await self._all(_is(key))), None)

    async def count(self, person: int, since: datetime) -> tuple[int, int]:
        """How many questions a person was asked since, and how many texts were among the replies."""
        query = sa.select(sa.func.count(), sa.func.count(mistakes.c.text))
        query = query.where(mistakes.c.person == person, mistakes.c.at >= since)
        async with self._database.reading() as connection:
            asked, said = (await connection.execute(query)).one()
        return asked, said

    async def say(self, key: Key, text: str, now: datetime) -> bool:
        """Take in what a reader says; False if they have said something already."""
        change = sa.update(mistakes).where(_is(key), mistakes.c.text.is_(None))
        return await self._database.change(change.values(text=text, at=now)) == 1

    async def unshown(self, *, limit: int) -> Sequence[Mistake]:
        """What no editor was shown yet, oldest first."""
        return await self._all(mistakes.c.text.is_not(None), ~mistakes.c.shown, limit=limit)

    async def note_shown(self, key: Key) -> None:
        """Note that the editors were shown it."""
        await self._database.change(sa.update(mistakes).where(_is(key)).values(shown=True))

    async def answer(self, key: Key, text: str) -> bool:
        """Let an answer be sent; False while one is on its way, or if nothing is known of it."""
        waits = mistakes.c.answer_state.is_not_distinct_from(AnswerState.WAITING)
        change = sa.update(mistakes).where(_is(key), mistakes.c.text.is_not(None), ~waits)
        return await self._database.change(change.values(answer=text, answer_state=AnswerState.WAITING)) == 1

    async def unanswered(self, *, limit: int) -> Sequence[Mistake]:
        """What has an answer that is to be sent, oldest first."""
        return await self._all(mistakes.c.answer_state == AnswerState.WAITING, limit=limit)

    async def note_answer(self, key: Key, state: AnswerState) -> None:
        """Note how far the answer has come."""
        await self._database.change(sa.update(mistakes).where(_is(key)).values(answer_state=state))

    async def forget(self, before: datetime) -> None:
        """Keep nothing of what was asked or said before."""
        await self._database.change(sa.delete(mistakes).where(mistakes.c.at < before))

    async def _all(self, *which: sa.ColumnElement[bool], limit: int | None = None) -> Sequence[Mistake]:
        query = sa.select(mistakes).where(*which).order_by(mistakes.c.at, *mistakes.primary_key).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(_mistake(row) for row in rows)


async def move_mistakes(connection: Connection, old: int, new: int) -> None:
    """Let what was said in a chat go on under its new id, in the caller's transaction; harmless to repeat.

    Messages have other numbers there: what was asked and not replied to is asked no more.
    """
    others = mistakes.alias("others")
    twin = sa.exists().where(others.c.chat_id == new, others.c.asked == mistakes.c.asked)
    own = mistakes.c.chat_id == old
    await connection.execute(sa.delete(mistakes).where(own, sa.or_(mistakes.c.text.is_(None), twin)))
    await connection.execute(sa.update(mistakes).where(own).values(chat_id=new))


def _is(key: Key) -> sa.ColumnElement[bool]:
    return sa.and_(mistakes.c.chat_id == key[0], mistakes.c.asked == key[1])


def _mistake(row: sa.RowMapping) -> Mistake:
    state = row["answer_state"]
    return Mistake(**{**row, "answer_state": AnswerState(state) if state else None})
