"""What a command may do to a database that is not there yet, or that another program made."""

from enum import StrEnum

from bot.errors import BadInput, JianbaoError, StoreBusy, StoreError
from bot.storage.database import Database
from bot.storage.leases import SENDER, Leases
from bot.storage.revision import HEAD, is_older, refusal
from bot.storage.sqlite_file import check_writable, is_there, missing, process_user

_WITHOUT_LEASES = "0001"  # the first revision, by which no process knew of another


class Access(StrEnum):
    """What for a database is opened."""

    READ = "read"  #: to show it: it must be there, and refuses every change
    WRITE = "write"  #: to change rows: it must be there
    MIGRATE = "migrate"  #: to run on it: it is made, or an older one is brought up to date


async def open_database(url: str, access: Access) -> Database:
    """The database at ``url``, of the revision that this program needs.

    Raises BadInput if it is not there or has another revision, and may not be made or migrated;
    StoreError if it cannot be read, or not written where ``access`` is not READ.
    """
    database = Database(url, read_only=access is Access.READ)
    try:
        if access is Access.MIGRATE:
            await database.migrate()
        else:
            await _check(database, access)
    except JianbaoError:
        await database.close()
        raise
    return database


async def reach(url: str) -> str | None:
    """The revision of the database at ``url``, where it may be written; None if it is still to be made.

    Raises StoreBusy while it cannot be reached, or an older program sends from it; StoreError and BadInput
    for what waiting does not mend.
    """
    database = Database(url)
    try:
        revision = await _answered(database, writing=True)
        if older := await older_sender(database, revision):
            raise StoreBusy(older)
        return revision
    finally:
        await database.close()


async def older_sender(database: Database, revision: str | None) -> str | None:
    """Why a database may not be brought up to date yet: who still sends from it by its old revision."""
    if revision in (None, _WITHOUT_LEASES) or not is_older(revision):
        return None
    lease = await Leases(database).current(SENDER)
    if lease is None:
        return None
    return (
        f"{lease.holder} still sends from the database, which has revision {revision}; stop it:"
        " two versions never work on one database"
    )


async def _check(database: Database, access: Access) -> None:
    file = database.file
    revision = await _answered(database, writing=access is Access.WRITE)
    if revision is None:
        raise missing(file) if file else _no_tables()
    if revision != HEAD:
        raise refusal(revision)


async def _answered(database: Database, *, writing: bool) -> str | None:
    """The revision; where the database does not say, what was asked, and by whom."""
    if writing and database.file and is_there(database.file):
        check_writable(database.file)
    try:
        return await database.revision()
    except StoreError as error:
        if database.file:
            raise type(error)(f"{database.file}, opened by {process_user()}: {error}") from None
        if not isinstance(error, StoreBusy):
            raise
        raise StoreBusy(f"PostgreSQL cannot be reached: {error}; start it, or correct the address") from None


def _no_tables() -> BadInput:
    return BadInput(
        "the database has no tables of Jianbao yet; only `jianbao run`, `migrate` and `restore --yes` make"
        " them. Start the bot first, or name its database"
    )
