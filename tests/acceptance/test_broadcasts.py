"""The log says when an issue begins to go to everybody and how that ended, whoever published it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.model import Purpose
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.sandbox import Person
from bot.storage import ImportRow
from tests.acceptance.world import World, make_world

READERS = tuple(Person(id=one, first_name="小林", language_code="zh-hans", started=True) for one in (1, 2, 3))
DAY = "2026-03-02"

Said = Callable[[], list[Mapping[str, Any]]]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, people=READERS) as world:
        async with world.storage() as storage:
            rows = [ImportRow(chat_id=reader.id, language="zh") for reader in READERS[:2]]
            await storage.subscribers.import_rows(rows, utc_now())
        yield world


@pytest.fixture
def said() -> Iterator[Said]:
    """What the log has said of broadcasts so far."""
    with capture_logs() as lines:
        yield lambda: [line for line in lines if line["event"].startswith("broadcast_")]


async def until(world: World, said: Said, lines: int) -> list[Mapping[str, Any]]:
    async with asyncio.timeout(20):
        while len(said()) < lines:
            await world.state(DAY, READERS[0].id)
    return said()


async def test_an_issue_begins_and_ends_with_its_totals(world: World, said: Said) -> None:
    async with world.bot():
        world.write(DAY)
        began, ended = await until(world, said, 2)
    assert (began["event"], began["issue"], began["aim"]) == ("broadcast_began", DAY, "send")
    assert (ended["event"], ended["issue"], ended["aim"]) == ("broadcast_ended", DAY, "send")
    assert (ended["sent"], ended["failed"], ended["skipped"], ended["uncertain"]) == (2, 0, 0, 0)
    assert ended["messages"] >= 2
    assert 0 <= ended["seconds"] < 20


async def test_what_a_command_does_is_told_too_and_what_one_person_gets_is_not(
    world: World, said: Said
) -> None:
    async with world.bot():
        world.write(DAY)
        await until(world, said, 2)
        await world.said(3, "/start", answers=2)
        await world.recorded(DAY, 3, Purpose.PUSH)
        async with world.storage() as storage:
            await make_editorial(world.configuration, storage).publisher.retract(DAY, utc_now())
        *_, began, ended = await until(world, said, 4)
    assert (began["aim"], ended["aim"], len(said())) == ("retract", "retract", 4)
    assert (ended["sent"], ended["skipped"], ended["messages"], ended["taken_back"]) == (3, 0, 0, False)
