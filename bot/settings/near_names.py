"""Names that are nearly that of a file of the configuration: topic.yml, topics.yml.txt, digest.yml.bak."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import PurePath

#: What the files are called that a configuration has.
STEMS = ("bot", "digest", "topics")
_ALIKE = 0.8
_ENDINGS = frozenset(("yml", "yaml"))
_BACKUPS = ("~", ".bak", ".orig", ".old", ".save", ".swp", ".tmp", ".rej")
#: Made to be copied, and beside a program to show how.
_SAMPLES = frozenset(("example", "sample", "template", "dist", "default", "defaults"))
_HIDDEN = (".", "#")
_PARTS = re.compile(r"[^a-z0-9]+")


def near_names(name: str, names: Iterable[str]) -> Sequence[str]:
    """Those of some names, sorted, that are nearly this one, which ends in .yml."""
    stem = PurePath(name).stem.casefold()
    return sorted(one for one in names if one != name and _is_near(one.casefold(), stem))


def is_backup(name: str) -> bool:
    """Whether an editor keeps in it what was before."""
    return name.casefold().endswith(_BACKUPS)


def _is_near(name: str, stem: str) -> bool:
    parts = set(filter(None, _PARTS.split(name)))
    if name.startswith(_HIDDEN) or not parts & _ENDINGS or parts & _SAMPLES:
        return False
    if parts & {*STEMS} - {stem}:  # digest-bot.yml has a name of its own
        return False
    return stem in parts or SequenceMatcher(None, name.split(".", maxsplit=1)[0], stem).ratio() >= _ALIKE
