"""How an issue went to everybody, told once it has ended, whichever process saw it begin."""

from datetime import datetime

from bot.model import Aim, News, SubscriberState
from bot.reports.losses import is_unusual
from bot.runtime.broadcasts import Broadcast
from bot.storage import Storage

GOING, FINISHED = "going", "finished"


class BroadcastNews:
    """Remembers in the database what is on its way, and posts how it ended."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._begun: list[Broadcast] = []

    def heard(self, one: Broadcast) -> None:
        """Note that an issue begins to go to everybody."""
        if one.totals is None:
            self._begun.append(one)

    async def look(self, now: datetime) -> None:
        """Remember what has begun, and post what has ended."""
        while self._begun:
            one = self._begun[0]
            values = {"slug": one.slug, "aim": str(one.aim)}
            key = f"{GOING}:{one.slug}:{one.aim}"
            await self._storage.news.watch(News(key=key, what=GOING, at=one.since, values=values))
            self._begun.pop(0)
        for going in await self._storage.news.watched(GOING):
            await self._end(going, now)

    async def _end(self, going: News, now: datetime) -> None:
        slug, aim = str(going.values["slug"]), Aim(str(going.values["aim"]))
        if await self._storage.broadcasts.under_way(slug, aim):
            return
        totals = await self._storage.broadcasts.totals(slug, aim)
        lost = await self._storage.subscribers.lost_since(going.at)
        time = await self._storage.kept_jumps.steady_time(now)
        active = (await self._storage.subscribers.counts())[SubscriberState.ACTIVE]
        await self._storage.news.post(
            News(
                key=f"{FINISHED}:{slug}:{aim}:{going.at:%Y%m%d%H%M%S%f}",
                what=FINISHED,
                at=totals.ended or now,
                values={
                    "slug": slug,
                    "aim": str(aim),
                    "sent": totals.sent,
                    "failed": totals.failed,
                    "skipped": totals.skipped,
                    "partly": totals.partly,
                    "left_out": totals.left_out,
                    "uncertain": totals.uncertain,
                    "taken_back": totals.taken_back,
                    "published_again": totals.published_again,
                    "total": totals.sent + totals.failed + totals.skipped,
                    "seconds": time.elapsed(going.at, totals.ended or now),
                    "lost": lost,
                    "unusual": is_unusual(lost, active),
                },
            )
        )
        await self._storage.news.drop(going.key)
