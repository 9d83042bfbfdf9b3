"""What is known of a channel: its name, who set it up, and what its posts have besides text."""

import pytest
import sqlalchemy as sa

from bot.model import Channel, Parked
from bot.storage import Database
from bot.storage.channels import Channels
from bot.storage.forgetting import Forgetting
from bot.storage.group_chats import GroupChats
from tests.builders import NOON
from tests.storage.revisions import at_revision, back_to_revision

ADA, LIN, CHANNEL, PUBLIC = 1002, 1001, -1001002004, -1001002005


@pytest.fixture
def channels(database: Database) -> Channels:
    return Channels(database)


@pytest.fixture
def groups(database: Database) -> GroupChats:
    return GroupChats(database)


async def test_a_new_name_leaves_what_was_chosen(channels: Channels) -> None:
    assert await channels.get(CHANNEL) is None
    assert await channels.choose(CHANNEL, pins=True) is None
    await channels.note(CHANNEL, "Old", None)
    await channels.choose(CHANNEL, pins=True)
    await channels.choose(CHANNEL, buttons=True)
    await channels.note(CHANNEL, "New", "name")
    wanted = Channel(chat_id=CHANNEL, title="New", username="name", pins=True, buttons=True)
    assert await channels.get(CHANNEL) == wanted


async def test_somebodys_channels_are_those_they_let_the_bot_into_where_it_may_post(
    channels: Channels, groups: GroupChats
) -> None:
    for chat_id, title in ((CHANNEL, "B"), (PUBLIC, "A")):
        await channels.note(chat_id, title, None)
        assert await groups.note_added(chat_id, LIN, NOON)
    assert [one.title for one in await channels.let_in_by(LIN)] == ["A", "B"]
    assert await channels.let_in_by(ADA) == ()
    await groups.park(PUBLIC, Parked.MUTED)
    assert [one.title for one in await channels.let_in_by(LIN)] == ["B"]


async def test_who_sets_up_a_channel_takes_nobodys_place(channels: Channels, groups: GroupChats) -> None:
    await channels.note(CHANNEL, "B", None)
    await groups.note_adder(CHANNEL, ADA)
    await groups.note_adder(CHANNEL, LIN)
    assert [one.chat_id for one in await channels.let_in_by(ADA)] == [CHANNEL]
    assert await channels.let_in_by(LIN) == ()


async def test_a_channel_that_is_forgotten_is_known_no_more(database: Database, channels: Channels) -> None:
    await channels.note(CHANNEL, "B", None)
    await Forgetting(database).forget(CHANNEL, NOON)
    assert await channels.get(CHANNEL) is None


def test_a_public_post_is_linked_by_the_channels_name_and_a_private_one_by_its_number() -> None:
    channel = Channel(chat_id=CHANNEL, title="B")
    assert channel.link_to(7) == "https://t.me/c/1002004/7"
    assert Channel(chat_id=CHANNEL, title="B", username="name").link_to(7) == "https://t.me/name/7"


async def test_a_channel_of_an_earlier_program_is_as_it_was_and_has_nothing_on_top_yet(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0022")
        made = "INSERT INTO channels VALUES (:channel, 'B', 'name', :yes, :no)"
        await connection.execute(sa.text(made), {"channel": CHANNEL, "yes": True, "no": False})
    await database.migrate()
    wanted = Channel(chat_id=CHANNEL, title="B", username="name", pins=True)
    assert await Channels(database).get(CHANNEL) == wanted
    async with database.writing() as connection:
        await connection.run_sync(back_to_revision, "0022")
        assert await connection.scalar(sa.text("SELECT title FROM channels")) == "B"
    await database.close()
