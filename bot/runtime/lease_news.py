"""That another process sends now, which no operator asked for, or that one ended without a word."""

from datetime import datetime, timedelta

import structlog

from bot.model import News
from bot.model.news import Values
from bot.runtime.leadership import TERM
from bot.storage.leases import LeaseInfo
from bot.storage.news import NewsStore

log = structlog.get_logger()

LEADER, MOVED = "leader", "moved"
ENDED = "ended"
RESTART = timedelta(seconds=2 * TERM)  # the lease of a process that was killed lasts no longer


async def note_leader(
    store: NewsStore, lease: LeaseInfo, now: datetime, *, stood_by: timedelta | None
) -> None:
    """Remember who leads, and post that it was another, if this one ``stood_by`` and took over from it.

    One that found nobody at work was started anew, which is nothing to tell; so was one that only waited on
    the same machine until the lease of one that was killed there had expired. It is told if the one before
    did not :func:`note_end`, once an hour: what that one told last, nobody may have stored.
    """
    holder = lease.holder
    ended = {lease.token, *(one.values["token"] for one in await store.watched(ENDED))}
    for known in await store.watched(LEADER):
        before = str(known.values["holder"])
        anew = stood_by is None or (_machine(before) == _machine(holder) and stood_by < RESTART)
        moved = before != holder and not anew
        died = known.values.get("token", lease.token) not in ended
        if died:
            log.warning("leader_died", holder=before)
        if moved or died:
            values: Values = {"holder": holder, "before": before, "moved": moved, "died": died}
            once = known.at.strftime("%Y%m%d%H%M%S%f")  # the same if this is tried again
            key = f"{MOVED}:{once}" if moved else f"{MOVED}:died:{now:%Y%m%d%H}"
            await store.post(News(key=key, what=MOVED, at=now, values=values))
        await store.drop(known.key)
    await store.drop(ENDED)
    leads: Values = {"holder": holder, "token": lease.token}
    await store.watch(News(key=LEADER, what=LEADER, at=now, values=leads))


async def note_end(store: NewsStore, token: int, now: datetime) -> None:
    """Remember that the process with this lease ends, and that all was stored that it told."""
    await store.drop(ENDED)
    await store.watch(News(key=ENDED, what=ENDED, at=now, values={"token": token}))


def _machine(holder: str) -> str:
    """Where it runs; its process stands behind that."""
    return holder.rpartition(" ")[0]
