"""HTTP: an operator's monitoring asks how the bot is.

====== ==========================================================
health whether the bot is ready, by checks
server answers over HTTP
====== ==========================================================
"""

from bot.web.health import Check, Health

__all__ = ["Check", "Health"]
