"""That another process sends now, which no operator asked for."""

from datetime import datetime

from bot.model import News
from bot.storage.news import NewsStore

LEADER, MOVED = "leader", "moved"


async def note_leader(store: NewsStore, holder: str, now: datetime, *, took_over: bool) -> None:
    """Remember who leads, and post that it was another before, if this one ``took_over`` from it.

    One that found nobody at work was started anew, which is nothing to tell.
    """
    for known in await store.watched(LEADER):
        before = str(known.values["holder"])
        if took_over and before != holder:
            values = {"holder": holder, "before": before}
            await store.post(News(key=f"{MOVED}:{now:%Y%m%d%H%M%S%f}", what=MOVED, at=now, values=values))
        await store.drop(known.key)
    await store.watch(News(key=LEADER, what=LEADER, at=now, values={"holder": holder}))
