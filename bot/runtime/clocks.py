"""The clocks of a running bot: whoever works by the one that may be put is told how it was."""

import asyncio
import time
from datetime import timedelta
from typing import Never

from bot.model import ClockJump
from bot.runtime.clock import Now, boot_time, utc_now
from bot.runtime.clock_jumps import ClockJumps, follow_clock, keep_jumps
from bot.runtime.clock_news import ClockNews
from bot.runtime.leadership import Role
from bot.runtime.schedule import Schedule
from bot.runtime.watch import Watch
from bot.storage import Storage


async def follow_clock_of(watch: Watch, schedule: Schedule, now: Now) -> Never:
    """Move along what these noted by the clock; ends never."""

    def moved(by: timedelta) -> None:
        watch.clock_moved(by)
        schedule.clock_moved(utc_now())

    await follow_clock(ClockJumps(now, time.monotonic), asyncio.sleep, moved)


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
