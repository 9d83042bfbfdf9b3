"""HTTP in: where an operator's monitoring asks whether the bot is well."""

from bot.web.health import Health, HealthServer

__all__ = ["Health", "HealthServer"]
