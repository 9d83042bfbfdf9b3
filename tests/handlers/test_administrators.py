"""Who may decide for a chat: whoever is alone in it; administrators, and who let the bot into a group."""

from datetime import datetime, timedelta

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.errors import SendError, TryLater
from bot.handlers.administrators import BELIEVED, Administrators
from bot.model import GroupChat
from tests.builders import NOON
from tests.handlers.test_throttled import Telegram

GROUP = Chat(id=-5, type="supergroup", title="Readers")
CHANNEL = Chat(id=-6, type="channel", title="Elsewhere")
LINKED = Chat(id=-7, type="channel", title="Linked")
ADA, LIN, OWNER = (User(id=one, first_name=str(one), is_bot=False) for one in (7, 8, 9))
ANONYMOUS = User(id=1087968824, first_name="Group", is_bot=True, username="GroupAnonymousBot")
SPEAKS_AS_CHANNEL = User(id=136817688, first_name="Channel", is_bot=True, username="Channel_Bot")


class Peopled(Telegram):
    """A group with an owner, a linked channel, and members that the test names."""

    def __init__(self, *faults: Exception) -> None:
        super().__init__(*faults)
        self.administer = {OWNER.id}
        self.members = {ADA.id, LIN.id}

    async def administrators(self, chat_id: int) -> frozenset[int]:
        await super().administrators(chat_id)
        return frozenset(self.administer)

    async def is_member(self, chat_id: int, person: int) -> bool:
        await super().is_member(chat_id, person)
        return person in self.members

    async def linked_chat(self, chat_id: int) -> int | None:
        await super().linked_chat(chat_id)
        return LINKED.id


class Groups:
    """One group, which somebody let the bot into."""

    def __init__(self, added_by: int | None = None) -> None:
        self.known = GroupChat(added_by=added_by)

    async def get(self, chat_id: int) -> GroupChat:
        assert chat_id == GROUP.id
        return self.known


class World:
    """What decides, with a clock in the test's hand."""

    def __init__(self, *faults: Exception, added_by: int | None = None) -> None:
        self.now = NOON
        self.telegram = Peopled(*faults)
        self.administrators = Administrators(Groups(added_by), lambda: self.now)

    async def may(self, update: Update, *, at_once: bool = False) -> bool:
        return await self.administrators.may_decide(update, self.telegram, at_once=at_once)


def said(chat: Chat, user: User, sender: Chat | None = None, date: datetime = NOON) -> Update:
    message = Message(message_id=1, date=date, chat=chat, from_user=user, sender_chat=sender)
    return Update(update_id=1, message=message)


def tapped(user: User) -> Update:
    below = Message(message_id=1, date=NOON, chat=GROUP)
    return Update(update_id=1, callback_query=CallbackQuery("1", user, "1", data="leave:", message=below))


@pytest.mark.parametrize(
    ("update", "may"),
    [
        (said(Chat(id=ADA.id, type="private"), ADA), True),
        (said(GROUP, ADA), False),
        (tapped(ADA), False),
        (said(GROUP, OWNER), True),
        (tapped(OWNER), True),
        (said(GROUP, ANONYMOUS, sender=GROUP), True),
        (tapped(ANONYMOUS), False),
        (said(GROUP, SPEAKS_AS_CHANNEL, sender=LINKED), True),
        (said(GROUP, SPEAKS_AS_CHANNEL, sender=CHANNEL), False),
        (said(GROUP, OWNER, sender=CHANNEL), False),
    ],
)
async def test_administrators_decide_for_a_group_and_everybody_for_themselves(
    update: Update, *, may: bool
) -> None:
    assert await World().may(update) is may


@pytest.mark.parametrize("error", [TryLater("away", after=1), SendError("the member list is inaccessible")])
async def test_where_telegram_does_not_say_nobody_decides(error: SendError) -> None:
    assert not await World(error).may(said(GROUP, OWNER))
    assert not await World(error).may(said(GROUP, SPEAKS_AS_CHANNEL, sender=LINKED))


async def test_what_telegram_said_is_believed_for_minutes() -> None:
    world = World()
    for _ in range(20):
        assert await world.may(tapped(OWNER))
    assert world.telegram.came == ["administrators -5"]
    world.telegram.administer.clear()
    assert await world.may(tapped(OWNER))
    assert not await world.may(tapped(OWNER), at_once=True)
    world.telegram.administer.add(OWNER.id)
    assert await world.may(tapped(OWNER))
    world.telegram.administer.clear()
    world.now += BELIEVED
    assert not await world.may(tapped(OWNER))


async def test_what_was_believed_is_no_answer_once_its_time_is_over_and_telegram_is_away() -> None:
    world = World()
    assert await world.may(tapped(OWNER))
    world.now += BELIEVED
    world.telegram.faults.append(TryLater("away", after=1))
    assert not await world.may(tapped(OWNER))


async def test_who_becomes_an_administrator_decides_at_once_although_nothing_tells_it() -> None:
    world = World()
    assert not await world.may(tapped(ADA))
    world.telegram.administer.add(ADA.id)
    assert await world.may(tapped(ADA))


async def test_an_update_takes_the_right_at_once_and_gives_it() -> None:
    world = World()
    assert await world.may(tapped(OWNER))
    world.administrators.hear(GROUP.id, OWNER.id, administers=False, is_there=True)
    world.telegram.administer = {ADA.id}
    assert not await world.may(tapped(OWNER))
    world.administrators.hear(GROUP.id, LIN.id, administers=True, is_there=True)
    assert await world.may(tapped(LIN))


async def test_members_who_try_over_and_over_let_telegram_be_asked_ten_times_a_minute() -> None:
    world = World()
    for number in range(50):
        assert not await world.may(tapped(ADA), at_once=number % 2 == 0)
    assert await world.may(tapped(OWNER))
    assert len(world.telegram.came) == 10
    world.now += timedelta(minutes=1)
    assert not await world.may(tapped(ADA))
    assert len(world.telegram.came) == 11


async def test_who_let_the_bot_in_decides_as_long_as_they_are_a_member() -> None:
    world = World(added_by=ADA.id)
    assert await world.may(tapped(ADA))
    assert await world.may(said(GROUP, ADA))
    assert world.telegram.came.count("member -5 7") == 1
    assert not await world.may(tapped(LIN))
    world.telegram.members.clear()
    world.administrators.hear(GROUP.id, ADA.id, administers=False, is_there=False)
    assert not await world.may(tapped(ADA))


async def test_what_is_remembered_of_groups_is_bounded() -> None:
    class Nothing:
        async def get(self, _: int) -> GroupChat:
            return GroupChat()

    world = World()
    world.administrators = Administrators(Nothing(), lambda: NOON)
    for number in range(10_500):
        await world.may(said(Chat(id=-1000 - number, type="group"), OWNER))
    assert world.administrators.remembered == 10_000
