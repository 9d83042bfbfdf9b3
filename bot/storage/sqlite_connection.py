"""How a connection to an SQLite file is set up, and begins a transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection

from bot.storage.connection import Engine

_WAIT = "PRAGMA busy_timeout = {}"  # milliseconds
_PATIENT, _HURRIED = _WAIT.format(5000), _WAIT.format(500)
_ON_CONNECT = (
    _PATIENT,
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_READ_ONLY = ("PRAGMA query_only = ON",)


def set_up_sqlite(engine: Engine, opened: Callable[[], None], *, read_only: bool) -> None:
    """Set up each connection that is made, of which ``opened`` is told, and begin transactions as asked.

    The options of a connection say it: ``begin`` the statement, ``hurried`` that it waits for no lock long.
    """
    pragmas = (*_ON_CONNECT, *(_READ_ONLY if read_only else ()))

    def on_connect(dbapi_connection: AsyncAdapt_aiosqlite_connection, _record: object) -> None:
        dbapi_connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = dbapi_connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()
        opened()

    def on_begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        with _hurried(connection) if options.get("hurried") else nullcontext():
            if words := options.get("begin", "BEGIN"):
                connection.exec_driver_sql(words)

    sa.event.listen(engine.core, "connect", on_connect)
    sa.event.listen(engine.core, "begin", on_begin)


@contextmanager
def _hurried(connection: sa.Connection) -> Iterator[None]:
    connection.exec_driver_sql(_HURRIED)
    try:
        yield
    finally:
        connection.exec_driver_sql(_PATIENT)
