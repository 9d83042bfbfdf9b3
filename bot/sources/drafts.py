"""Folders of what is not ready: drafts, templates, scraps."""

import re
from pathlib import PurePath

from bot.words.release_words import SCHEDULED, UNREADY, state

_FOLDERS = (
    UNREADY
    | SCHEDULED
    | frozenset(("template", "tmp", "temp", "scratch", "scrap", "模板", "模版", "临时", "垃圾箱"))
)
_NUMBER = re.compile(r"^\d+")


def among_drafts(name: str) -> str | None:
    """That a file lies in a folder of drafts, by its path below the folder of issues; None if it does not."""
    drafts = ", ".join(filter(_is_of_drafts, PurePath(name).parts[:-1]))
    return f"lies in a folder of drafts ({drafts})" if drafts else None


def _is_of_drafts(folder: str) -> bool:
    """Whether it is called so, be it in the plural, or with a number before it that puts it in order."""
    word = _NUMBER.sub("", state(folder))
    return not _FOLDERS.isdisjoint((word, word.removesuffix("s")))
