"""What a rule finds, and how it would mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.digest.codes import Code
from bot.editors.linter.codes import CODES

_QUOTED = 60  # characters of what stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """In ``line`` (from 1) the characters from ``start`` up to ``end`` (from 0) become ``replacement``."""

    line: int
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A slip and its place: ``line`` and ``column`` count from 1, columns in characters.

    ``edits`` mend it, all together. ``mends`` tells that it can be mended; without
    edits, by saving the text as every issue is saved. ``habit`` says what it means that
    many items of an issue have the same; see :mod:`bot.editors.linter.habits`.
    """

    code: Code
    line: int
    column: int
    message: str
    edits: tuple[Edit, ...] = ()
    mends: bool = False
    habit: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Findings are reported in this order."""
        return self.line, self.column


def found(  # noqa: PLR0913  # a finding has the parts that it has
    name: str,
    line: int,
    column: int,
    *,
    about: str = "",
    hint: str = "",
    edits: Iterable[Edit] = (),
    habit: str = "",
) -> Finding:
    """A finding of the code ``name``; ``about`` quotes what stands there, ``hint`` adds what is known."""
    code = CODES[name]
    quoted = " ".join(about.split())
    quoted = quoted if len(quoted) <= _QUOTED else quoted[: _QUOTED - 1] + "…"
    message = "".join((code.message, f": {quoted}" if quoted else "", f"; {hint}" if hint else ""))
    kept = tuple(edits)
    return Finding(
        code=code, line=line, column=column, message=message, edits=kept, mends=bool(kept), habit=habit
    )
