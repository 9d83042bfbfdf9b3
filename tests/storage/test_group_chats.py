"""What is known of a group: who let the bot in, its language, and why nothing can be sent there."""

from datetime import timedelta

import pytest

from bot.model import GroupChat, Parked
from bot.storage import Database
from bot.storage.forgetting import Forgetting
from bot.storage.group_chats import GroupChats
from bot.storage.subscribers import Subscribers
from tests.builders import NOON

ADA, LIN, GROUP, SUPERGROUP = 1002, 1001, -4001, -1004001


@pytest.fixture
def groups(database: Database) -> GroupChats:
    return GroupChats(database)


async def test_of_a_group_that_was_never_noted_nothing_is_known(groups: GroupChats) -> None:
    assert await groups.get(GROUP) == GroupChat()


async def test_an_adding_that_is_told_again_is_no_second_one(groups: GroupChats) -> None:
    assert await groups.note_added(GROUP, ADA, NOON)
    for who in (ADA, LIN):
        assert not await groups.note_added(GROUP, who, NOON)
    assert (await groups.get(GROUP)).added_by == ADA
    await groups.park(GROUP, Parked.REMOVED)
    assert await groups.note_added(GROUP, LIN, NOON + timedelta(minutes=1))
    assert (await groups.get(GROUP)).added_by == LIN


async def test_a_group_is_parked_until_the_bot_is_let_in_or_may_write(groups: GroupChats) -> None:
    await groups.park(GROUP, Parked.REMOVED)
    assert (await groups.get(GROUP)).parked is Parked.REMOVED
    assert await groups.note_added(GROUP, None, NOON)
    assert (await groups.get(GROUP)).parked is None
    await groups.park(GROUP, Parked.REMOVED)
    assert await groups.note_added(GROUP, None, NOON)  # within the same second
    assert (await groups.get(GROUP)).parked is None
    await groups.park(GROUP, Parked.MUTED)
    await groups.park(GROUP, None)
    assert (await groups.get(GROUP)).parked is None


async def test_what_is_known_goes_with_a_group_that_becomes_a_supergroup(
    groups: GroupChats, database: Database
) -> None:
    await groups.note_added(GROUP, ADA, NOON)
    await groups.set_language(GROUP, "en")
    await groups.park(GROUP, Parked.REMOVED)
    await groups.note_added(SUPERGROUP, None, NOON + timedelta(minutes=1))
    for _ in range(2):
        await Subscribers(database).move(GROUP, SUPERGROUP, NOON)
        assert await groups.get(SUPERGROUP) == GroupChat(added_by=ADA, language="en")
        assert await groups.get(GROUP) == GroupChat()
    assert not await groups.note_added(SUPERGROUP, LIN, NOON)


async def test_who_let_the_bot_in_is_forgotten_and_the_group_is_not(
    groups: GroupChats, database: Database
) -> None:
    await groups.note_added(GROUP, ADA, NOON)
    await groups.set_language(GROUP, "en")
    await Forgetting(database).forget(ADA, NOON)
    assert await groups.get(GROUP) == GroupChat(language="en")
    await Forgetting(database).forget(GROUP, NOON)
    assert await groups.get(GROUP) == GroupChat()
