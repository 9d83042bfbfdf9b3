"""Connections to a database as coroutines: what SQLAlchemy's core does, waiting for the driver.

SQLAlchemy's package for asyncio does the same, but imports its ORM: 5 MB, of which nothing is used here.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar, TypeVarTuple, overload

import sqlalchemy as sa
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlalchemy.util import greenlet_spawn

# Any, as SQLAlchemy has it: a statement made at run time says nothing of the values in its rows.
AnyRow = tuple[Any, ...]
Values = Mapping[str, Any]
Parameters = Values | Sequence[Values] | None
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Connection:
    """A connection in a transaction; all rows of a result are there when it is returned."""

    def __init__(self, core: sa.Connection) -> None:
        self._core = core

    @property
    def dialect(self) -> Dialect:
        """Of which database it is, and what that can do."""
        return self._core.dialect

    @overload
    async def execute(
        self, statement: TypedReturnsRows[*Ts], values: Parameters = None
    ) -> sa.CursorResult[*Ts]: ...
    @overload
    async def execute(
        self, statement: sa.Executable, values: Parameters = None
    ) -> sa.CursorResult[*AnyRow]: ...
    async def execute(self, statement: sa.Executable, values: Parameters = None) -> sa.CursorResult[*AnyRow]:
        """Carry out a statement, with values for its parameters; once for each of a sequence of them."""
        return await greenlet_spawn(self._core.execute, statement, values)

    @overload
    async def scalar(
        self, statement: TypedReturnsRows[T, *AnyRow], values: Values | None = None
    ) -> T | None: ...
    @overload
    async def scalar(self, statement: sa.Executable, values: Values | None = None) -> Any: ...
    async def scalar(self, statement: sa.Executable, values: Values | None = None) -> Any:
        """The first column of the first row; None if there is no row."""
        return (await self.execute(statement, values)).scalar()

    @overload
    async def scalars(
        self, statement: TypedReturnsRows[T, *AnyRow], values: Parameters = None
    ) -> sa.ScalarResult[T]: ...
    @overload
    async def scalars(self, statement: sa.Executable, values: Parameters = None) -> sa.ScalarResult[Any]: ...
    async def scalars(self, statement: sa.Executable, values: Parameters = None) -> sa.ScalarResult[Any]:
        """The first column of all rows."""
        return (await self.execute(statement, values)).scalars()

    async def chunks(
        self, statement: sa.Executable, *, size: int
    ) -> AsyncGenerator[Sequence[sa.Row[AnyRow]]]:
        """The rows of a statement as they come, at most ``size`` at a time."""
        options = {"stream_results": True, "yield_per": size}
        result = await greenlet_spawn(self._core.execute, statement, execution_options=options)
        try:
            while rows := await greenlet_spawn(result.fetchmany, size):
                yield rows
        finally:
            await completed(greenlet_spawn(result.close))

    async def exec_driver_sql(
        self, statement: str, values: tuple[object, ...] = ()
    ) -> sa.CursorResult[*AnyRow]:
        """Carry out a statement as the driver writes it, with values for its parameters in their order."""
        return await greenlet_spawn(self._core.exec_driver_sql, statement, values)

    async def execution_options(self, **options: Any) -> None:
        """Set options of the connection, before its first statement."""
        await greenlet_spawn(self._core.execution_options, **options)

    async def run_sync(self, work: Callable[[sa.Connection, *Ts], T], *arguments: *Ts) -> T:
        """Do what is written for a connection without coroutines; returns its result."""
        return await greenlet_spawn(work, self._core, *arguments)


class Engine:
    """The connections to one database. Nothing is opened before the first use."""

    def __init__(self, core: sa.Engine) -> None:
        self.core = core

    @property
    def url(self) -> URL:
        """The address, with its password."""
        return self.core.url

    def execution_options(self, **options: object) -> Self:
        """The same connections with other options."""
        return type(self)(self.core.execution_options(**options))

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Connection]:
        """A connection; what it changed is undone at the end."""
        core = await greenlet_spawn(self.core.connect)
        try:
            yield Connection(core)
        finally:
            await completed(greenlet_spawn(core.close))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A connection in a transaction, which is committed at the end, and undone if the body raises."""
        async with self.connect() as connection:
            await connection.run_sync(sa.Connection.begin)
            yield connection
            await connection.run_sync(sa.Connection.commit)

    async def dispose(self) -> None:
        """Close every connection."""
        await greenlet_spawn(self.core.dispose)


async def completed(work: Coroutine[Any, Any, None]) -> None:
    """Do the work to its end, also while the caller is cancelled, which then is raised again.

    A connection that is given back half-way would be closed by nobody.
    """
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled:
        raise cancelled
