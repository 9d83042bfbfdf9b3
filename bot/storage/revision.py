"""Which revision of the schema a database has, and how it comes to have the one that this program needs.

A new database is made from the tables as they are now; an older one takes the steps that lie in
``migrations``. Only these steps need Alembic.
"""

import re
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.errors import BadInput
from bot.storage.schema import metadata

HEAD = "0030"  #: that of the last step
MIGRATIONS = Path(__file__).parent / "migrations"
_OURS = re.compile(r"\d{4}")  #: as our revisions are numbered; others use Alembic too
_COPYING = "copying"
#: Of a database that is being filled with a copy of another: no program runs on it until it is whole.
UNFINISHED = f"{_COPYING} {HEAD}"

#: Alembic's own table, apart from ours.
_version = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32)),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None if there are no tables of ours."""
    if not sa.inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(sa.select(_version.c.version_num))


def bring_to_head(connection: Connection) -> str | None:
    """Make the tables or upgrade them; returns the revision before, None if there was none.

    Raises BadInput for a database of a newer program, or of another one.
    """
    revision = revision_of(connection)
    if revision is None:
        _create(connection)
    elif is_older(revision):
        bring_to(connection, HEAD)
    elif revision != HEAD:
        raise refusal(revision)
    return revision


def is_older(revision: str) -> bool:
    """Whether an earlier program of ours made a database of this revision."""
    return _OURS.fullmatch(revision) is not None and revision < HEAD


def refusal(revision: str) -> BadInput:
    """What to do about a database of another revision."""
    if revision.startswith(_COPYING):
        return BadInput("the database is a copy that was not finished; run jianbao migrate --to again")
    if not _OURS.fullmatch(revision):
        return BadInput("the database belongs to another program, by its revision; name another one")
    advice = "stop the old bot and run jianbao migrate" if revision < HEAD else "run the newer program"
    return BadInput(f"the database has revision {revision} and this program needs {HEAD}; {advice}")


def set_revision(connection: Connection, revision: str) -> None:
    """Say from now on that the tables, which stay as they are, have this revision."""
    connection.execute(sa.update(_version).values(version_num=revision))


def _create(connection: Connection) -> None:
    if taken := sorted({*metadata.tables}.intersection(sa.inspect(connection).get_table_names())):
        raise BadInput(f"the database has tables of another program, such as {taken[0]}; name another one")
    if connection.dialect.name == "postgresql":
        from bot.storage.postgresql import prepare_indexes  # noqa: PLC0415  # 2 MB that SQLite has no use for

        prepare_indexes()
    metadata.create_all(connection)
    _version.create(connection, checkfirst=True)
    connection.execute(sa.insert(_version).values(version_num=HEAD))


def bring_to(connection: Connection, revision: str) -> None:
    """Take the steps up to a revision, which may be older than this program's."""
    from alembic import command  # noqa: PLC0415  # 11 MB and 0.2 s, for which there is seldom a use
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
