"""HTTP: an operator's monitoring asks how the bot is.

======= =================================================
health  whether the bot is ready, by checks
figure  a number that monitoring may ask for
metrics figures as Prometheus reads them
server  answers over HTTP
======= =================================================
"""

from bot.web.figure import Figure
from bot.web.health import Check, Health

__all__ = ["Check", "Figure", "Health"]
