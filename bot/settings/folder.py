"""Which folder holds the configuration: the one that was named, or the first of the usual places.

``--config`` wins over ``JIANBAO_CONFIG``; where neither names one, it is ``./config``, then
``/etc/jianbao``, then the folder that comes with the program. A folder counts as one of the
usual places if it holds a file that a configuration may have.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from bot.errors import BadInput
from bot.settings.near_names import STEMS, is_backup, near_names
from bot.settings.shipped import shipped

USUAL = (Path("config"), Path("/etc/jianbao"))
_FILES = {*(f"{name}.{end}" for name in STEMS for end in ("yml", "yaml")), "profiles"}
_named: ContextVar[Path | None] = ContextVar("named", default=None)


@contextmanager
def configured_in(folder: str | None) -> Iterator[None]:
    """Take the configuration from this folder for as long as the block lasts; None changes nothing.

    Raises BadInput if there is no such folder.
    """
    token = _named.set(_named.get() if folder is None else _checked(folder, "--config"))
    try:
        yield
    finally:
        _named.reset(token)


def configuration_folder(environment: Mapping[str, str], usual: Sequence[Path] = USUAL) -> Path:
    """The folder. Raises BadInput if the one that was named is not there."""
    if named := _named.get():
        return named
    if variable := environment.get("JIANBAO_CONFIG"):
        return _checked(variable, "JIANBAO_CONFIG")
    return next((folder.absolute() for folder in usual if _is_one(folder)), shipped("config"))


def find(folder: Path, name: str) -> Path:
    """A file of the configuration folder; for one that is not there, the shipped one.

    Raises BadInput for a file that would be passed over because its name is almost the one.
    """
    path = folder / name
    almost = {f"{path.stem}.yml", f"{path.stem}.yaml"} if path.suffix == ".yml" else set()
    for other in _names(path.parent):
        if other != path.name and other.casefold() in almost:
            raise BadInput(f"is not read; it must be called {path.name}", where=str(path.with_name(other)))
    if os.path.lexists(path):  # a link that leads nowhere was meant too
        return path
    for other in _near(folder, name):
        raise BadInput(f"is not read; it must be called {name}", where=str(folder / other))
    instead = shipped("config") / name
    return instead if instead.exists() else path


def passed_over(folder: Path, read: Collection[str]) -> Iterator[tuple[str, str]]:
    """Files beside those of the configuration that have nearly their name, each with that; backups aside.

    None of those that are ``read``.
    """
    for name in filter(_names(folder).__contains__, (f"{one}.yml" for one in STEMS)):
        yield from ((one, name) for one in _near(folder, name) if one not in read and not is_backup(one))


def _near(folder: Path, name: str) -> Sequence[str]:
    """The files that nearly have the name; a folder of profiles has many, of all names."""
    if "/" in name or not name.endswith(".yml"):
        return ()
    return [one for one in near_names(name, _names(folder)) if (folder / one).is_file()]


def _checked(name: str, where: str) -> Path:
    folder = Path(name).expanduser()
    if not (name.strip() and folder.is_dir()):
        raise BadInput("no such folder", where=f"{where}: {name}")
    return folder


def _is_one(folder: Path) -> bool:
    return not _FILES.isdisjoint(name.casefold() for name in _names(folder))


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208  # the names alone
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(folder)) from None
