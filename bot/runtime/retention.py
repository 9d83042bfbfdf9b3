"""What is kept of people no longer than the settings say."""

from datetime import datetime, timedelta

import structlog

from bot.settings.sections import PrivacySettings
from bot.storage import Retention, Storage

log = structlog.get_logger()

MISTAKES_KEPT = timedelta(days=90)


async def keep_words_no_longer(storage: Storage, now: datetime) -> None:
    """Forget what readers reported long ago, and texts of issues that nobody has any more."""
    await storage.mistakes.forget(now - MISTAKES_KEPT)
    await storage.corrections_told.prune()


async def keep_no_longer(privacy: PrivacySettings, retention: Retention, now: datetime) -> None:
    """Forget chats that went away long ago, and delete old rows of the ledger; one line says how many."""
    chats = rows = 0
    if privacy.forget_after_stop:
        chats = await retention.forget_away(now - timedelta(days=privacy.forget_after_stop))
    if privacy.keep_ledger:
        rows = await retention.drop_ledger(now - timedelta(days=privacy.keep_ledger))
    if chats or rows:
        log.info("old_data_deleted", chats=chats, deliveries=rows)
