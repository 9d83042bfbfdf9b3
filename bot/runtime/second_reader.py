"""The second reader of the settings, if they name one, and what it said before.

Most name none: what only a second reader needs is imported where there is one.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.digest.topics.classifier import Classifier
from bot.editors.topics.questions import Question
from bot.runtime.clock import Now
from bot.runtime.editorial import Editorial
from bot.settings import Configuration, Settings, proxy_of_environment, read_reader_key
from bot.storage import Storage
from bot.telegram_api import Proxy

if TYPE_CHECKING:
    from bot.editors.second_reader.client import ReaderServer
    from bot.editors.second_reader.reader import SecondReader
    from bot.runtime.second_reading import SecondReading


def reader_server(settings: Settings) -> "ReaderServer | None":
    """Where the second reader is asked; None if it is off. Raises BadInput."""
    reader = settings.topics.reader
    if reader.url is None or reader.model is None:
        return None
    from bot.editors.second_reader.client import ReaderServer  # noqa: PLC0415  # see above

    proxy = proxy_of_environment(reader.url)
    return ReaderServer(
        url=reader.url,
        model=reader.model,
        key=read_reader_key(settings),
        timeout=reader.timeout,
        temperature=reader.temperature,
        proxy=Proxy(url=proxy.get_secret_value()) if proxy else None,
    )


def make_second_reader(configuration: Configuration) -> "SecondReader | None":
    """The second reader; None if it is off. Raises BadInput."""
    server = reader_server(configuration.settings)
    if server is None:
        return None
    from bot.editors.second_reader.client import ReaderClient  # noqa: PLC0415  # see above
    from bot.editors.second_reader.reader import SecondReader  # noqa: PLC0415  # see above

    return SecondReader(ReaderClient(server), model=server.model, topics=configuration.topics)


def make_second_reading(
    configuration: Configuration, storage: Storage, editorial: Editorial, now: Now
) -> "SecondReading | None":
    """What asks it about new issues; None if it is off. Raises BadInput."""
    reader, settings = make_second_reader(configuration), configuration.settings.topics.reader
    if reader is None:
        return None
    from bot.runtime.second_reading import SecondReading  # noqa: PLC0415  # see above

    return SecondReading(
        storage=storage,
        read=editorial.parsed.issue,
        classifier=Classifier(configuration.topics),
        reader=reader,
        most=settings.questions,
        requests_a_month=settings.requests_a_month,
        now=now,
        sleep=asyncio.sleep,
    )


class Proposals:
    """Adds to questions what the second reader said of them before; it is not asked now."""

    def __init__(self, storage: Storage, reader: "SecondReader | None") -> None:
        self._kept = storage.second_readings
        self._reader = reader

    async def __call__(self, asked: Sequence[Question]) -> tuple[Question, ...]:
        """The same questions, each with its proposal. Raises StoreError."""
        if self._reader is None:
            return tuple(asked)
        from bot.editors.second_reader.reader import with_proposals  # noqa: PLC0415  # see above

        answers = await self._kept.known([self._reader.name(one) for one in asked])
        return with_proposals(asked, answers, self._reader)
