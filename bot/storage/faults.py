"""What a driver raises becomes a fault of the store, whose type follows from the driver's code.

SQLite has numbers, of which the low byte tells the kind; PostgreSQL has five characters, of which the
first two tell the class.
"""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.errors import JianbaoError, StoreBusy, StoreConflict, StoreDamaged, StoreError, StoreForeign

_FOREIGN = (SQLAlchemyError, sqlite3.Error, OSError)
_DRIVERS = {"asyncpg"}  # while it connects, its own errors come through
_CLASS = re.compile(r"^<class '[^']*'>: ")  # SQLAlchemy puts it before what asyncpg says
_OWN = {"InterfaceError", "InternalClientError"}  # of asyncpg: what it says of its own state helps nobody
_BROKEN = "the connection to it broke"

_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_CONSTRAINT: StoreConflict,
    sqlite3.SQLITE_MISMATCH: StoreConflict,
    sqlite3.SQLITE_TOOBIG: StoreConflict,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreForeign,
}
#: What to do about it, where SQLite's own words do not say so.
_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program has been writing it for long; end that, or try again",
    sqlite3.SQLITE_READONLY: "this process may not write the file, or beside it; see its owner and rights",
    sqlite3.SQLITE_CANTOPEN: "see that file and folder are there, and who may read and write them",
    sqlite3.SQLITE_FULL: "make room on it",
    sqlite3.SQLITE_IOERR: "see whether the disk is well and mounted",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_NOTADB: "name another file",
}
_POSTGRESQL: dict[str, type[StoreError]] = {
    "08": StoreBusy,  # the connection broke
    "22": StoreConflict,  # a value that the column cannot hold
    "23": StoreConflict,  # a constraint
    "40": StoreBusy,  # rolled back for another transaction's sake
    "53300": StoreBusy,  # too many connections
    "55P03": StoreBusy,  # a lock that was not had in time
    "57": StoreBusy,  # cancelled for its time, or the server stops or starts
}


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Driver errors become StoreError or one of its kinds: one line, without SQL, values or address."""
    try:
        yield
    except JianbaoError:
        raise
    except Exception as error:
        if not isinstance(error, _FOREIGN) and type(error).__module__.split(".")[0] not in _DRIVERS:
            raise
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        line = _line(cause)
        advice = _ADVICE.get((_sqlite_code(cause) or 0) & 0xFF, "")
        text = "; ".join(filter(None, (line or type(cause).__name__, advice)))
        raise _kind(error, cause)(f"database: {text}") from None


def _line(cause: BaseException) -> str:
    """What the driver says, in one line."""
    own = cause.__cause__ or cause  # SQLAlchemy puts its own around it
    if type(own).__module__.startswith("asyncpg.") and type(own).__name__ in _OWN:
        return _BROKEN
    first = (str(cause).splitlines() or [""])[0]
    number = getattr(cause, "errno", None)
    return _CLASS.sub("", first).removeprefix(f"[Errno {number}] ")


def _sqlite_code(cause: BaseException) -> int | None:
    return getattr(cause, "sqlite_errorcode", None)


def _kind(error: Exception, cause: BaseException) -> type[StoreError]:
    number = _sqlite_code(cause)
    if number is not None:
        return _SQLITE.get(number & 0xFF, StoreError)
    state: str | None = getattr(cause, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2], StoreError)
    broken = isinstance(error, DBAPIError) and error.connection_invalidated
    return StoreBusy if broken or isinstance(error, OSError | NoConnectionFree) else StoreError
