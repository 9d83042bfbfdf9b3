"""Whether Telegram lets the bot send far less than it is to."""

from bot.pacing import Report

_FAR_BELOW = 2  # times less than configured


def slowness(report: Report, rate: float) -> str | None:
    """What is sent at most and why, if that is far below the configured ``rate``; None if it is not."""
    if not report.slow_for or report.limit * _FAR_BELOW > rate:
        return None
    return f"at most {report.limit:.1f} of {rate:g} messages a second, for Telegram refused more (429)"
