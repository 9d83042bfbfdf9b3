"""How a database is, told by a look that changes nothing."""

import pytest

from bot.storage import Access, Database, open_database
from bot.storage.addresses import place_of_database
from bot.storage.condition import condition
from tests.nightly import on_either
from tests.postgres import Postgres


@on_either
async def test_what_a_database_is_and_that_it_can_be_written(database_of_its_own: str) -> None:
    database = await open_database(database_of_its_own, Access.READ)
    found = await condition(database)
    await database.close()
    assert found.program == ("SQLite" if database.file else "PostgreSQL")
    assert int(found.version.partition(".")[0]) >= 3
    assert found.size > 50_000
    assert 0 <= found.unused < 1
    assert found.unwritable is None


async def test_a_user_who_may_only_read_is_told(postgres: Postgres) -> None:
    url = postgres.migrated()
    owner = Database(url)
    async with owner.writing() as connection:
        await connection.exec_driver_sql("DROP ROLE IF EXISTS jianbao_reader")
        await connection.exec_driver_sql("CREATE ROLE jianbao_reader LOGIN")
        await connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO jianbao_reader")
    reader = Database(url.replace("//postgres@", "//jianbao_reader@"))
    found = await condition(reader)
    await reader.close()
    async with owner.writing() as connection:
        await connection.exec_driver_sql("DROP OWNED BY jianbao_reader")
        await connection.exec_driver_sql("DROP ROLE jianbao_reader")
    await owner.close()
    assert found.unwritable is not None
    assert found.unwritable.startswith("the user jianbao_reader may not change the table ")


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:////srv/jianbao.sqlite", "/srv/jianbao.sqlite"),
        ("postgresql://bot:secret@db.example:5433/news", "db.example:5433/news"),
        ("postgresql+asyncpg://bot:secret@/news?host=/run/postgresql", "/run/postgresql/news"),
    ],
)
def test_where_it_is_is_told_without_user_and_password(url: str, place: str) -> None:
    assert place_of_database(url) == place
