"""What is being measured, told on standard error to whoever waits."""

import time

from bot.cli.output import say

_START = time.monotonic()


def progress(doing: str) -> None:
    """One line, with the minutes and seconds since the start."""
    minutes, seconds = divmod(int(time.monotonic() - _START), 60)
    say(f"{minutes}:{seconds:02} {doing}")
