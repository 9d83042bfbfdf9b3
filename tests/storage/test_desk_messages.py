"""The messages of the editors' chat: found by what they are about, and each by its id."""

from datetime import timedelta

import pytest

from bot.storage import Database
from bot.storage.desk_messages import DeskKind, DeskMessage, DeskMessages
from tests.builders import NOON

GROUP, OTHER = -4001, -4002


@pytest.fixture
def messages(database: Database) -> DeskMessages:
    return DeskMessages(database)


def card(message_id: int, about: str = "2026-03-02", chat: int = GROUP, minutes: int = 0) -> DeskMessage:
    at = NOON + timedelta(minutes=minutes)
    return DeskMessage(chat_id=chat, message_id=message_id, kind=DeskKind.CARD, about=about, at=at)


async def test_of_several_messages_about_a_thing_the_newest_counts_and_all_are_found(
    messages: DeskMessages,
) -> None:
    first, second, elsewhere = card(9), card(7, minutes=1), card(8, chat=OTHER, minutes=2)
    for one in (second, first, elsewhere):
        await messages.put(one)
    assert await messages.of(GROUP, DeskKind.CARD) == {"2026-03-02": second}
    assert await messages.about(GROUP, DeskKind.CARD, "2026-03-02") == (first, second)
    assert await messages.of(GROUP, DeskKind.PREVIEW) == {}
    assert await messages.get(GROUP, 9) == first
    assert await messages.get(GROUP, 8) is None


async def test_a_message_is_changed_and_forgotten(messages: DeskMessages) -> None:
    await messages.put(card(1))
    changed = DeskMessage(
        chat_id=GROUP, message_id=1, kind=DeskKind.LIVE, about="x", at=NOON, shown="abc", body="{}"
    )
    await messages.put(changed)
    assert await messages.get(GROUP, 1) == changed
    await messages.put(card(2, minutes=1))
    await messages.forget(NOON + timedelta(seconds=1))
    assert await messages.get(GROUP, 1) is None
    await messages.drop(GROUP, (2, 3))
    assert await messages.get(GROUP, 2) is None
