"""That more subscribers are lost than usual is a trouble: told when it begins, and when a day has passed."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.errors import StoreError
from bot.reports.losses import Lately
from bot.reports.troubles import Troubles
from bot.runtime.leadership import Role

LOSSES = "losses"  #: the name of the trouble
CALM = {LOSSES: timedelta(hours=1)}  #: it is not over and back again with each who comes or goes


async def look_at_losses(
    look: Callable[[], Awaitable[Lately]], role: Role | None, troubles: Troubles
) -> None:
    """Find out whether too many were lost; only the process that leads says so."""
    if role is not Role.LEADS:
        troubles.end(LOSSES, at_once=True)
        return
    try:
        lately = await look()
    except StoreError:  # the database has told why
        return
    if lately.unusual:
        troubles.begin(LOSSES, str(lately))
    else:
        troubles.end(LOSSES)
