"""``python -m benchmarks.sending.by_aiogram``: aiogram on its default transport, where it is installed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from benchmarks.sending.job import TOKEN, Failed, Job, Refused, Send, main
from benchmarks.sending.paces import PACES


@asynccontextmanager
async def by_aiogram(job: Job) -> AsyncIterator[Send]:
    """Sends by ``Bot.send_message``."""
    texts = job.texts()
    errors = _module("exceptions")
    no_preview = _module("types").LinkPreviewOptions(is_disabled=True)

    async def send(chat: int, part: int) -> None:
        try:
            await bot.send_message(chat, texts[part], parse_mode="HTML", link_preview_options=no_preview)
        except errors.TelegramRetryAfter as error:
            raise Refused from error
        except errors.TelegramAPIError as error:
            raise Failed from error

    server = _module("client.telegram").TelegramAPIServer.from_base(job.url)
    session = _module("client.session.aiohttp").AiohttpSession(api=server)
    async with _module("client.bot").Bot(TOKEN, session=session) as bot:
        yield send


def _module(name: str) -> Any:
    """A module of aiogram, which is no dependency: its bounds hold back other libraries."""
    return import_module(f"aiogram.{name}")


if __name__ == "__main__":
    main(by_aiogram, PACES)
