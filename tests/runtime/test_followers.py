"""As the bot begins, followers of a renamed topic are moved, and of a topic that is gone it is told."""

from collections.abc import AsyncIterator

import pytest
import structlog

from bot.digest.topics.vocabulary import Topics
from bot.model import Cut, Destination, SubscriberState
from bot.reports.gone_topics import GONE, gone_topics, news_of_gone
from bot.runtime.followers import settle_followers
from bot.storage import Database, Storage
from tests.builders import NOON

TOPICS = Topics.model_validate(
    {
        "topics": {
            "lowbit": {"names": {"zh": "低比特", "en": "X"}, "terms": ["x"], "formerly": ["quantization"]}
        }
    }
)


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await _join(storage)
        yield storage


async def _join(storage: Storage) -> None:
    for chat, topics in ((1, ("pruning", "quantization")), (2, ("pruning",)), (3, ("gone",)), (4, ("gone",))):
        await storage.subscribers.join(Destination(chat), Cut(topics=topics), NOON)
    await storage.subscribers.set_state(Destination(4), SubscriberState.STOPPED, NOON)


async def test_the_log_says_who_was_moved_and_what_no_topic_has_any_more(storage: Storage) -> None:
    with structlog.testing.capture_logs() as logged:
        await settle_followers(TOPICS, storage, NOON)
    told = [{name: one[name] for name in one if name != "advice"} for one in logged]
    assert told == [
        {
            "event": "followers_moved",
            "log_level": "info",
            "topic": "quantization",
            "to": "lowbit",
            "followers": 1,
        },
        {"event": "topic_gone", "log_level": "warning", "topic": "pruning", "followers": 2},
        {"event": "topic_gone", "log_level": "warning", "topic": "gone", "followers": 1},
    ]
    assert "formerly" in logged[1]["advice"]


async def test_it_is_news_until_the_topic_is_there_again(storage: Storage) -> None:
    found = await news_of_gone(storage, {"quantization", "gone"}, NOON)
    assert [(one.key, one.what, one.values) for one in found] == [
        (f"{GONE}pruning", "topic_gone", {"topic": "pruning", "followers": 2})
    ]
    assert await gone_topics(storage, {"quantization", "gone", "pruning"}) == ()
