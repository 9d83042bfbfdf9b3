"""👍 and 👎 under a part of an issue: one vote of each person, which a second tap takes back."""

from bot.handlers.context import HandlerContext
from bot.handlers.item_rows import tapped_message
from bot.handlers.request import Reply, Request
from bot.model import Issue


async def up(request: Request, context: HandlerContext) -> Reply:
    """``up:<issue>:<message>``."""
    return await _vote(request, context, likes=True)


async def down(request: Request, context: HandlerContext) -> Reply:
    """``down:<issue>:<message>``."""
    return await _vote(request, context, likes=False)


async def _vote(request: Request, context: HandlerContext, *, likes: bool) -> Reply:
    slug, _, name = request.words.partition(":")
    message = await tapped_message(request, context) if context.feedback.asks else None
    issue = await context.archive.get(slug)
    if message is None or issue is None or request.person is None:
        return Reply(notice=context.notice("outdated", request))
    topics = _topics_of(issue, {mark.item_id for mark in message.marks})
    counts = await context.feedback.vote(request.person, slug, name, likes=likes, topics=topics)
    notice = ("voted_up" if likes else "voted_down") if counts else "voted_no_more"
    return Reply(notice=context.notice(notice, request))


def _topics_of(issue: Issue, items: set[str]) -> frozenset[str]:
    return frozenset(topic.slug for item in issue.items if item.id in items for topic in item.topics)
