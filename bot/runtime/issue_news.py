"""What happens to issues before they are out, as the admin chat is told of it."""

from bot.model import IssueEvent, IssueEventKind, News
from bot.storage.news import NewsStore

WHAT = "issue_event"


async def post_event(store: NewsStore, one: IssueEvent) -> None:
    """Let the admin chat be told of an event; that a text changed is none of those."""
    if one.kind is not IssueEventKind.CHANGED:
        values = {"kind": str(one.kind), "slug": one.slug, "file": one.file, "why": one.why}
        key = f"{one.kind}:{one.slug}:{one.at:%Y%m%d%H%M%S}"
        await store.post(News(key=key, what=WHAT, at=one.at, values=values))
