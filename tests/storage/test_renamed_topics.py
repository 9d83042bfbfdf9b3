"""Who follows a topic goes on following it under its new name, also in what is on its way to them."""

from dataclasses import replace

import pytest

from bot.model import Cut, DeliveryState, Destination, Interests
from bot.storage import Database, Storage
from bot.storage.renamed_topics import RenamedTopics
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

FORMER = {"quantization": "lowbit", "pruning": "sparse"}
OLD = Cut(topics=("pruning", "quantization"), keywords=("vLLM",))
LEFT_OUT = Cut(language="en", excluded=Interests(topics=("quantization",)))
OTHERS = Cut(topics=("post-quantization",), keywords=("quantization",))


@pytest.fixture
async def storage(database: Database) -> Storage:
    storage = Storage.of(database)
    for chat, cut in ((1, OLD), (2, LEFT_OUT), (3, OTHERS), (4, replace(OLD, topics=("lowbit", "pruning")))):
        await storage.subscribers.join(Destination(chat), cut, NOON)
    return storage


async def cuts(storage: Storage) -> dict[int, Cut]:
    return {one.chat_id: one.cut async for one in storage.subscribers.all()}


async def test_followers_get_the_new_names_and_are_counted_by_the_old_ones(storage: Storage) -> None:
    renamed = RenamedTopics(storage.database)
    assert await renamed.move(FORMER, NOON) == {"pruning": 2, "quantization": 2}
    assert await cuts(storage) == {
        1: replace(OLD, topics=("lowbit", "sparse")),
        2: replace(LEFT_OUT, excluded=Interests(topics=("lowbit",))),
        3: OTHERS,
        4: replace(OLD, topics=("lowbit", "sparse")),
    }
    assert await renamed.move(FORMER, NOON) == {}
    assert await renamed.move({}, NOON) == {}


async def test_what_is_on_its_way_or_was_sent_goes_by_the_new_names(storage: Storage) -> None:
    await add_issue(storage.issues)
    await storage.planner.push("2026-03-02", NOON)
    token = await storage.leases.acquire("sender", holder="host 7", seconds=30)
    assert token is not None
    await recorded(storage.deliveries, with_part(await row(storage.deliveries, 1), 11, last=True), token)
    before = {chat: await row(storage.deliveries, chat) for chat in (1, 2, 3, 4)}
    await RenamedTopics(storage.database).move(FORMER, NOON)
    after = {chat: await row(storage.deliveries, chat) for chat in (1, 2, 3, 4)}
    assert {chat: one.cut for chat, one in after.items()} == await cuts(storage)
    assert after[1].state is DeliveryState.SENT
    assert after[1].parts == before[1].parts
    assert after[3] == before[3]


async def test_what_a_sender_took_before_is_not_written_over_it(storage: Storage) -> None:
    await add_issue(storage.issues)
    await storage.planner.push("2026-03-02", NOON)
    token = await storage.leases.acquire("sender", holder="host 7", seconds=30)
    assert token is not None
    taken = await row(storage.deliveries, 1)
    await RenamedTopics(storage.database).move(FORMER, NOON)
    await recorded(storage.deliveries, with_part(taken, 11), token)
    assert (await row(storage.deliveries, 1)).cut.topics == ("lowbit", "sparse")
