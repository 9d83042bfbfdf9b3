"""That more subscribers are lost than usual is a trouble: told when it begins, and when it is over."""

from collections.abc import Awaitable, Callable

from bot.errors import StoreError
from bot.reports.losses import Lately
from bot.reports.troubles import Troubles
from bot.runtime.leadership import Role

LOSSES = "losses"  #: the name of the trouble


async def look_at_losses(
    look: Callable[[], Awaitable[Lately]],
    note: Callable[[], Awaitable[None]],
    role: Role | None,
    troubles: Troubles,
) -> None:
    """Find out whether too many were lost; only the process that leads says so, and lets it be noted.

    Who is back is not lost: it begins only while too many are, and then lasts until it has been calm.
    """
    if role is not Role.LEADS:
        troubles.leave(LOSSES)
        return
    try:
        lately = await look()
        if lately.unusual_now:
            await note()
    except StoreError:  # the database has told why
        return
    if lately.unusual_now or (lately.unusual and troubles.get(LOSSES)):
        troubles.begin(LOSSES, str(lately))
    elif not lately.unusual:
        troubles.end(LOSSES)
