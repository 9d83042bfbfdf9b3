"""Corrections of what was sent that wait for the operator, told once for each text."""

import structlog

log = structlog.get_logger()


class PendingCorrections:
    """Of one folder. ``kept_back``: what is not even taken in yet, for its issue is on its way."""

    def __init__(self) -> None:
        self.kept_back: frozenset[str] = frozenset()
        self._told: dict[str, str] = {}

    def begin(self) -> None:
        """The folder is read anew."""
        self.kept_back = frozenset()

    def note(self, slug: str, checksum: str, *, taken_in: bool) -> None:
        """Note that an issue was changed, to this text, after it was published."""
        if not taken_in:
            self.kept_back |= {slug}
        if self._told.get(slug) != checksum:
            self._told[slug] = checksum
            log.warning("correction_pending", issue=slug, command=f"jianbao publish {slug} --edit")
