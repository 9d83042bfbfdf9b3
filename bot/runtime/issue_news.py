"""What happens to issues before they are out, as the admin chat is told of it."""

from bot.model import IssueEvent, IssueEventKind, News
from bot.storage.news import NewsStore

WHAT = "issue_event"


async def post_event(store: NewsStore, one: IssueEvent) -> bool:
    """Let the admin chat be told of an event, but not that a text changed; False if that is known."""
    if one.kind is IssueEventKind.CHANGED:
        return True
    values = {"kind": str(one.kind), "slug": one.slug, "file": one.file, "why": one.why}
    key = f"{one.kind}:{one.slug}:{one.at:%Y%m%d%H%M%S}"
    return await store.post(News(key=key, what=WHAT, at=one.at, values=values))
