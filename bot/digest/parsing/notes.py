"""What a reader of an issue found missing or broken, gathered on the way."""

from bot.digest.codes import PARSER_CODES
from bot.model import ParseWarning

_MESSAGES = {code.name: code.message for code in PARSER_CODES}


class Notes:
    """Warnings in the order of their lines. Each code says one thing, whatever the line."""

    def __init__(self) -> None:
        self._warnings: list[ParseWarning] = []

    def add(self, code: str, line: int, *, about: str = "", column: int = 1) -> None:
        """Note a ``code`` of :mod:`bot.digest.codes.parser`; ``about`` quotes what stands at ``column``."""
        text = _MESSAGES[code]
        message = f"{text}: {about}" if about else text
        self._warnings.append(ParseWarning(line=line, column=column, code=code, message=message))

    @property
    def warnings(self) -> tuple[ParseWarning, ...]:
        """All that was noted, by line."""
        return tuple(sorted(self._warnings, key=lambda warning: (warning.line, warning.column, warning.code)))
