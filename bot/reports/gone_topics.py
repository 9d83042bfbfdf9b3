"""Topics that somebody follows and the digest has no more."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from bot.model import Cut, News
from bot.storage import Storage

GONE = "topic:"  #: how the keys of its news begin

ADVICE = "put it back, or name it under formerly of the topic that took its place, and restart the bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneTopic:
    """One of them, and how many of the active follow it."""

    slug: str
    followers: int

    @property
    def what(self) -> str:
        """How many follow what."""
        they = "1 reader follows" if self.followers == 1 else f"{self.followers} readers follow"
        return f"{they} {self.slug}, which is no topic any more"


async def gone_topics(storage: Storage, topics: Container[str]) -> tuple[GoneTopic, ...]:
    """All of them; the most followed first. ``topics`` has the slugs of those that there are."""
    followers = Counter[str]()
    for signature, number in await storage.subscribers.cuts():
        followers.update({slug: number for slug in Cut.parse(signature).topics if slug not in topics})
    found = sorted(followers.items(), key=lambda one: (-one[1], one[0]))
    return tuple(GoneTopic(slug=slug, followers=number) for slug, number in found)


async def news_of_gone(storage: Storage, topics: Container[str], now: datetime) -> tuple[News, ...]:
    """The same for the admin chat: each lasts until nobody follows it, or it is there again."""
    return tuple(
        News(
            key=f"{GONE}{one.slug}",
            what="topic_gone",
            at=now,
            values={"topic": one.slug, "followers": one.followers},
        )
        for one in await gone_topics(storage, topics)
    )
