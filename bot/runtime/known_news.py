"""What the admin chat knows to last, also while the database is away."""

from collections.abc import Mapping

import structlog

from bot.errors import StoreError
from bot.model import News
from bot.storage.news import NewsStore

log = structlog.get_logger()


class KnownNews:
    """Kept in the database, and meanwhile in this process what the database did not take."""

    def __init__(self, store: NewsStore) -> None:
        self._store = store
        self._known: dict[str, News] = {}
        self._unsaved: dict[str, News | None] = {}

    async def read(self) -> Mapping[str, News]:
        """What is known, by its key."""
        try:
            for key, one in tuple(self._unsaved.items()):
                await self._save(key, one)
                del self._unsaved[key]
            self._known = {one.key: one for one in await self._store.lasting()}
        except StoreError as error:
            log.debug("news_not_read", reason=str(error))
        return self._known

    async def began(self, one: News) -> None:
        """Note that the chat knows of it."""
        self._known = {**self._known, one.key: one}
        await self._note(one.key, one)

    async def ended(self, key: str) -> None:
        """Note that the chat knows of its end."""
        self._known = {other: one for other, one in self._known.items() if other != key}
        await self._note(key, None)

    async def _note(self, key: str, one: News | None) -> None:
        try:
            await self._save(key, one)
        except StoreError as error:
            log.debug("news_not_read", reason=str(error))
            self._unsaved[key] = one
        else:
            self._unsaved.pop(key, None)

    async def _save(self, key: str, one: News | None) -> None:
        if one is None:
            await self._store.drop(key)
        else:
            await self._store.began(one)
