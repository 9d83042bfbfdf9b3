"""jianbao sandbox: a stand-in for Telegram, for a bot that is started separately."""

import asyncio
from typing import Annotated

import typer

from bot.cli.output import write
from bot.cli.run import stop_on_signals
from bot.sandbox import GROUPS, Sandbox

DEMO_TOKEN = "1000001:a-token-that-opens-nothing"  # noqa: S105  # the stand-in's, open to all
DEMO_PORT = 8765


def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1.")] = DEMO_PORT,
    token: Annotated[str, typer.Option(help="The bot token to accept.")] = DEMO_TOKEN,
) -> None:
    """Start only the stand-in for Telegram.

    Point a bot at it with JIANBAO_API_URL and JIANBAO_TOKEN.
    """
    asyncio.run(_serve(port, token))


async def _serve(port: int, token: str) -> None:
    stopping = asyncio.Event()
    stop_on_signals(stopping)
    async with Sandbox(token=token, port=port, groups=GROUPS) as telegram:
        write(f"The chats: {telegram.url}")
        write(f"The bot:   JIANBAO_API_URL={telegram.url} JIANBAO_TOKEN={token} jianbao run")
        await stopping.wait()
