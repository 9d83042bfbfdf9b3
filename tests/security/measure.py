"""Takes in and renders hostile issues in a process of its own: prints what each kind cost.

``python -m tests.security.measure FOLDER DATABASE KIND=LENGTH…``
"""

import asyncio
import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.errors import BadInput
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.settings import Configuration, load
from bot.settings.sections import PublishingSettings
from bot.storage import Access
from tests.security.hostile import issue_of


async def measure(folder: Path, database: str, kinds: list[str]) -> None:
    """Print of each kind the seconds of the CPU, the megabytes so far, and how many messages it makes."""
    shipped = load()
    settings = shipped.settings.model_copy(
        update={
            "issues": folder,
            "database_url": SecretStr(database),
            "publishing": PublishingSettings(settle=0, outdated_after=36_500),
        }
    )
    configuration = Configuration(settings=settings, profile=shipped.profile, topics=shipped.topics)
    async with open_storage(settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        for number, given in enumerate(kinds):
            kind, _, length = given.partition("=")
            day = f"{date(2025, 1, 1) + timedelta(days=number)}"
            (folder / f"{day}.md").write_bytes(issue_of(kind, int(length)))
            begun = time.process_time()
            found = await editorial.intake.read(utc_now())
            try:
                record = await storage.issues.get(day)
                issue = await editorial.parsed.issue(record) if record else None
                messages = editorial.renderer.issue(issue, editorial.whole) if issue else ()
                failure = ""
            except BadInput as error:
                messages, failure = (), str(error)
            spent = time.process_time() - begun
            most = _most_memory()
            told = {"kind": kind, "seconds": spent, "megabytes": most, "messages": len(messages)}
            sys.stdout.write(
                json.dumps(told | {"problems": len(found.passed_over), "failure": failure}) + "\n"
            )


def _most_memory() -> int:
    """The most megabytes of this program so far; what the one that started it had does not count."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def _alone(event: str, _: object) -> None:
    """Ends the process if an issue made it ask the network or run a program."""
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"}:
        raise SystemExit(f"an issue caused {event}")


if __name__ == "__main__":
    sys.addaudithook(_alone)
    where, url, *named = sys.argv[1:]
    asyncio.run(measure(Path(where), url, named))
