"""Topics that somebody follows and the digest has no more."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model import Cut, News
from bot.storage import Storage

GONE = "topic:"  #: how the keys of its news begin

_ADVICE = "put it back, or name it under formerly of the topic that took its place, and restart the bot"
_NOTHING: Mapping[str, str] = {}
_GONE = "which is no topic any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneTopic:
    """One of them, and how many of the active follow it.

    ``new`` is its key now, if the file says so: the bot has not been started with that yet.
    """

    slug: str
    followers: int
    new: str | None = None

    @property
    def what(self) -> str:
        """How many follow what."""
        they = "1 reader follows" if self.followers == 1 else f"{self.followers} readers follow"
        return f"{they} {self.slug}, which is {self.new} now" if self.new else f"{they} {self.slug}, {_GONE}"

    @property
    def advice(self) -> str:
        """What to do."""
        return f"restart the bot, and they follow {self.new}" if self.new else _ADVICE


async def gone_topics(
    storage: Storage, topics: Container[str], former: Mapping[str, str] = _NOTHING
) -> tuple[GoneTopic, ...]:
    """All of them; the most followed first.

    ``topics`` has the slugs of those that there are, ``former`` what they were called before.
    """
    followers = Counter[str]()
    for signature, number in await storage.subscribers.cuts():
        followers.update({slug: number for slug in Cut.parse(signature).topics if slug not in topics})
    found = sorted(followers.items(), key=lambda one: (-one[1], one[0]))
    return tuple(GoneTopic(slug=slug, followers=number, new=former.get(slug)) for slug, number in found)


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
