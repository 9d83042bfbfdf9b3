"""Where a database is: an address as people write it, made one that its driver takes."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import BadInput

SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+asyncpg"
#: Each form that people write, with the driver that serves it.
_DRIVERS = {
    "sqlite": SQLITE,
    SQLITE: SQLITE,
    "postgres": POSTGRESQL,
    "postgresql": POSTGRESQL,
    POSTGRESQL: POSTGRESQL,
}
#: What may follow the ? of PostgreSQL's, by the name that the driver has for it.
_QUESTIONS = {
    "sslmode": "ssl",  # as all others call it
    **{
        name: name
        for name in (
            "ssl",
            "host",
            "port",
            "passfile",
            "target_session_attrs",
            "prepared_statement_cache_size",
        )
    },
}
_TLS = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_EXAMPLES = "sqlite:////srv/jianbao/jianbao.sqlite or postgresql+asyncpg://user:password@host/name"


def address_of(url: str) -> URL:
    """The address with its driver. Raises BadInput, which quotes none of it, if it is not one of ours."""
    try:
        address = make_url(url.strip())
    except (ArgumentError, ValueError):  # the port of an address with a wild password
        raise BadInput(
            f"is no database address, such as {_EXAMPLES}; marks such as @ / : # in a password are written"
            " as %40 %2F %3A %23"
        ) from None
    driver = _DRIVERS.get(address.drivername.lower())
    if driver == SQLITE:
        file_of(address)
    if driver is None:
        raise BadInput(f"is neither SQLite nor PostgreSQL; write {_EXAMPLES}")
    return address.set(drivername=driver, query=_asked(address, {} if driver == SQLITE else _QUESTIONS))


def place_of_database(url: str) -> str:
    """Where it is, as anybody may see it: without user and password. Raises BadInput as above."""
    address = address_of(url)
    if (file := file_of(address)) is not None:
        return str(file)
    host = address.host or str(address.query.get("host", "this machine"))
    return f"{host}{f':{address.port}' if address.port else ''}/{address.database or ''}"


def file_of_database(url: str) -> Path | None:
    """The file of an SQLite database; None on a server. Raises BadInput as above."""
    return file_of(address_of(url))


def password_of_database(url: str) -> str | None:
    """What must not be shown of it, if it has one. Raises BadInput as above."""
    return address_of(url).password


def _asked(address: URL, known: Mapping[str, str]) -> dict[str, str | tuple[str, ...]]:
    for name in address.query:
        if name not in known:
            raise BadInput(f"cannot have {name} behind the ?; leave it out")
    asked = {known[name]: value for name, value in address.query.items()}
    if asked.get("ssl", _TLS[0]) not in _TLS:
        raise BadInput(f"has an sslmode that is none of {', '.join(_TLS)}")
    return asked


def file_of(address: URL) -> Path | None:
    """The file of an SQLite database, from the root of the disk; None on a server.

    Raises BadInput if the address names no file: all would be lost when the process ends.
    """
    if address.get_backend_name() != "sqlite":
        return None
    path = address.database or ""
    if path in {"", ":memory:"} or path.startswith("file:"):
        raise BadInput(
            "names no file, so all would be lost when the process ends; write sqlite:////folder/jianbao.sqlite"
        )
    return Path(path).absolute()
