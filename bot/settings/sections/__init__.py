"""The sections of ``bot.yml``, each key with its meaning, limits and default.

========== =====================================================
publishing when issues are read and published, and how they are sent
telegram   how the bot talks to Telegram
reading    how much one answer shows
source     the git repository that issues come from
privacy    how long is kept what is known of people
topics     who is asked about topics
operating  health and figures over HTTP, the chats of operators and editors, and the log
========== =====================================================
"""

from bot.settings.sections.operating import (
    AdminSettings,
    EditorsSettings,
    LogSettings,
    MetricsSettings,
    WebSettings,
)
from bot.settings.sections.privacy import PrivacySettings
from bot.settings.sections.publishing import (
    UNPAID_RATE,
    DeliverySettings,
    PublishingSettings,
    ScheduleSettings,
    Times,
)
from bot.settings.sections.reading import ReadingSettings
from bot.settings.sections.source import GitHookSettings, SourceSettings
from bot.settings.sections.telegram import TelegramSettings, WebhookSettings
from bot.settings.sections.topics import ReaderSettings, TopicsSettings

__all__ = [
    "UNPAID_RATE",
    "AdminSettings",
    "DeliverySettings",
    "EditorsSettings",
    "GitHookSettings",
    "LogSettings",
    "MetricsSettings",
    "PrivacySettings",
    "PublishingSettings",
    "ReaderSettings",
    "ReadingSettings",
    "ScheduleSettings",
    "SourceSettings",
    "TelegramSettings",
    "Times",
    "TopicsSettings",
    "WebSettings",
    "WebhookSettings",
]
