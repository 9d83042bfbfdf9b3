"""``python -m benchmarks.sending.by_ptb``: python-telegram-bot on its default transport."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import LinkPreviewOptions
from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot

from benchmarks.sending.job import TOKEN, Failed, Job, Refused, Send, main
from benchmarks.sending.paces import PACES

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@asynccontextmanager
async def by_ptb(job: Job, limiter: AIORateLimiter | None = None) -> AsyncIterator[Send]:
    """Sends by ``Bot.send_message``, held back by the limiter where there is one."""
    texts = job.texts()

    async def send(chat: int, part: int) -> None:
        try:
            await bot.send_message(chat, texts[part], parse_mode="HTML", link_preview_options=_NO_PREVIEW)
        except RetryAfter as error:
            raise Refused from error
        except TelegramError as error:
            raise Failed from error

    async with ExtBot(TOKEN, base_url=f"{job.url}/bot", rate_limiter=limiter) as bot:
        yield send


if __name__ == "__main__":
    main(by_ptb, PACES)
