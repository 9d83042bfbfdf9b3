"""What happens to issues before they are out, as the admin chat is told of it."""

from bot.model import HELD, IssueEvent, IssueEventKind, News
from bot.storage.holds import Holds
from bot.storage.news import NewsStore

WHAT = "issue_event"


async def post_event(store: NewsStore, holds: Holds, one: IssueEvent) -> bool:
    """Let the admin chat be told of an event, but not that a text changed; False if that is known.

    That an issue is called off or taken back says also that it is not held any more; of one that is called
    off it says what will hold it again.
    """
    if one.kind is IssueEventKind.CHANGED:
        return True
    values = {"kind": str(one.kind), "slug": one.slug, "file": one.file, "why": one.why}
    if one.kind is IssueEventKind.CALLED_OFF and (hold := await holds.behind(one.slug)):
        values["held"] = hold.why or "by an operator"
        await store.drop(f"{HELD}{one.slug}")
    if one.kind is IssueEventKind.TAKEN_BACK:
        await store.drop(f"{HELD}{one.slug}")
    key = f"{one.kind}:{one.slug}:{one.at:%Y%m%d%H%M%S}"
    return await store.post(News(key=key, what=WHAT, at=one.at, values=values))
