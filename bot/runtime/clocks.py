"""The clocks of a running bot: whoever works by the one that may be put is told how it was."""

import asyncio
from typing import Never

from bot.model import ClockJump
from bot.runtime.clock import Now, boot_time, utc_now
from bot.runtime.clock_jumps import ClockJumps, FollowedClock, keep_jumps
from bot.runtime.clock_news import ClockNews
from bot.runtime.leadership import Role
from bot.runtime.schedule import Schedule
from bot.runtime.watch import Watch
from bot.storage import Storage


async def follow_for(schedule: Schedule, clock: FollowedClock) -> Never:
    """Let no job wait longer because the clock was put; ends never."""
    clock.subscribe(lambda _: schedule.clock_moved(utc_now()))
    await clock.follow(asyncio.sleep)


async def keep_jumps_of(watch: Watch, storage: Storage, now: Now) -> Never:
    """Store how the clock was put of the process that leads, which tells the moments that are stored.

    The admin chat is told if that is far.
    While the machine sleeps, time goes by: that is no jump. Ends never.
    """
    jumps, news = ClockJumps(now, boot_time), ClockNews(storage.news)

    def found() -> ClockJump | None:
        jump = jumps.found()
        if jump is None or watch.role is not Role.LEADS:
            return None
        news.note(jump)
        return jump

    async def look() -> None:
        await storage.kept_jumps.look()
        await news.look()

    storage.kept_jumps.found = found
    await keep_jumps(look, asyncio.sleep)
