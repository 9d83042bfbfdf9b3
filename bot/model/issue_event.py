"""What happens to an issue between its file and its readers, as editors are told of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class IssueEventKind(StrEnum):
    """What happened."""

    DRAFT_WAITS = "draft_waits"  #: a file was found that says it is a draft
    DRAFT_READY = "draft_ready"  #: it says so no more
    CHANGED = "changed"  #: the text of an issue that is not out is another
    CALLED_OFF = "called_off"  #: an issue to come does not come: a draft again, or its file gone
    CAME_BACK = "came_back"  #: the file of one that was called off is there again
    FILE_GONE = "file_gone"  #: that of an issue that is out, or in the archive, which stays so
    TAKEN_BACK = "taken_back"  #: by an operator, before it was out
    RENAMED = "renamed"  #: the file has another name, and the issue with it if it is not out


#: Why the issue of a file that is gone stays as it is, where it was sent to nobody.
ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEvent:
    """It happened to the issue of ``slug``, whose file is ``file``; ``why`` says more where there is more."""

    kind: IssueEventKind
    slug: str
    at: datetime
    file: str = ""
    why: str = ""
