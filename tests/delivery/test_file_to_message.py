"""The whole way: a file in a folder becomes messages that a Bot API server accepted."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.model import Cut, DeliveryState, Destination, FilePattern, Interests, SubscriberState
from bot.sources import FolderSource
from bot.storage import ImportRow
from bot.telegram_api import Client, Sender, make_client
from tests import builders
from tests.builders import NOON
from tests.delivery.world import SLUG, World
from tests.publishing.parts import Publishing
from tests.telegram_api.server import TOKEN, BotApi, refusal


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
async def client(api: BotApi) -> AsyncIterator[Client]:
    async with api.server() as server, make_client(TOKEN, api_url=str(server.make_url("/"))) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "issues").mkdir()
    return tmp_path / "issues"


def publishing(world: World, folder: Path) -> Publishing:
    return Publishing(
        FolderSource(path=folder, pattern=FilePattern.of(r"\d{4}-\d\d-\d\d\.md")),
        world.database,
        lambda slug, text: builders.issue(slug=slug, title=text),
    )


def drop(folder: Path, slug: str) -> None:
    path = folder / f"{slug}.md"
    path.write_text("# 简报", encoding="utf-8")
    settled = (NOON - timedelta(hours=1)).timestamp()
    os.utime(path, (settled, settled))


def arrived(api: BotApi, chat_id: int) -> list[str]:
    return [
        seen["text"] for method, seen in api.seen if method == "sendMessage" and seen["chat_id"] == chat_id
    ]


async def test_a_file_dropped_into_the_folder_reaches_every_subscriber_once_and_cut(
    world: World, folder: Path, api: BotApi, client: Client
) -> None:
    worker = partial(world.worker, gateway=Sender(client))
    issues = publishing(world, folder)
    await issues.read(NOON)
    await world.subscribers.join(Destination(1), Cut(), NOON)
    await world.subscribers.join(Destination(2), Cut(topics=("compiler",)), NOON)
    drop(folder, SLUG)
    for _ in range(2):
        await issues.read(NOON)
        await issues.publish_due(NOON)
        await (await worker()).drain()
    assert arrived(api, 1) == [f"{SLUG} 1/3", f"{SLUG} 2/3", f"{SLUG} 3/3"]
    assert arrived(api, 2) == [f"{SLUG} compiler"]


async def test_telegrams_refusals_end_in_the_ledger_and_what_can_be_sent_is(
    world: World, api: BotApi, client: Client
) -> None:
    worker = partial(world.worker, gateway=Sender(client))
    await world.publish(1)
    api.answers.append(refusal(429, "Too Many Requests: retry after 7", retry_after=7))
    await (await worker()).drain()
    assert (await world.row(1)).not_before == NOON + timedelta(seconds=7)
    world.clock.advance(7)
    api.answers += [refusal(502, "Bad Gateway")]
    await (await worker()).drain()
    world.clock.advance(2)
    api.answers += [refusal(400, "Bad Request: can't parse entities: no end tag")]
    await (await worker()).drain()
    assert (await world.row(1)).state is DeliveryState.SENT
    await world.ask(1)
    api.answers.append(refusal(403, "Forbidden: bot was blocked by the user"))
    await (await worker()).drain()
    reader = await world.subscribers.get(Destination(1))
    assert reader is not None
    assert reader.state is SubscriberState.BLOCKED


async def test_a_hundred_readers_get_one_message_each(world: World, api: BotApi, client: Client) -> None:
    worker = partial(world.worker, gateway=Sender(client))
    await world.publish()
    ai = Interests(topics=("ai",))
    everyone = [ImportRow(chat_id=chat_id, language="zh", followed=ai) for chat_id in range(1, 101)]
    await world.subscribers.import_rows(everyone, NOON)
    await world.publish(slug="2026-03-16")
    await (await worker()).drain()
    assert sorted(seen["chat_id"] for method, seen in api.seen if method == "sendMessage") == [*range(1, 101)]
