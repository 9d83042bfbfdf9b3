"""The issue that a command is about, by its slug."""

import difflib

from bot.errors import BadInput
from bot.model import IssueRecord
from bot.storage import Issues

_MOST_NAMED = 3


async def issue_named(issues: Issues, slug: str) -> IssueRecord:
    """What is known of the issue; BadInput that names the nearest where it is unknown."""
    known = await issues.get(slug)
    if known is not None:
        return known
    slugs = [issue.slug for issue in await issues.all()]
    near = difflib.get_close_matches(slug, slugs, n=_MOST_NAMED, cutoff=0.5) or slugs[:_MOST_NAMED]
    raise BadInput(f"there is no issue {slug}" + (f"; the nearest are {', '.join(near)}" if near else ""))
