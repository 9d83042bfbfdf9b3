"""What a reader of an issue found missing or broken, gathered on the way."""

from bot.model import ParseWarning

#: Every code that a warning may have, and what it tells the editor.
WARNINGS = {
    "front-matter": "the front matter is not YAML and is passed over",
    "no-title": "no heading gives the issue a title",
    "no-date": "neither the title nor the front matter gives a date",
    "heading-space": "a space is missing after the #",
    "unknown-heading": "no section of this digest has this heading; it stands as a section of its own",
    "subheading": "the heading divides a section and is passed over",
    "empty-section": "the section has no items",
    "empty-bullet": "nothing follows the dash",
    "missing-dash": "the item does not begin with a dash",
    "empty-link": "the link has no text or no address",
    "unclosed-link": "the link is not closed; the line is taken as the title",
    "no-item-title": "the item has no title",
    "no-summary": "the item has no summary",
    "empty-label": "the label has no link",
    "empty-flash": "the flash news has a subject and no text",
}


class Notes:
    """Warnings in the order of their lines. Each code says one thing, whatever the line."""

    def __init__(self) -> None:
        self._warnings: list[ParseWarning] = []

    def add(self, code: str, line: int, *, about: str = "", column: int = 1) -> None:
        """Note ``code`` for a line; ``about`` quotes what stands there, from ``column`` on."""
        message = f"{WARNINGS[code]}: {about}" if about else WARNINGS[code]
        self._warnings.append(ParseWarning(line=line, column=column, code=code, message=message))

    @property
    def warnings(self) -> tuple[ParseWarning, ...]:
        """All that was noted, by line."""
        return tuple(sorted(self._warnings, key=lambda warning: (warning.line, warning.column, warning.code)))
