"""HTTP: an operator's monitoring asks whether the bot is well.

====== =====================================
health whether the bot is well
server answers over HTTP
====== =====================================
"""

from bot.web.health import Health

__all__ = ["Health"]
