"""The chat of a role: claimed with a code that serves once, or named; followed, lost, forgotten."""

import asyncio
from datetime import timedelta

import pytest

from bot.model import ChatRole, Cut, Destination, News
from bot.storage import Database
from bot.storage.forgetting import Forgetting
from bot.storage.news import NewsStore
from bot.storage.role_chats import RoleChats
from bot.storage.subscribers import Subscribers
from tests.builders import NOON

ADA, GROUP, SUPERGROUP = 1002, -4001, -1004001
SOON = NOON + timedelta(minutes=15)


@pytest.fixture
def chats(database: Database) -> RoleChats:
    return RoleChats(database, ChatRole.ADMIN)


async def claimed(chats: RoleChats, chat_id: int) -> bool:
    await chats.offer("digest", SOON)
    return await chats.claim("digest", chat_id, "en", NOON)


async def test_a_code_claims_one_chat_once(chats: RoleChats) -> None:
    assert await chats.get(None) is None
    await chats.offer("digest", SOON)
    assert not await chats.claim("another", ADA, "en", NOON)
    ways = await asyncio.gather(*(chats.claim("digest", one, "en", NOON) for one in (ADA, GROUP)))
    assert sorted(ways) == [False, True]
    found = await chats.get(None)
    assert found is not None
    assert (found.chat_id, found.language) == ((ADA, GROUP)[ways.index(True)], "en")
    assert not await chats.claim("digest", ADA, "en", NOON)


async def test_a_code_is_stale_after_its_time_and_void_once_there_is_a_newer(chats: RoleChats) -> None:
    await chats.offer("digest", SOON)
    assert not await chats.claim("digest", ADA, "en", SOON + timedelta(seconds=1))
    await chats.offer("newer", SOON)
    assert not await chats.claim("digest", ADA, "en", NOON)
    assert await chats.offered_until() == SOON
    assert await chats.claim("newer", ADA, "en", NOON)
    assert await chats.offered_until() is None


async def test_a_claim_takes_the_place_of_the_one_before_and_is_lost_and_forgotten(chats: RoleChats) -> None:
    assert await claimed(chats, ADA)
    assert await claimed(chats, GROUP)
    assert not await chats.lose(ADA, None, NOON)
    assert await chats.lose(GROUP, None, NOON)
    assert await chats.lost_at(None) == NOON
    assert await chats.get(None) is None
    assert await claimed(chats, GROUP)
    assert await chats.lost_at(None) is None
    assert await chats.lose(GROUP, None, NOON)
    assert await chats.forget()
    assert await chats.lost_at(None) is None
    assert not await chats.forget()


@pytest.mark.parametrize("named", [None, GROUP])
async def test_a_group_that_becomes_a_supergroup_is_followed(
    database: Database, chats: RoleChats, named: int | None
) -> None:
    if named:
        await chats.name(named, NOON)
    else:
        await claimed(chats, GROUP)
    for _ in range(2):
        await Subscribers(database).move(GROUP, SUPERGROUP, NOON)
    found = await chats.get(named)
    assert found is not None
    assert found.chat_id == SUPERGROUP


async def test_a_named_chat_that_put_the_bot_out_is_none_until_it_lets_it_in(chats: RoleChats) -> None:
    assert await chats.lose(GROUP, GROUP, NOON)
    assert await chats.lost_at(GROUP) == NOON
    assert await chats.get(GROUP) is None
    await chats.regain(GROUP)
    found = await chats.get(GROUP)
    assert found is not None
    assert found.chat_id == GROUP


async def test_each_role_has_its_chat_and_its_code(database: Database) -> None:
    """One chat may have both; a code for one gives no other, and losing one leaves the other."""
    admin, editors = (RoleChats(database, role) for role in ChatRole)
    await admin.offer("for the admin chat", SOON)
    await editors.offer("for editors", SOON)
    assert not await editors.claim("for the admin chat", ADA, "en", NOON)
    assert await admin.claim("for the admin chat", GROUP, "en", NOON)
    assert await editors.offered_until() == SOON
    assert await editors.claim("for editors", GROUP, "zh", NOON)
    assert await admin.lose(GROUP, None, NOON)
    assert await admin.get(None) is None
    found = await editors.get(None)
    assert found is not None
    assert (found.chat_id, found.language) == (GROUP, "zh")
    assert await editors.forget()


async def test_who_is_forgotten_commands_no_more(database: Database, chats: RoleChats) -> None:
    await claimed(chats, ADA)
    await Forgetting(database).forget(ADA, NOON)
    assert await chats.get(None) is None


async def test_news_are_told_once_and_what_lasts_is_known_until_it_ends(database: Database) -> None:
    store = NewsStore(database)
    one = News(key="a", what="expired", at=NOON, values={"count": 3})
    for _ in range(2):
        await store.post(one)
    assert await store.waiting() == (one,)
    await store.note_told("a")
    await store.post(one)
    assert await store.waiting() == ()
    lasts = News(key="b", what="trouble", at=NOON, values={"name": "source"})
    await store.began(lasts)
    assert await store.lasting() == (lasts,)
    await store.forget(NOON + timedelta(days=1))
    await store.drop("b")
    assert await store.lasting() == ()
    await store.post(one)
    assert await store.waiting() == (one,)


async def test_another_chat_knows_nothing_yet_and_what_is_on_its_way_is_told_there(
    database: Database,
) -> None:
    store = NewsStore(database)
    one, going = (News(key=what, what=what, at=NOON, values={}) for what in ("trouble", "going"))
    await store.began(one)
    await store.watch(going)
    await store.forget()
    assert await store.lasting() == ()
    assert await store.watched("going") == (going,)


async def test_who_left_is_counted_and_not_who_came_and_left(database: Database) -> None:
    subscribers = Subscribers(database)
    for chat, joined in ((1, NOON - timedelta(days=3)), (2, NOON - timedelta(days=3)), (3, NOON)):
        await subscribers.join(Destination(chat), Cut(), joined)
    for chat in (1, 3):
        await subscribers.set_state(
            Destination(chat), next(s for s in await subscribers.counts() if s == "stopped"), NOON
        )
    assert await subscribers.lost_since(NOON - timedelta(hours=1)) == 1
