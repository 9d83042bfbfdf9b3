"""Folders of what is not to go out: drafts, templates, scraps; past issues, where others lie elsewhere."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath

from bot.sources.unready_names import says_past, says_unready

_FOLDERS = 1_000  # that are remembered


def among_drafts(name: str) -> str | None:
    """That a file lies in a folder of drafts, by its path below the folder of issues; None if it does not."""
    drafts = ", ".join(filter(says_unready, PurePath(name).parts[:-1]))
    return f"lies in a folder of drafts ({drafts})" if drafts else None


def set_aside(names: Iterable[str]) -> Mapping[str, str]:
    """The files that lie in folders of past issues, and in which, by their paths below the folder of issues.

    None do where all lie in such folders: that is where this digest has its issues.
    """
    folders = {name: _of_past(str(PurePath(name).parent)) for name in names}
    aside = {name: folder for name, folder in folders.items() if folder}
    return aside if len(aside) < len(folders) else {}


def is_past(name: str) -> bool:
    """Whether a file lies in a folder of past issues, by its path below the folder of issues."""
    return bool(_of_past(str(PurePath(name).parent)))


@lru_cache(maxsize=_FOLDERS)
def _of_past(folder: str) -> str:
    """The folders of a path that say that they hold past issues."""
    return ", ".join(filter(says_past, PurePath(folder).parts))
