"""Who may decide for a chat: whoever is alone in it, and administrators, also those who stay anonymous."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update, User

from bot.errors import SendError, TryLater
from bot.handlers.administrators import may_decide
from bot.handlers.throttled import ChatGateway
from tests.handlers.test_throttled import Telegram

GROUP = Chat(id=-5, type="supergroup", title="Readers")
ADA = User(id=7, first_name="Ada", is_bot=False)
OWNER = 8


class Administered(Telegram):
    async def administrators(self, chat_id: int) -> frozenset[int]:
        await super().administrators(chat_id)
        return frozenset({OWNER})


def said(chat: Chat, user: User, sender: Chat | None = None) -> Update:
    message = Message(
        message_id=1, date=datetime(2026, 3, 2, tzinfo=UTC), chat=chat, from_user=user, sender_chat=sender
    )
    return Update(update_id=1, message=message)


@pytest.mark.parametrize(
    ("update", "may"),
    [
        (said(Chat(id=ADA.id, type="private"), ADA), True),
        (said(GROUP, ADA), False),
        (said(GROUP, User(id=OWNER, first_name="O", is_bot=False)), True),
        (said(GROUP, ADA, sender=GROUP), True),
        (said(GROUP, ADA, sender=Chat(id=-6, type="channel")), False),
    ],
)
async def test_administrators_decide_for_a_group_and_everybody_for_themselves(
    update: Update, *, may: bool
) -> None:
    telegram: ChatGateway = Administered()
    assert await may_decide(update, telegram) is may


@pytest.mark.parametrize("error", [TryLater("away", after=1), SendError("the member list is inaccessible")])
async def test_where_telegram_does_not_say_nobody_decides(error: SendError) -> None:
    assert not await may_decide(said(GROUP, ADA), Administered(error))
