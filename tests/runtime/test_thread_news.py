"""Who set up a topic is told once that nothing comes there any more."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.errors import ChatClosed, ChatGone, SendError, TryLater, Uncertain
from bot.messages import Message, Renderer
from bot.model import Cut, Destination, Language
from bot.runtime.thread_news import ThreadNews, link_to
from bot.storage import Database, Storage
from bot.storage.threads import ParkedThread
from tests.builders import NOON
from tests.messages.names import FixedNames

ADA, LIN, DE, FORUM = 5, 6, 7, -1001234567890
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


@dataclass
class Groups:
    """What Telegram says of the forum: that of whatever has a fault is not said."""

    faults: dict[str, SendError] = field(default_factory=dict)

    async def title(self, chat_id: int) -> str:
        self._say("title")
        assert chat_id == FORUM
        return "读书组"

    async def administrators(self, chat_id: int) -> frozenset[int]:
        self._say("administrators")
        assert chat_id == FORUM
        return frozenset({ADA, LIN, DE})

    def _say(self, what: str) -> None:
        if error := self.faults.get(what):
            raise error


def words(parked: ParkedThread, language: Language, *, title: str, link: str | None) -> Message:
    return Message(f"{language} {title} {parked.name} {parked.reason} {link}")


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await storage.subscribers.join(PAPERS, Cut(language="en"), NOON)
        await storage.threads.set_up(PAPERS, ADA, "Papers")
        await storage.threads.park(PAPERS, "TOPIC_CLOSED", NOON)
        yield storage


def news(storage: Storage, chats: Chats, groups: Groups | None = None) -> ThreadNews:
    return ThreadNews(storage, chats, groups or Groups(), words, otherwise="zh", parked=asyncio.Event())


TOLD = "en 读书组 Papers TOPIC_CLOSED https://t.me/c/1234567890/7"


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


async def test_where_that_is_closed_too_somebody_else_who_administers_it_is_told(storage: Storage) -> None:
    people = dict.fromkeys((Destination(ADA), Destination(LIN)), CANNOT_BEGIN)
    chats = Chats({**people, GENERAL: ChatClosed("TOPIC_CLOSED")})
    for _ in range(2):
        assert await news(storage, chats).look()
    assert chats.sent == [(Destination(DE), TOLD)]


async def test_of_general_itself_somebody_else_is_told_where_the_founder_cannot_be(storage: Storage) -> None:
    await news(storage, Chats()).look()
    await storage.subscribers.join(GENERAL, Cut(language="en"), NOON)
    await storage.threads.set_up(GENERAL, ADA)
    await storage.threads.park(GENERAL, "TOPIC_CLOSED", NOON)
    chats = Chats({Destination(ADA): CANNOT_BEGIN})
    assert await news(storage, chats).look()
    assert [to for to, _ in chats.sent] == [Destination(LIN)]


async def test_it_is_told_without_what_telegram_does_not_say(storage: Storage) -> None:
    chats, gone = Chats(), ChatGone("chat not found")
    assert await news(storage, chats, Groups({"title": gone})).look()
    assert chats.sent == [(Destination(ADA), TOLD.replace("读书组", ""))]


async def test_what_telegram_does_not_say_now_is_asked_again(storage: Storage) -> None:
    chats, groups = Chats(), Groups({"title": TryLater("502", after=0)})
    assert not await news(storage, chats, groups).look()
    groups.faults.clear()
    assert await news(storage, chats, groups).look()
    assert chats.sent == [(Destination(ADA), TOLD)]


@pytest.mark.parametrize("fault", [None, ChatGone("the bot was kicked")])
async def test_where_nobody_can_be_told_it_is_not_tried_for_ever(
    storage: Storage, fault: SendError | None
) -> None:
    people = dict.fromkeys(map(Destination, (ADA, LIN, DE)), CANNOT_BEGIN)
    chats = Chats({**people, GENERAL: ChatClosed("TOPIC_CLOSED")})
    groups = Groups({"administrators": fault} if fault else {})
    assert await news(storage, chats, groups).look()
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
    ("language", "known", "said"),
    [
        ("zh", {"title": "读书组", "name": "论文"}, "群「读书组」里，「论文」话题已关闭"),
        ("zh", {"title": "读书组", "is_general": True}, "群「读书组」里，「General」话题已关闭"),
        ("zh", {"name": "论文"}, "「论文」话题已关闭"),
        ("zh", {}, "有一个话题已关闭"),
        ("en", {"title": "Readers", "name": "Papers"}, "The topic “Papers” of “Readers” was closed"),
        ("en", {"title": "Readers"}, "A topic of “Readers” was closed"),
        ("en", {"is_general": True}, "The topic “General” was closed"),
    ],
)
def test_as_much_is_said_of_the_topic_as_is_known(
    language: Language, known: dict[str, Any], said: str
) -> None:
    nothing: dict[str, Any] = {"title": "", "name": "", "is_general": False, "is_closed": True}
    message = Renderer(FixedNames()).reply("thread_parked", language, **(nothing | known))
    assert message.html.startswith(said)


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
