"""A chat is told once that it has a role no more."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.errors import ChatMoved, SendError
from bot.handlers import KnownChat
from bot.messages import Message, Renderer
from bot.model import Destination
from bot.runtime.former_chats import FormerChats
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.messages.names import FixedNames

ADA, LIN = 5, 6


@dataclass
class Chats:
    """Take what they are told; each of the ``faults`` is raised instead, in turn."""

    told: list[tuple[int, str]] = field(default_factory=list)
    faults: list[SendError] = field(default_factory=list)

    async def send(self, to: Destination, message: Message) -> int:
        if self.faults:
            raise self.faults.pop(0)
        self.told.append((to.chat, message.html))
        return 1


@dataclass
class World:
    """Processes that each look once, as their settings name an admin chat, or none."""

    storage: Storage
    chats: Chats = field(default_factory=Chats)

    async def look(self, admin: int | None) -> None:
        former = FormerChats(
            storage=self.storage,
            places=(
                KnownChat(self.storage.admin_chats, named=admin, now=lambda: NOON),
                KnownChat(self.storage.editors_chats, named=LIN, now=lambda: NOON),
            ),
            gateway=self.chats,
            renderer=Renderer(FixedNames()),
            language="en",
            now=lambda: NOON,
        )
        await former.look()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        yield World(Storage.of(database))


@pytest.mark.parametrize("now", [LIN, None])
async def test_the_chat_before_is_told_once_whichever_process_finds_it(world: World, now: int | None) -> None:
    for admin in (ADA, ADA, now, now):
        await world.look(admin)
    ((chat, html),) = world.chats.told
    assert chat == ADA
    assert "the admin chat no more" in html


async def test_a_chat_that_cannot_be_told_is_left_at_that(world: World) -> None:
    await world.look(ADA)
    world.chats.faults = [ChatMoved("upgraded", chat_id=-1005)]
    for _ in range(2):
        await world.look(LIN)
    assert world.chats.told == []
