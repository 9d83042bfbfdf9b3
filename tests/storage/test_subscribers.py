import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.model import Cut, Mode, Subscriber, SubscriberState
from bot.storage import Database, Imported, Subscribers
from bot.storage.schema import subscribers as table
from tests.builders import NOON, subscriber

CUT = Cut(language="en", mode=Mode.HEADLINES, topics=("compiler", "quantization"), sections=("papers",))


async def everyone(subscribers: Subscribers) -> list[Subscriber]:
    return [one async for one in subscribers.all()]


async def test_a_subscriber_comes_back_as_they_joined(subscribers: Subscribers) -> None:
    assert await subscribers.join(7, CUT, NOON)
    assert await subscribers.get(7) == subscriber(7, cut=CUT)
    assert await subscribers.get(8) is None


async def test_one_who_returns_keeps_their_cut_and_is_not_new(subscribers: Subscribers) -> None:
    await subscribers.join(7, CUT, NOON)
    await subscribers.set_state(7, SubscriberState.BLOCKED, NOON)
    assert not await subscribers.join(7, Cut(), NOON + timedelta(days=1))
    assert await subscribers.get(7) == subscriber(7, cut=CUT)


async def test_the_columns_say_what_the_signature_says(subscribers: Subscribers, database: Database) -> None:
    await subscribers.join(7, Cut(), NOON)
    await subscribers.change_cut(7, lambda _: CUT, NOON)
    async with database.reading() as connection:
        row = (await connection.execute(sa.select(table))).one()
    assert (row.language, row.mode, row.topics, row.sections) == (
        "en",
        "headlines",
        "compiler,quantization",
        "papers",
    )
    assert row.cut == CUT.signature


async def test_two_changes_at_once_both_count(subscribers: Subscribers) -> None:
    await subscribers.join(7, Cut(), NOON)

    def follow(topic: str) -> object:
        return subscribers.change_cut(
            7, lambda cut: replace(cut, topics=tuple(sorted({*cut.topics, topic}))), NOON
        )

    await asyncio.gather(*(follow(topic) for topic in "abcdef"))  # type: ignore[call-overload]  # coroutines
    changed = await subscribers.get(7)
    assert changed is not None
    assert changed.cut.topics == tuple("abcdef")


async def test_who_never_subscribed_cannot_be_changed(subscribers: Subscribers) -> None:
    assert await subscribers.change_cut(9, lambda cut: cut, NOON) is None
    assert not await subscribers.set_state(9, SubscriberState.STOPPED, NOON)


@pytest.mark.parametrize("gone", [SubscriberState.BLOCKED, SubscriberState.DEACTIVATED])
@pytest.mark.parametrize("before", sorted({*SubscriberState} - {SubscriberState.ACTIVE}))
async def test_only_one_who_is_active_becomes_blocked_or_deactivated(
    subscribers: Subscribers, before: SubscriberState, gone: SubscriberState
) -> None:
    """One who stopped and then blocks the bot has stopped all the same when they return."""
    await subscribers.join(7, CUT, NOON)
    await subscribers.set_state(7, before, NOON)
    assert not await subscribers.set_state(7, gone, NOON)
    assert await subscribers.get(7) == subscriber(7, cut=CUT, state=before)


async def test_counts_name_every_state(subscribers: Subscribers) -> None:
    for chat_id in (1, 2, 3):
        await subscribers.join(chat_id, Cut(), NOON)
    await subscribers.set_state(2, SubscriberState.BLOCKED, NOON)
    assert await subscribers.counts() == {
        SubscriberState.ACTIVE: 2,
        SubscriberState.STOPPED: 0,
        SubscriberState.BLOCKED: 1,
        SubscriberState.DEACTIVATED: 0,
    }
    assert await subscribers.active_count() == 2


async def test_everyone_is_listed_by_chat_over_many_pages(subscribers: Subscribers) -> None:
    await subscribers.import_rows([(chat_id, Cut()) for chat_id in range(2500, -1, -1)], NOON)
    assert [one.chat_id for one in await everyone(subscribers)] == list(range(2501))


async def test_an_import_counts_what_is_new_and_what_changed(subscribers: Subscribers) -> None:
    await subscribers.import_rows([(1, Cut()), (2, Cut())], NOON)
    await subscribers.set_state(2, SubscriberState.STOPPED, NOON)
    done = await subscribers.import_rows([(1, Cut()), (2, CUT), (-100123456789012, CUT)], NOON)
    assert done == Imported(new=1, changed=1)
    assert await subscribers.get(2) == subscriber(2, cut=CUT, state=SubscriberState.STOPPED)


async def test_a_chat_named_twice_in_an_import_counts_once(subscribers: Subscribers) -> None:
    assert await subscribers.import_rows([(1, Cut()), (1, CUT)], NOON) == Imported(new=1, changed=0)
    assert await subscribers.get(1) == subscriber(1, cut=CUT)


async def test_an_import_of_nothing_does_nothing(subscribers: Subscribers) -> None:
    assert await subscribers.import_rows([], NOON) == Imported(new=0, changed=0)
