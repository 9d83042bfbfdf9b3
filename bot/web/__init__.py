"""HTTP: an operator's monitoring asks how the bot is, Telegram brings updates, and a forge calls.

========= =================================================
health    whether the bot is ready, by checks
figure    a number that monitoring may ask for
metrics   figures as Prometheus reads them
server    answers over HTTP
forge     hears that somebody has pushed
live_page shows an issue that is being written
webhook   takes in what Telegram brings
listening a port for either
========= =================================================
"""

from bot.web.figure import Figure
from bot.web.health import Check, Health

__all__ = ["Check", "Figure", "Health"]
