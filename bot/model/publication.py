"""What is known of an issue beside its content: when it came, whether it is out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.days import written
from bot.model.entry import IndexedIssue
from bot.model.holding import Hold
from bot.model.release import FREE, Release


class IssueState(StrEnum):
    """Where an issue stands between the folder and its readers."""

    ARCHIVED = "archived"  #: was there on the first start; can be asked for, was never pushed
    WAITING = "waiting"  #: found, not out yet; nobody gets to see it
    DRAFT = "draft"  #: found, and its file says that it is none yet; nobody gets to see it
    CALLED_OFF = "called off"  #: its file went away before it was out; nobody gets to see it
    PUBLISHED = "published"  #: planned for everyone who was subscribed at that moment
    RETRACTED = "retracted"  #: taken back; nobody gets to see it any more


#: The states in which readers may have an issue.
READABLE = (IssueState.ARCHIVED, IssueState.PUBLISHED)

#: Those in which it may still come out by itself, once its file says so.
UNBORN = (IssueState.WAITING, IssueState.DRAFT, IssueState.CALLED_OFF)

#: Characters of a checksum that name an edition: enough to tell the texts of one issue apart.
EDITION = 12

#: Characters of a commit that people read.
SHORT_COMMIT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueText:
    """A text of an issue, and what was read from it; ``indexed`` goes into the index with it, if given.

    ``held``: something about the text keeps the issue from going out by itself. ``release`` is what it says
    itself of when it may, ``commit`` where it was found, if it comes from a repository. ``unseen``: who reads
    the text before would see no difference.
    """

    text: str
    checksum: str
    title: str | None
    date: date | None
    indexed: IndexedIssue | None = None
    day_known: bool = True
    held: Hold | None = None
    release: Release = FREE
    commit: str | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """An issue as the archive knows it; its text is fetched apart.

    ``checksum`` is that of the file the text came from, ``published_checksum`` that of the text which
    readers were sent, or are being sent as a correction; None, like ``published_at``, for what was
    never published. ``publish_at`` is the moment at which the file wants it to go out. ``file`` is the path
    of the file below the folder, ``file_slug`` the slug that this gives, where it is not the issue's: it was
    renamed after the issue was out. It is away since ``file_away``. ``commit`` is the one that the text was
    found in, if it comes from a repository.
    """

    slug: str
    title: str | None
    date: date | None
    checksum: str
    state: IssueState
    found_at: datetime
    published_at: datetime | None
    published_checksum: str | None = None
    day_known: bool = True
    publish_at: datetime | None = None
    file: str | None = None
    file_slug: str | None = None
    file_away: datetime | None = None
    commit: str | None = None

    @property
    def short_commit(self) -> str:
        """As much of its commit as people read; empty where it has none."""
        return (self.commit or "")[:SHORT_COMMIT]

    @property
    def in_folder(self) -> str:
        """The slug that its file has."""
        return self.file_slug or self.slug

    @property
    def when(self) -> str:
        """Its day as ``2026-03-02``, or its month as ``2026-03``; empty if it has neither."""
        return written(self.date, known=self.day_known)

    @property
    def edition(self) -> str:
        """What tells its text from others that it had."""
        return self.checksum[:EDITION]

    @property
    def corrected(self) -> bool:
        """Whether the text differs from what was sent of it."""
        return self.state is IssueState.PUBLISHED and self.checksum != self.published_checksum
