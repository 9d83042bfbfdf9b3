"""``python -m benchmarks.sending.by_limiter``: python-telegram-bot with its AIORateLimiter.

The limiter is told the rate and nothing else (30 a second is its default); the transport is the default.
"""

from contextlib import AbstractAsyncContextManager

from telegram.ext import AIORateLimiter

from benchmarks.sending.by_ptb import by_ptb
from benchmarks.sending.job import Job, Send, main
from benchmarks.sending.paces import by_chat


def by_limiter(job: Job) -> AbstractAsyncContextManager[Send]:
    """Sends by ``Bot.send_message`` when the limiter lets it."""
    return by_ptb(job, AIORateLimiter(overall_max_rate=job.rate))


if __name__ == "__main__":
    main(by_limiter, {"by-chat": by_chat})
