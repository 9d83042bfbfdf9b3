"""What is kept of people no longer than the settings say."""

from datetime import datetime, timedelta

import structlog

from bot.settings.sections import PrivacySettings
from bot.storage import Retention

log = structlog.get_logger()


async def keep_no_longer(privacy: PrivacySettings, retention: Retention, now: datetime) -> None:
    """Forget chats that went away long ago, and delete old rows of the ledger; one line says how many."""
    chats = rows = 0
    if privacy.forget_after_stop:
        chats = await retention.forget_away(now - timedelta(days=privacy.forget_after_stop))
    if privacy.keep_ledger:
        rows = await retention.drop_ledger(now - timedelta(days=privacy.keep_ledger))
    if chats or rows:
        log.info("old_data_deleted", chats=chats, deliveries=rows)
