"""Who is an editor: the person of the chat, or who is a member of the group at that moment."""

from datetime import timedelta

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.errors import ChatGone, SendError, TryLater
from bot.handlers.editors import REMEMBERED, Editors
from bot.handlers.known_chat import KnownChat
from bot.model import ChatRole
from bot.storage import Database
from bot.storage.role_chats import RoleChats
from tests.builders import NOON
from tests.handlers.test_throttled import Telegram

ADA = User(id=7, first_name="Ada", is_bot=False)
LIN = User(id=8, first_name="小林", is_bot=False)
GROUP = Chat(id=-5, type="supergroup", title="编辑部")
HERS = Chat(id=ADA.id, type="private")


class Peopled(Telegram):
    """Telegram with a group that Ada is a member of, until she is put out."""

    def __init__(self, error: SendError | None = None) -> None:
        super().__init__(*([error] if error else []))
        self.members = {ADA.id}
        self.asked = 0

    async def is_member(self, chat_id: int, person: int) -> bool:
        self.asked += 1
        await super().is_member(chat_id, person)
        return person in self.members


def said(chat: Chat, user: User | None, sender: Chat | None = None) -> Update:
    message = Message(message_id=1, date=NOON, chat=chat, from_user=user, sender_chat=sender)
    return Update(update_id=1, message=message)


def tapped(chat: Chat, user: User) -> Update:
    card = Message(message_id=1, date=NOON, chat=chat)
    return Update(update_id=1, callback_query=CallbackQuery("1", user, "1", data="approve:x", message=card))


@pytest.fixture
def chats(database: Database) -> RoleChats:
    return RoleChats(database, ChatRole.EDITORS)


def editors_of(chats: RoleChats, named: int | None, moments: list[timedelta] | None = None) -> Editors:
    since = moments if moments is not None else [timedelta()]
    return Editors(KnownChat(chats, named=named, now=lambda: NOON), lambda: NOON + since[-1])


@pytest.mark.parametrize(
    ("update", "named", "may"),
    [
        (tapped(HERS, ADA), ADA.id, True),
        (tapped(HERS, LIN), ADA.id, False),
        (tapped(Chat(id=LIN.id, type="private"), LIN), ADA.id, False),
        (tapped(GROUP, ADA), GROUP.id, True),
        (tapped(GROUP, LIN), GROUP.id, False),
        (tapped(GROUP, ADA), None, False),
        (said(GROUP, ADA), GROUP.id, True),
        (said(GROUP, LIN, sender=GROUP), GROUP.id, True),
        (said(GROUP, LIN, sender=Chat(id=-6, type="channel")), GROUP.id, False),
        (tapped(Chat(id=-6, type="channel", title="C"), ADA), -6, False),
    ],
)
async def test_only_who_is_in_the_editors_chat_is_an_editor(
    chats: RoleChats, update: Update, named: int | None, *, may: bool
) -> None:
    assert await editors_of(chats, named).may_edit(update, Peopled()) is may


async def test_who_was_put_out_of_the_group_has_no_rights_within_seconds(chats: RoleChats) -> None:
    moments, telegram = [timedelta()], Peopled()
    editors = editors_of(chats, GROUP.id, moments)
    for _ in range(3):
        assert await editors.may_edit(tapped(GROUP, ADA), telegram)
    assert telegram.asked == 1
    telegram.members.clear()
    moments.append(REMEMBERED)
    assert not await editors.may_edit(tapped(GROUP, ADA), telegram)
    telegram.members.add(ADA.id)
    assert await editors.may_edit(tapped(GROUP, ADA), telegram)


@pytest.mark.parametrize("error", [TryLater("away", after=1), ChatGone("chat not found")])
async def test_where_telegram_does_not_say_nobody_is_an_editor(chats: RoleChats, error: SendError) -> None:
    assert not await editors_of(chats, GROUP.id).may_edit(tapped(GROUP, ADA), Peopled(error))
