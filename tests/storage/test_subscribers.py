import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.errors import BadInput
from bot.model import Cut, Destination, Interests, Mode, Subscriber, SubscriberState
from bot.storage import Database, Imported, ImportRow, Subscribers
from bot.storage.connection import Connection
from bot.storage.schema import subscribers as table
from tests.builders import NOON, subscriber
from tests.nightly import on_either

CUT = Cut(language="en", mode=Mode.HEADLINES, topics=("compiler", "quantization"), sections=("papers",))
WORDS = Cut(
    keywords=("50%, | 以上", "KV cache"), excluded=Interests(topics=("business",), keywords=("广告",))
)
AI = Interests(topics=("ai",))


def row(chat_id: int, **fields: Any) -> ImportRow:
    """Who comes in with the Chinese digest, whole."""
    given: dict[str, Any] = {"language": "zh"}
    return ImportRow(chat_id=chat_id, **(given | fields))


async def everyone(subscribers: Subscribers) -> list[Subscriber]:
    return [one async for one in subscribers.all()]


async def test_a_subscriber_comes_back_as_they_joined(subscribers: Subscribers) -> None:
    assert await subscribers.join(Destination(7), CUT, NOON)
    assert await subscribers.get(Destination(7)) == subscriber(7, cut=CUT)
    assert await subscribers.get(Destination(8)) is None


class CountedReads(Database):
    reads = 0

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Connection]:
        self.reads += 1
        async with super().reading() as connection:
            yield connection


async def test_those_who_are_looked_up_while_the_database_is_busy_are_looked_up_together(
    database_url: str,
) -> None:
    async with CountedReads(database_url) as database:
        subscribers = Subscribers(database)
        await subscribers.join(Destination(7), CUT, NOON)
        await subscribers.join(Destination(8), WORDS, NOON)
        database.reads = 0
        asked = (9, 7, 8, *range(100, 400), 7)
        found = await asyncio.gather(*map(subscribers.get, map(Destination, asked)))
    assert found[:3] == [None, subscriber(7, cut=CUT), subscriber(8, cut=WORDS)]
    assert found[3:] == [None] * 300 + [subscriber(7, cut=CUT)]
    assert database.reads <= 2


async def test_one_who_returns_keeps_their_cut_and_is_not_new(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(7), CUT, NOON)
    await subscribers.set_state(Destination(7), SubscriberState.BLOCKED, NOON)
    assert not await subscribers.join(Destination(7), Cut(), NOON + timedelta(days=1))
    assert await subscribers.get(Destination(7)) == subscriber(7, cut=CUT)


async def test_the_columns_say_what_the_signature_says(subscribers: Subscribers, database: Database) -> None:
    await subscribers.join(Destination(7), Cut(), NOON)
    await subscribers.change_cut(Destination(7), lambda _: CUT, NOON)
    async with database.reading() as connection:
        found = (await connection.execute(sa.select(table))).one()
    assert (found.language, found.mode, found.topics, found.sections) == (
        "en",
        "headlines",
        "compiler,quantization",
        "papers",
    )
    assert found.cut == CUT.signature


async def test_keywords_and_what_is_left_out_come_back_as_they_were_chosen(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(7), Cut(), NOON)
    await subscribers.change_cut(Destination(7), lambda _: WORDS, NOON)
    assert await subscribers.get(Destination(7)) == subscriber(7, cut=WORDS)


async def test_a_subscriber_of_an_older_database_is_read_and_written_as_before(
    subscribers: Subscribers, database: Database
) -> None:
    old = "en|headlines|cut|compiler,quantization|papers"
    await subscribers.join(Destination(7), WORDS, NOON)
    async with database.writing() as connection:
        await connection.execute(sa.update(table).values(cut=old))
    assert await subscribers.get(Destination(7)) == subscriber(7, cut=CUT)
    await subscribers.change_cut(Destination(7), lambda cut: cut, NOON)
    async with database.reading() as connection:
        assert await connection.scalar(sa.select(table.c.cut)) == old


async def test_an_import_brings_keywords_and_what_is_left_out(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(1), CUT, NOON)
    told = {"followed": WORDS.followed, "excluded": WORDS.excluded}
    assert await subscribers.import_rows([row(1, **told), row(2, **told)], NOON) == Imported(new=1, changed=1)
    known, new = await everyone(subscribers)
    assert known.cut == replace(CUT, language="zh").about(WORDS.followed, excluded=WORDS.excluded)
    assert new.cut == WORDS


@on_either
async def test_two_changes_at_once_both_count(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(7), Cut(), NOON)

    def follow(topic: str) -> object:
        return subscribers.change_cut(
            Destination(7), lambda cut: replace(cut, topics=tuple(sorted({*cut.topics, topic}))), NOON
        )

    await asyncio.gather(*(follow(topic) for topic in "abcdef"))  # type: ignore[call-overload]  # coroutines
    changed = await subscribers.get(Destination(7))
    assert changed is not None
    assert changed.cut.topics == tuple("abcdef")


async def test_who_never_subscribed_cannot_be_changed(subscribers: Subscribers) -> None:
    assert await subscribers.change_cut(Destination(9), lambda cut: cut, NOON) is None
    assert not await subscribers.set_state(Destination(9), SubscriberState.STOPPED, NOON)


@pytest.mark.parametrize("gone", [SubscriberState.BLOCKED, SubscriberState.DEACTIVATED])
@pytest.mark.parametrize("before", sorted({*SubscriberState} - {SubscriberState.ACTIVE}))
async def test_only_one_who_is_active_becomes_blocked_or_deactivated(
    subscribers: Subscribers, before: SubscriberState, gone: SubscriberState
) -> None:
    """One who stopped and then blocks the bot has stopped all the same when they return."""
    await subscribers.join(Destination(7), CUT, NOON)
    await subscribers.set_state(Destination(7), before, NOON)
    assert not await subscribers.set_state(Destination(7), gone, NOON)
    assert await subscribers.get(Destination(7)) == subscriber(7, cut=CUT, state=before)


async def test_counts_name_every_state(subscribers: Subscribers) -> None:
    for chat_id in (1, 2, 3):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    await subscribers.set_state(Destination(2), SubscriberState.BLOCKED, NOON)
    assert await subscribers.counts() == {
        SubscriberState.ACTIVE: 2,
        SubscriberState.STOPPED: 0,
        SubscriberState.BLOCKED: 1,
        SubscriberState.DEACTIVATED: 0,
        SubscriberState.PARKED: 0,
    }
    assert await subscribers.active_count() == 2


async def test_cuts_are_counted_of_all_and_of_groups_alone(subscribers: Subscribers) -> None:
    for chat, cut in ((1, CUT), (2, CUT), (-3, CUT), (-4, Cut())):
        await subscribers.join(Destination(chat), cut, NOON)
    await subscribers.set_state(Destination(2), SubscriberState.STOPPED, NOON)
    assert await subscribers.cuts() == ((CUT.signature, 2), (Cut().signature, 1))
    assert dict(await subscribers.cuts(groups=True)) == {CUT.signature: 1, Cut().signature: 1}


async def test_everyone_is_listed_by_chat_over_many_pages(subscribers: Subscribers) -> None:
    await subscribers.import_rows([row(chat_id) for chat_id in range(2500, -1, -1)], NOON)
    assert [one.chat_id for one in await everyone(subscribers)] == list(range(2501))


@on_either
async def test_an_import_counts_what_is_new_and_what_changed(subscribers: Subscribers) -> None:
    await subscribers.import_rows([row(1), row(2), row(3), row(4)], NOON)
    rows = [row(1), row(2, followed=AI), row(3, state=SubscriberState.BLOCKED), row(-100123456789012)]
    assert await subscribers.import_rows(rows, NOON) == Imported(new=1, changed=2)


async def test_an_import_leaves_a_known_one_their_mode_their_sections_and_their_state(
    subscribers: Subscribers,
) -> None:
    await subscribers.join(Destination(2), CUT, NOON)
    await subscribers.set_state(Destination(2), SubscriberState.STOPPED, NOON)
    await subscribers.import_rows([row(2, language="zh", followed=AI)], NOON)
    cut = replace(CUT, language="zh", topics=("ai",))
    assert await subscribers.get(Destination(2)) == subscriber(2, cut=cut, state=SubscriberState.STOPPED)


async def test_an_import_that_says_no_language_and_no_topics_leaves_them_to_a_known_one(
    subscribers: Subscribers,
) -> None:
    await subscribers.join(Destination(1), WORDS, NOON)
    rows = [row(chat_id, language=None, followed=None, excluded=None) for chat_id in (1, 2)]
    assert await subscribers.import_rows(rows, NOON) == Imported(new=1, changed=0)
    assert [one.cut for one in await everyone(subscribers)] == [WORDS, Cut()]


@pytest.mark.parametrize("state", SubscriberState)
async def test_an_import_sets_the_state_where_it_is_told(
    subscribers: Subscribers, state: SubscriberState
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await subscribers.import_rows([row(1, state=state), row(2, state=state)], NOON)
    assert [one.state for one in await everyone(subscribers)] == [state, state]


@pytest.mark.parametrize("state", [one for one in SubscriberState if one is not SubscriberState.ACTIVE])
async def test_an_import_brings_nobody_back_who_left_meanwhile_unless_it_is_to(
    subscribers: Subscribers, state: SubscriberState
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await subscribers.set_state(Destination(1), state, NOON)
    older = row(1, state=SubscriberState.ACTIVE)
    assert await subscribers.import_rows([older], NOON) == Imported(new=0, changed=0, inactive={state: 1})
    assert [one.state for one in await everyone(subscribers)] == [state]
    done = await subscribers.import_rows([older], NOON, bring_back=True)
    assert done == Imported(new=0, changed=1)
    assert [one.state for one in await everyone(subscribers)] == [SubscriberState.ACTIVE]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_watches_the_rows_of_an_import_watches_the_database_at_work(
    subscribers: Subscribers, tmp_path: Path
) -> None:
    def watched() -> Iterator[ImportRow]:
        for chat_id in range(3):
            yield row(chat_id)
            with (
                closing(sqlite3.connect(tmp_path / "jianbao.db", timeout=0)) as other,
                pytest.raises(sqlite3.OperationalError, match="locked"),
            ):
                other.execute("BEGIN IMMEDIATE")

    assert await subscribers.import_rows(watched(), NOON) == Imported(new=3, changed=0)


async def test_an_import_that_breaks_off_leaves_everyone_as_they_were(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(1), CUT, NOON)

    def breaking_off() -> Iterator[ImportRow]:
        yield from (row(chat_id) for chat_id in range(2500))
        raise BadInput("no more")

    with pytest.raises(BadInput):
        await subscribers.import_rows(breaking_off(), NOON)
    assert await everyone(subscribers) == [subscriber(1, cut=CUT)]


async def test_an_import_of_nothing_does_nothing(subscribers: Subscribers) -> None:
    assert await subscribers.import_rows([], NOON) == Imported(new=0, changed=0)


GROUP, SUPERGROUP = -42, -100_000_000_042


async def test_a_group_that_became_a_supergroup_keeps_its_subscription(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(GROUP), CUT, NOON)
    for _ in range(2):
        await subscribers.move(GROUP, SUPERGROUP, NOON)
    assert await subscribers.get(Destination(GROUP)) is None
    assert await subscribers.get(Destination(SUPERGROUP)) == subscriber(SUPERGROUP, cut=CUT)


async def test_a_supergroup_that_subscribed_by_itself_keeps_its_own(subscribers: Subscribers) -> None:
    await subscribers.join(Destination(GROUP), CUT, NOON)
    await subscribers.join(Destination(SUPERGROUP), Cut(), NOON)
    await subscribers.move(GROUP, SUPERGROUP, NOON)
    assert await everyone(subscribers) == [subscriber(SUPERGROUP)]
