"""Where subscribers and deliveries are."""

from collections.abc import Iterator

from bot.errors import BadInput, JianbaoError, StoreDamaged
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding, error, ok, size, warning
from bot.storage.condition import Condition
from bot.words.moments import moment

_OLDEST_SERVER = 15
_MUCH = 0.5  # of the database that tidying up would free
_LARGE = 100_000_000  # bytes, below which that is no matter
_OTHERS = 0o077
_DAMAGED = (
    "stop the bot, move the file away with its -wal and -shm, then fill a new one from the last backup:"
    " jianbao restore FILE --yes"
)
_UNREACHED = "see that it runs, that it can be reached from here, and that its disk has room"


def check_database(facts: Facts) -> Iterator[Finding]:
    """Whether it is there, of this program's revision, and can be written."""
    stored = facts.stored
    if isinstance(stored, JianbaoError):
        yield error("database", str(stored), _advice(stored))
        return
    how = stored.condition
    what = f"{stored.place}: {how.program} {how.version}, revision {stored.revision}, {size(how.size)}"
    if how.unwritable:
        yield error("database", f"{what}; it cannot be written", how.unwritable)
    elif how.program == "PostgreSQL" and int(how.version.partition(".")[0]) < _OLDEST_SERVER:
        yield error("database", f"{what}, which is too old", f"bring it up to {_OLDEST_SERVER} or newer")
    else:
        yield ok("database", f"{what}, can be written")
    yield _upkeep(how)
    if stored.file and stored.file.stat().st_mode & _OTHERS:
        yield warning("database", "others on this machine may read it", f"chmod 600 {stored.file}")


def _advice(why: JianbaoError) -> str:
    match why:
        case BadInput():
            return ""  # which says what to do
        case StoreDamaged():
            return _DAMAGED
        case _:
            return _UNREACHED


def _upkeep(how: Condition) -> Finding:
    known = {"vacuumed": how.vacuumed, "analyzed": how.analyzed}
    times = [f"{what} {moment(at)}" if at else f"never {what}" for what, at in known.items()]
    told = ", ".join(times) if how.program == "PostgreSQL" else f"{how.unused:.0%} of the file is unused"
    if how.unused <= _MUCH or how.size < _LARGE:
        return ok("upkeep", told)
    if how.program == "PostgreSQL":
        return warning(
            "upkeep",
            f"{told}; {how.unused:.0%} of the rows are dead",
            "vacuum it, and see that autovacuum is on",
        )
    return warning("upkeep", told, "stop the bot, then: sqlite3 FILE VACUUM")
