"""The zones of cities and regions by their names in many languages: what our own tables do not have.

``world_names.tsv`` is made by ``tools/world_names.py`` of GeoNames (CC BY 4.0) and CLDR, a line for each
zone. It is read at the first use and kept as text: as a dictionary it would take ten times as much.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_BAR = "|"


def zones_of(name: str) -> tuple[str, ...]:
    """The zones of the places that have this folded name, in the order of their names."""
    return tuple(_zones_of(name)) if name and _BAR not in name else ()


def _zones_of(name: str) -> Iterator[str]:
    text, wanted = _text(), f"{_BAR}{name}{_BAR}"
    at = text.find(wanted)
    while at >= 0:
        begins = text.rfind("\n", 0, at) + 1
        yield text[begins : text.index("\t", begins)]
        at = text.find(wanted, at + 1)


@cache
def _text() -> str:
    return files("bot.readers").joinpath("world_names.tsv").read_text("utf-8")
