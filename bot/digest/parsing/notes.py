"""What a reader of an issue found missing or broken, and what it left out, gathered on the way."""

from bot.digest.codes import PARSER_CODES
from bot.digest.parsing.edges import Spans
from bot.model import LeftOut, ParseWarning, Span

_MESSAGES = {code.name: code.message for code in PARSER_CODES}


class Notes:
    """Warnings in the order of their lines. Each code says one thing, whatever the line."""

    def __init__(self) -> None:
        self._warnings: list[ParseWarning] = []
        self._left_out: list[LeftOut] = []

    def add(self, code: str, line: int, *, about: str = "", column: int = 1) -> None:
        """Note a ``code`` of :mod:`bot.digest.codes.parser`; ``about`` quotes what stands at ``column``."""
        text = _MESSAGES[code]
        message = f"{text}: {about}" if about else text
        self._warnings.append(ParseWarning(line=line, column=column, code=code, message=message))

    def take(self, other: "Notes") -> None:
        """Note all that another reading of the same text noted."""
        self._warnings += other.warnings
        self._left_out += other.left_out

    @property
    def warnings(self) -> tuple[ParseWarning, ...]:
        """All that was noted, by line."""
        return tuple(sorted(self._warnings, key=_place))

    def with_those(self, warnings: tuple[ParseWarning, ...]) -> tuple[ParseWarning, ...]:
        """All that was noted, and these that were noted before, by line."""
        return tuple(sorted((*warnings, *self._warnings), key=_place))

    def leave_out(self, line: int, what: Spans | str, rule: str) -> None:
        """Note words and addresses of a line that readers do not get, by the ``rule`` that says so."""
        text = what if isinstance(what, str) else "".join(map(_written, what))
        if text.strip():
            self._left_out.append(LeftOut(line=line, text=text.strip(), rule=rule))

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """All that was left out, by line."""
        return tuple(sorted(self._left_out, key=lambda one: one.line))


def _place(warning: ParseWarning) -> tuple[int, int, str]:
    return warning.line, warning.column, warning.code


def _written(span: Span) -> str:
    return f"[{span.text}]({span.url})" if span.url else span.text
