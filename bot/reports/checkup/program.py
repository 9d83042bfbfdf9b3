"""The program and its configuration."""

import os
import platform
import shlex
from collections.abc import Iterator
from pathlib import Path

from bot import __version__
from bot.reports.checkup.facts import Facts, Stored
from bot.reports.checkup.finding import Finding, ok, warning
from bot.reports.sender import changed_since
from bot.settings import shipped, token_file_of
from bot.settings.folder import passed_over
from bot.storage.sqlite_file import process_user

_FILES = ("bot.yml", "digest.yml")
_OTHERS = 0o007  # a group may have been made for it


def check_program(_facts: Facts) -> Iterator[Finding]:
    """Its version and that of Python, and as whom it runs."""
    yield program()


def program() -> Finding:
    """The same, where there is no configuration to go by."""
    what = f"jianbao {__version__}, Python {platform.python_version()}, {platform.system()}"
    return ok("program", f"{what}, as {process_user()}")


def check_configuration(facts: Facts) -> Iterator[Finding]:
    """Where the configuration was found, and what of it is the shipped one."""
    folder = facts.settings.config
    if folder == shipped("config"):
        yield warning(
            "configuration",
            f"{folder}, which comes with the program",
            "name a folder of your own: --config or JIANBAO_CONFIG, ./config or /etc/jianbao",
        )
        return
    missing = [name for name in _FILES if not os.path.lexists(folder / name)]
    rest = f"; {' and '.join(missing)} as shipped" if missing else ""
    yield ok("configuration", f"{folder}{rest}")
    for name, right in passed_over(folder, facts.files):
        yield warning("configuration", f"{folder / name} is not read; {right} is", "take it away")
    if open_to_all := [name for name in _secret_files(facts) if name.stat().st_mode & _OTHERS]:
        yield warning(
            "secrets",
            f"others on this machine may read or change {', '.join(map(str, open_to_all))}",
            shlex.join(["chmod", "o=", *map(str, open_to_all)]),
        )


def check_files(facts: Facts) -> Iterator[Finding]:
    """Whether what the running bot was started with still stands in the files."""
    stored = facts.stored
    if not isinstance(stored, Stored):
        return
    if changed := changed_since(stored.sender, facts.files):
        told = f"{changed.what}; {changed.advice}"
        yield ok("files", told) if changed.machine else warning("files", changed.what, changed.advice)


def _secret_files(facts: Facts) -> Iterator[Path]:
    settings = facts.settings
    named = (
        token_file_of(settings),
        settings.telegram.proxy_file,
        settings.telegram.webhook.secret_file,
        settings.metrics.secret_file,
    )
    yield from (path for path in named if path is not None and path.exists())
