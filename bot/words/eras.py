"""Years of an era: 令和8年, 平成元年, 民國115年."""

import re

#: The year before the first of each era.
_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_FIRST = "元"
#: Such a year inside a pattern.
ERA_YEAR = rf"(?:{'|'.join(_BEFORE)})\s*(?:{_FIRST}|(?<![0-9])[0-9０-９]{{1,3}})"
_ERA_YEAR = re.compile(rf"(?P<era>{'|'.join(_BEFORE)})\s*(?P<year>.+)", re.DOTALL)


def year_of_era(written: str) -> int | None:
    """The year that one of an era is; None where ``written`` names no era."""
    found = _ERA_YEAR.fullmatch(written)
    if found is None:
        return None
    return _BEFORE[found["era"]] + (1 if found["year"] == _FIRST else int(found["year"]))
