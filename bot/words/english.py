"""English where it must be right in more than one place: months and plurals."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: Their first three letters, small, by which they are known in dates and in cron lines.
SHORT_MONTHS = tuple(month[:3].lower() for month in MONTHS)


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 file", "3 matches"; an s is added if no plural is given."""
    return f"{count} {one if count == 1 else many or one + 's'}"
