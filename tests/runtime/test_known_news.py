"""What the admin chat knows to last is what was noted last, also if the database took less."""

from dataclasses import replace
from pathlib import Path

from bot.model import News
from bot.reports.bulletin import LEAVING, UNTOLD
from bot.runtime.known_news import KnownNews
from bot.storage import Database, Storage
from tests.builders import NOON

TROUBLE = News(key="trouble:database", what="trouble", at=NOON, values={"name": "database"})


async def test_what_the_database_did_not_take_is_forgotten_once_it_took_what_came_after(
    tmp_path: Path,
) -> None:
    """The chat was told again of a trouble of which the database only learnt that it had been told."""
    file = tmp_path / "jianbao.sqlite"
    async with Database(f"sqlite:///{file}") as database:
        known = KnownNews(Storage.of(database).news)
        away = file.rename(tmp_path / "away")
        await known.began(replace(TROUBLE, values={**TROUBLE.values, UNTOLD: LEAVING}))
        away.rename(file)
        await known.began(TROUBLE)
        assert await known.read() == {TROUBLE.key: TROUBLE}
        assert await known.read() == {TROUBLE.key: TROUBLE}
