"""The issue that a person named."""

import difflib
from collections.abc import Iterable
from typing import Protocol

from bot.errors import BadInput
from bot.model import IssueRecord, IssueState
from bot.sources import Problem

#: Why an issue does not wait to go out.
NOT_WAITING = {
    IssueState.ARCHIVED: "is in the archive and does not go out by itself",
    IssueState.RETRACTED: "was taken back",
    IssueState.CALLED_OFF: "was called off, for its file is gone; jianbao publish sends it all the same",
    IssueState.DRAFT: "is a draft, as its file says; jianbao publish sends it all the same",
    IssueState.PUBLISHED: "is out",
}
_MOST_SUGGESTED = 3


class Issues(Protocol):
    """Where issues are kept."""

    async def all(self) -> tuple[IssueRecord, ...]:
        """Every issue, newest first."""

    async def get(self, slug: str) -> IssueRecord | None: ...


async def find_issue(
    issues: Issues, slug: str, *, in_folder: Iterable[str] = (), passed_over: Iterable[Problem] = ()
) -> IssueRecord:
    """The issue of this slug.

    If there is none, raises BadInput, which says why its file was ``passed_over``, or names similar slugs
    that are known or ``in_folder``.
    """
    known = await issues.get(slug)
    if known is not None:
        return known
    for one in passed_over:
        if one.slug == slug:
            raise BadInput(f"there is no issue {slug}: the bot passes over {one.path}, which {one.reason}")
    every = await issues.all()
    if renamed := next((one for one in every if one.file_slug == slug), None):
        raise BadInput(
            f"there is no issue {slug}: its file is that of issue {renamed.slug}, which kept its name"
        )
    slugs = [*dict.fromkeys((*(issue.slug for issue in every), *in_folder))]
    slugs = [one for one in slugs if one != slug]  # its file may be changing just now
    near = difflib.get_close_matches(slug, slugs, n=_MOST_SUGGESTED, cutoff=0.5) or slugs[:_MOST_SUGGESTED]
    raise BadInput(f"there is no issue {slug}" + (f"; the nearest are {', '.join(near)}" if near else ""))
