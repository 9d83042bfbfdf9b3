"""What happens to issues, told in one place: in the log, and to whoever else listens."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

import structlog

from bot.model import IssueEvent, IssueEventKind

log = structlog.get_logger()

Listener = Callable[[IssueEvent], Awaitable[bool]]  #: returns whether the event is news
Change = Callable[[], Awaitable[bool]]  #: returns whether it was made
Together = Callable[[], AbstractAsyncContextManager[None]]  #: makes one transaction of what is written in it


async def nobody(_: IssueEvent) -> bool:
    """For who need not know."""
    return True


async def nothing() -> bool:
    """For what happened elsewhere."""
    return True


class Events:
    """Tells each event to a listener and, if it is news, to the log."""

    def __init__(self, listener: Listener = nobody, together: Together = nullcontext) -> None:
        self._listener = listener
        self._together = together

    async def tell(self, one: IssueEvent | None, change: Change = nothing) -> bool:
        """Make a change and tell what it means, if anything: both are kept or neither is.

        Returns whether the change was made; if it was not, nothing is told.
        """
        if one is None:
            return await change()
        async with self._together():
            made = await change()
            is_news = made and await self._listener(one)
        if is_news:
            _log(one)
        return made


def _log(one: IssueEvent) -> None:
    """Log it; that a text changed is in the log already."""
    kind = IssueEventKind
    match one.kind:
        case kind.DRAFT_WAITS:
            log.info("draft_waits", issue=one.slug, file=one.file, reason=one.why)
        case kind.DRAFT_READY:
            log.info("draft_ready", issue=one.slug, file=one.file)
        case kind.CALLED_OFF:
            log.warning("issue_called_off", issue=one.slug, file=one.file, reason=one.why)
        case kind.CAME_BACK:
            log.info("issue_came_back", issue=one.slug, file=one.file)
        case kind.FILE_GONE:
            log.info("file_gone", issue=one.slug, file=one.file)
        case kind.TAKEN_BACK:
            log.info("issue_taken_back", issue=one.slug)
        case kind.RENAMED:
            log.info("file_renamed", issue=one.slug, file=one.file, before=one.why)
