"""One database: open it, migrate it, read and write in transactions, close it.

SQLite is the default: WAL, foreign keys on, every commit synced, and a writer takes the lock when it
begins, so that none fails half-way because another came first. A connection makes no file, and none is
used while its file is not where it was. PostgreSQL serves several processes.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.errors import BadInput, StoreBusy, StoreConflict, StoreError
from bot.storage.addresses import address_of, file_of
from bot.storage.connection import Connection, Engine
from bot.storage.faults import translated
from bot.storage.revision import HEAD, bring_to_head, revision_of
from bot.storage.sqlite_connection import set_up_sqlite
from bot.storage.sqlite_file import OpenedFile, foreign_refused, is_there, prepare

#: Of PostgreSQL: times come in UTC, and a server that does not answer counts as one that is away.
SERVER = {
    "timezone": "UTC",
    "application_name": "jianbao",
    # A process that was stopped in the middle of a write gives its locks back, and fails when it wakes.
    "idle_in_transaction_session_timeout": "10s",
    # To compile a search takes longer than the search, and others ask at the same time.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
READ_ONLY_SERVER = {"default_transaction_read_only": "on"}
POSTGRESQL: dict[str, object] = {
    "server_settings": SERVER,
    "timeout": 5,  # seconds until connected
    "command_timeout": 60,  # seconds; a chunk of a plan takes one at most
}
POOL = {"pool_size": 8, "max_overflow": 8}
MIGRATION_LOCK = 4_071_905_211  # any number, the same in every process

Change = sa.Insert | sa.Update | sa.Delete
NO_PARAMETERS: Mapping[str, str] = {}

WAL_TRIES = 100
WAL_PAUSE = 0.05  # seconds; SQLite does not wait by itself where two processes ask for WAL at once


class Database:
    """The database at ``url`` (``sqlite:///path`` or SQLAlchemy's form for another).

    Nothing is opened before the first use. Raises BadInput if the address is invalid; everything
    later raises StoreError, whose text contains no credentials. With ``read_only`` the database
    itself refuses every change.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        address = address_of(url)
        #: The file of an SQLite database; None on a server.
        self.file = file_of(address)
        self._engine = _engine(address, read_only=read_only)
        self._is_sqlite = self.file is not None
        self._opened = OpenedFile(self.file) if self.file else None
        # SQLite has one writer at a time anyway: queue for it here, in order and without polling.
        # Once one found it locked the next wait short, so that all who queue are soon told.
        self._is_locked = False
        self._writer: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if self._is_sqlite else nullcontext()
        )
        #: The transactions that all writes of a task are part of.
        self._joint: dict[asyncio.Task[Any] | None, Connection] = {}
        self.is_new = False  #: whether migrating made it, where there was none
        #: Why the latest write failed; None if it succeeded.
        self.trouble: str | None = None
        #: Told why a use of the database failed, and None whenever a write succeeded.
        self.tell: Callable[[str | None], None] = _nobody
        if self._opened:
            set_up_sqlite(self._engine, self._opened.note, read_only=read_only)

    async def revision(self) -> str | None:
        """The revision of the schema; None if there is none yet. Makes nothing."""
        if self.file and not is_there(self.file):
            return None
        with foreign_refused(self.file):
            async with self.reading() as connection:
                return await connection.run_sync(revision_of)

    def make_file(self) -> None:
        """Make the file of an SQLite database where there is none, as :func:`prepare` does."""
        if self.file:
            prepare(self.file)

    async def migrate(self) -> str | None:
        """Make the schema, or bring it up to date; returns the revision before, None if there was none.

        Harmless to repeat, and for several processes at once. Raises BadInput for a database of a
        newer program.
        """
        self.make_file()
        if self.file:
            with foreign_refused(self.file):
                await self._use_wal()
        revision = await self.revision()
        self.is_new = revision is None
        if revision == HEAD:
            return revision
        if not self._is_sqlite:
            return await self._migrate_server()
        async with self.writing() as connection:
            return await connection.run_sync(bring_to_head)

    async def _migrate_server(self) -> str | None:
        """Migrate on a connection without a timeout: a large table is copied in one statement."""
        async with self._patient_engine() as engine, translated(), engine.begin() as connection:
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            return await connection.run_sync(bring_to_head)

    @asynccontextmanager
    async def _patient_engine(self) -> AsyncGenerator[Engine]:
        """Connections to PostgreSQL for what may take long."""
        options = {**POSTGRESQL, "command_timeout": None}
        engine = Engine(sa.create_engine(self._engine.url, hide_parameters=True, connect_args=options))
        try:
            yield engine
        finally:
            await engine.dispose()

    async def _use_wal(self) -> None:
        """Let readers and the writer work side by side; the file keeps this setting."""
        outside_transactions = self._engine.execution_options(begin="")
        for _ in range(WAL_TRIES):
            try:
                async with translated(), outside_transactions.connect() as connection:
                    await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                    return
            except StoreBusy:
                await asyncio.sleep(WAL_PAUSE)
        raise StoreBusy("database: another process keeps it locked")

    async def healthy(self) -> bool:
        """Whether the database answers, and the latest write succeeded."""
        if self.trouble is not None:
            return False
        try:
            async with self.reading() as connection:
                await connection.execute(sa.select(1))
        except StoreError:
            return False
        return True

    async def close(self) -> None:
        """Close every connection; the database may be used again afterwards."""
        async with translated():
            await self._engine.dispose()
        if self._opened:
            self._opened.forget()

    async def __aenter__(self) -> Self:
        await self.migrate()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Connection]:
        """A connection that sees one state of the database throughout."""
        try:
            self._check_file()
            async with translated(), self._engine.connect() as connection:
                yield connection
        except StoreConflict:
            raise
        except StoreError as error:
            self.tell(str(error))
            raise

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[Connection]:
        """The same for many statements that read all there is, however long that takes."""
        if self._is_sqlite:
            async with self.reading() as connection:
                yield connection
            return
        async with self._patient_engine() as engine, translated(), engine.connect() as connection:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            await connection.execution_options(**options)
            await connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Connection]:
        """A transaction: committed at the end, undone when the body raises.

        Within :meth:`together` it is a part of that one.
        """
        if (joint := self._joint.get(asyncio.current_task())) is not None:
            async with translated():
                yield joint
            return
        try:
            async with translated(), self._writer, self._beginning() as connection:
                yield connection
        except StoreConflict:  # what was wrong is what was written, not the database
            raise
        except StoreError as error:
            self.trouble, self._is_locked = str(error), isinstance(error, StoreBusy)
            self.tell(self.trouble)
            raise
        self.trouble, self._is_locked = None, False
        self.tell(None)

    @asynccontextmanager
    async def together(self) -> AsyncGenerator[None]:
        """Make one transaction of all that this task writes meanwhile; what it reads is as it was before."""
        async with self.writing() as connection:
            task = asyncio.current_task()
            self._joint[task] = connection
            try:
                yield
            finally:
                del self._joint[task]

    async def change(self, statement: Change) -> int:
        """A transaction of one statement; returns how many rows it changed."""
        async with self.writing() as connection:
            return await rows_changed(connection, statement)

    def _check_file(self) -> None:
        if self._opened:
            self._opened.check()

    def _beginning(self) -> AbstractAsyncContextManager[Connection]:
        self._check_file()
        options = {"begin": "BEGIN IMMEDIATE", "hurried": self._is_locked} if self._is_sqlite else {}
        return self._engine.execution_options(**options).begin()


async def rows_changed(
    connection: Connection, statement: Change, parameters: Mapping[str, str] = NO_PARAMETERS
) -> int:
    """Carry out a change in the caller's transaction; returns how many rows it changed."""
    done = await connection.execute(statement.execution_options(preserve_rowcount=True), parameters)
    return done.rowcount


def _nobody(_: str | None) -> None:
    """For a command, which tells its own end."""


def _engine(address: URL, *, read_only: bool) -> Engine:
    try:
        if address.get_backend_name() != "postgresql":
            return Engine(sa.create_engine(_without_making_it(address), hide_parameters=True))
        options = POSTGRESQL | {"server_settings": SERVER | READ_ONLY_SERVER} if read_only else POSTGRESQL
        return Engine(sa.create_engine(address, hide_parameters=True, connect_args=options, **POOL))
    except ImportError as error:
        raise BadInput(f"{error.name} is not installed; run pip install . in the checkout again") from None
    except (ArgumentError, SQLAlchemyError):
        raise BadInput("is no address that its driver takes; leave out what follows the ?") from None


def _without_making_it(address: URL) -> URL:
    """The address of an SQLite database in the form by which a connection makes no file."""
    file = file_of(address)
    assert file is not None  # noqa: S101  # it is SQLite's
    return address.set(database=file.as_uri(), query={"mode": "rw", "uri": "true"})
