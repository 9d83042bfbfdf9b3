"""An item as a line of a list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list shows of an item: ``facts`` say where and when, ``note`` what of it was looked for."""

    title: str
    url: str | None
    facts: tuple[str, ...] = ()
    note: str = ""
