"""Which errors of handlers are faults of the program."""

import structlog

from bot.errors import StoreConflict, StoreError

log = structlog.get_logger()


def is_fault(error: Exception | None, chat_id: int | None) -> bool:
    """Whether an error is one of the program; a database that is away tells its own trouble."""
    if not isinstance(error, StoreError) or isinstance(error, StoreConflict):
        return True
    log.debug("update_not_served", chat=chat_id, reason=str(error))
    return False
