"""Who set up a topic is told once that nothing comes there any more."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.errors import ChatClosed, ChatGone, SendError, TryLater, Uncertain
from bot.messages import Message
from bot.model import Cut, Destination, Language
from bot.runtime.thread_news import ThreadNews, link_to
from bot.storage import Database, Storage
from bot.storage.threads import ParkedThread
from tests.builders import NOON

ADA, FORUM = 5, -1001234567890
GENERAL, PAPERS = Destination(FORUM), Destination(FORUM, 7)
CANNOT_BEGIN = ChatGone("bot can't initiate conversation with a user", blocked=True)


@dataclass
class Chats:
    faults: dict[Destination, SendError] = field(default_factory=dict)
    sent: list[tuple[Destination, str]] = field(default_factory=list)

    async def send(self, to: Destination, message: Message) -> int:
        if error := self.faults.get(to):
            raise error
        self.sent.append((to, message.html))
        return 1


def words(parked: ParkedThread, language: Language, *, link: str | None) -> Message:
    return Message(f"{language} {parked.reason} {link}")


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await storage.subscribers.join(PAPERS, Cut(language="en"), NOON)
        await storage.threads.set_up(PAPERS, ADA)
        await storage.threads.park(PAPERS, "TOPIC_CLOSED", NOON)
        yield storage


def news(storage: Storage, chats: Chats) -> ThreadNews:
    return ThreadNews(storage, chats, words, otherwise="zh", parked=asyncio.Event())


TOLD = "en TOPIC_CLOSED https://t.me/c/1234567890/7"


async def test_who_set_it_up_is_told_in_private_in_the_language_of_the_topic_and_once(
    storage: Storage,
) -> None:
    chats = Chats()
    for _ in range(2):
        assert await news(storage, chats).look()
    assert chats.sent == [(Destination(ADA), TOLD)]


async def test_where_the_bot_may_not_write_to_them_it_is_said_in_the_chat(storage: Storage) -> None:
    chats = Chats({Destination(ADA): CANNOT_BEGIN})
    for _ in range(2):
        assert await news(storage, chats).look()
    assert chats.sent == [(GENERAL, TOLD)]


async def test_where_nobody_can_be_told_it_is_not_tried_for_ever(storage: Storage) -> None:
    chats = Chats({Destination(ADA): CANNOT_BEGIN, GENERAL: ChatClosed("TOPIC_CLOSED")})
    assert await news(storage, chats).look()
    chats.faults.clear()
    assert await news(storage, chats).look()
    assert chats.sent == []


async def test_what_telegram_does_not_take_now_is_told_later(storage: Storage) -> None:
    chats = Chats({Destination(ADA): TryLater("429", after=60)})
    assert not await news(storage, chats).look()
    chats.faults.clear()
    assert await news(storage, chats).look()
    assert chats.sent == [(Destination(ADA), TOLD)]


async def test_what_may_have_come_is_not_told_twice(storage: Storage) -> None:
    chats = Chats({Destination(ADA): Uncertain("no answer")})
    assert await news(storage, chats).look()
    chats.faults.clear()
    assert await news(storage, chats).look()
    assert chats.sent == []


async def test_a_topic_that_opened_and_was_closed_again_is_told_again(storage: Storage) -> None:
    chats = Chats()
    await news(storage, chats).look()
    await storage.threads.reopen(PAPERS, NOON)
    await storage.threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    await news(storage, chats).look()
    assert len(chats.sent) == 2


@pytest.mark.parametrize(
    ("to", "link"),
    [
        (PAPERS, "https://t.me/c/1234567890/7"),
        (GENERAL, "https://t.me/c/1234567890/1"),
        (Destination(-5), None),
        (Destination(5), None),
    ],
)
def test_only_a_supergroup_has_links_to_its_topics(to: Destination, link: str | None) -> None:
    assert link_to(to) == link
