"""What every source of issues does."""

from datetime import datetime
from typing import Protocol

from bot.sources.listing import Listing


class Source(Protocol):
    """Where issue files come from."""

    def check(self) -> None:
        """Raises BadInput if nothing can be read from there."""

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """The files and problems of the folder; blocks."""

    def is_gone(self, file: str, slug: str) -> bool:
        """Whether a file that is not there was taken away, as far as its folder tells; blocks."""

    def refetch(self) -> None:
        """Look for something new at the next reading, however soon after the last."""

    def stop(self) -> None:
        """End a reading that takes long, and read no more."""
