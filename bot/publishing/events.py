"""What happens to issues, told in one place: in the log, and to whoever else listens."""

from collections.abc import Awaitable, Callable

import structlog

from bot.model import IssueEvent, IssueEventKind

log = structlog.get_logger()

Listener = Callable[[IssueEvent], Awaitable[None]]


async def nobody(_: IssueEvent) -> None:
    """For who need not know."""


class Events:
    """Tells each event to the log, and to a listener."""

    def __init__(self, listener: Listener = nobody) -> None:
        self._listener = listener

    async def tell(self, one: IssueEvent) -> None:
        """Tell it; that a text changed is in the log already."""
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
            case kind.RENAMED:
                log.info("file_renamed", issue=one.slug, file=one.file, before=one.why)
        await self._listener(one)
