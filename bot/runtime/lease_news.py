"""That another process sends now, which no operator asked for."""

from datetime import datetime, timedelta

from bot.model import News
from bot.runtime.leadership import TERM
from bot.storage.news import NewsStore

LEADER, MOVED = "leader", "moved"
RESTART = timedelta(seconds=2 * TERM)  # the lease of a process that was killed lasts no longer


async def note_leader(store: NewsStore, holder: str, now: datetime, *, stood_by: timedelta | None) -> None:
    """Remember who leads, and post that it was another, if this one ``stood_by`` and took over from it.

    One that found nobody at work was started anew, which is nothing to tell; so was one that only waited on
    the same machine until the lease of one that was killed there had expired.
    """
    for known in await store.watched(LEADER):
        before = str(known.values["holder"])
        anew = stood_by is None or (_machine(before) == _machine(holder) and stood_by < RESTART)
        if before != holder and not anew:
            values = {"holder": holder, "before": before}
            key = f"{MOVED}:{known.at:%Y%m%d%H%M%S%f}"  # the same if this is tried again
            await store.post(News(key=key, what=MOVED, at=now, values=values))
        await store.drop(known.key)
    await store.watch(News(key=LEADER, what=LEADER, at=now, values={"holder": holder}))


def _machine(holder: str) -> str:
    """Where it runs; its process stands behind that."""
    return holder.rpartition(" ")[0]
