"""That Telegram slows the bot down is a trouble of the process that sends; it is over by itself."""

from datetime import timedelta

from bot.reports.troubles import Troubles
from bot.runtime.leadership import Role

RATE = "rate"  #: the name of the trouble
CALM = {RATE: timedelta(minutes=5)}  #: what is sent may be refused again as it climbs back


def look_at_rate(slow: str | None, role: Role | None, troubles: Troubles) -> None:
    """Note why sending is slow, if it is; only the process that leads sends."""
    if role is not Role.LEADS:
        troubles.leave(RATE)
    elif slow is None:
        troubles.end(RATE)
    else:
        troubles.begin(RATE, slow)
