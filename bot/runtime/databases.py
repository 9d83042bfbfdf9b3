"""The configured database, opened for a command or the process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog

from bot.errors import BadInput, JianbaoError, StoreBusy, StoreError
from bot.reports.readiness import ask_bot
from bot.settings import Settings, place_of
from bot.storage import Access, Database, Storage, older_sender, open_database, reach
from bot.storage.addresses import file_of_database
from bot.storage.sqlite_file import is_there, lost

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 15.0  # seconds between tries to reach a database that is not up yet


@asynccontextmanager
async def open_storage(settings: Settings, access: Access) -> AsyncIterator[Storage]:
    """The configured database; closed at the end. Errors name the setting, not its value.

    Raises BadInput if it is not there or has another revision than this program needs, and
    ``access`` is not MIGRATE.
    """
    with _named(_place(settings)):
        if access is not Access.MIGRATE:
            await _check_not_lost(settings)
        database = await open_database(settings.database_url.get_secret_value(), access)
    if database.is_new:  # who started in a wrong folder learns it from this
        log.warning("database_new", place=str(database.file or "PostgreSQL"))
    try:
        yield Storage.of(database)
    finally:
        await database.close()


@asynccontextmanager
async def configured_database(settings: Settings) -> AsyncIterator[Database]:
    """The configured database as it is, which need not be there; closed at the end. Errors as above.

    It must be there if a bot of this machine runs on it.
    """
    with _named(_place(settings)):
        await _check_not_lost(settings)
    async with database_at(settings.database_url.get_secret_value(), _place(settings)) as database:
        yield database


async def migrate_database(settings: Settings) -> str | None:
    """Make the configured database, or bring it up to date; returns the revision before, if it had one.

    Raises BadInput while an older program sends from it.
    """
    async with configured_database(settings) as database:
        if older := await older_sender(database, await database.revision()):
            raise BadInput(older)
        return await database.migrate()


@asynccontextmanager
async def database_at(url: str, where: str) -> AsyncIterator[Database]:
    """Another database, which need not be there; closed at the end. Errors name ``where`` it was named."""
    with _named(where):
        database = Database(url)
        try:
            yield database
        finally:
            await database.close()


async def until_reached(
    settings: Settings,
    tell: Callable[[str | None], None],
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Wait until the configured database answers; ``tell`` is told why it does not, and None when it does.

    Raises BadInput or StoreError for what no waiting mends, as :func:`open_storage` does.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            with _named(_place(settings)):
                await reach(settings.database_url.get_secret_value())
        except StoreBusy as error:
            log.debug("database_not_reached", reason=str(error), retry_in=wait)
            tell(str(error))
        else:
            tell(None)
            return
        await sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _check_not_lost(settings: Settings) -> None:
    """Raises BadInput if there is no file, and yet a bot of this machine runs on it."""
    file = file_of_database(settings.database_url.get_secret_value())
    if file is None or not settings.web.port or is_there(file):
        return
    try:
        await asyncio.to_thread(ask_bot, settings.web, "live")
    except JianbaoError:
        return
    raise lost(file)


@contextmanager
def _named(where: str) -> Iterator[None]:
    try:
        yield
    except BadInput as error:
        raise BadInput(error.reason, where=error.where or where) from None
    except StoreError as error:
        raise type(error)(f"{where}: {error}") from None


def _place(settings: Settings) -> str:
    """Where the database was named; of the default, also where it is looked for."""
    place = place_of("database_url", settings)
    if "database_url" in settings.model_fields_set:
        return place
    return f"{place} is not set, so data/jianbao.sqlite in the current folder is meant"
