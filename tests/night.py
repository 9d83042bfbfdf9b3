"""What is the night's by where it stands, and what of it stays by day all the same: ``night.toml``."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("night.toml").read_text("utf-8"))

#: Rooms and modules, each with the reason.
AT_NIGHT: dict[str, str] = _TABLE["at_night"]

#: Those of their tests that stay by day, ``file::name``, each with its promise.
BY_DAY: dict[str, str] = {
    f"{file}::{name}": promise for file, tests in _TABLE["by_day"].items() for name, promise in tests.items()
}


def why_at_night(test: str, asked: Iterable[str] = ()) -> str | None:
    """Why a test is the night's, or None: it is not, or it is of a room or module that is ``asked`` for."""
    place = _place_of(test.partition("::")[0])
    if place is None or test in BY_DAY or any(_is_in(one, place) for one in asked):
        return None
    return AT_NIGHT[place]


@cache
def _place_of(file: str) -> str | None:
    """The room or module of the night that a file is, or is in."""
    return next((place for place in AT_NIGHT if _is_in(file, place)), None)


def _is_in(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
