"""Who follows topics, looked at as a process begins: some have new names, and some are no more."""

from datetime import datetime

import structlog

from bot.digest.topics.vocabulary import Topics
from bot.reports.gone_topics import gone_topics
from bot.storage import Storage
from bot.storage.renamed_topics import RenamedTopics

log = structlog.get_logger()


async def settle_followers(topics: Topics, storage: Storage, now: datetime) -> None:
    """Let who followed a topic by its former name follow it, and log what nobody can follow any more."""
    former = topics.former
    for old, followers in (await RenamedTopics(storage.database).move(former, now)).items():
        log.info("followers_moved", topic=old, to=former[old], followers=followers)
    for one in await gone_topics(storage, topics.topics):
        log.warning("topic_gone", topic=one.slug, followers=one.followers, advice=one.advice)
