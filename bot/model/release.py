"""What an issue itself says of when it may go out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """``draft`` is what in the file says that it is none yet, ``at`` the moment that the file names.

    ``doubt``: it says something of either that cannot be understood.
    """

    draft: str | None = None
    at: datetime | None = None
    doubt: str | None = None


FREE = Release()  #: an issue that says nothing of it
