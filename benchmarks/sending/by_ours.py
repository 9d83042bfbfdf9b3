"""``python -m benchmarks.sending.by_ours``: the bot's client and Sender, and nothing that holds them back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.sending.job import TOKEN, Failed, Job, Refused, Send, main
from benchmarks.sending.paces import PACES
from bot.errors import SendError, TryLater
from bot.messages import Message
from bot.model import Destination
from bot.telegram_api import Sender, make_client


@asynccontextmanager
async def by_ours(job: Job) -> AsyncIterator[Send]:
    """Sends by ``Sender.send`` messages that were made before."""
    messages = {number: Message(text) for number, text in job.texts().items()}

    async def send(chat: int, part: int) -> None:
        try:
            await sender.send(Destination(chat), messages[part])
        except TryLater as error:
            raise (Refused if error.after else Failed) from error
        except SendError as error:
            raise Failed from error

    async with make_client(TOKEN, api_url=job.url, connections=job.in_flight) as client:
        sender = Sender(client)
        yield send


if __name__ == "__main__":
    main(by_ours, PACES)
