"""/next: when the next issue may be expected."""

from bot.handlers.context import HandlerContext
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button

_MOST_WAITING = 5


async def next_issue(request: Request, context: HandlerContext) -> Reply:
    """Say how often issues come and when the next may be expected, and what waits for its day."""
    outlook = await context.next_issue.outlook()
    return reply_with(
        context.say(
            "next",
            request,
            outlook=outlook,
            waiting=outlook.waiting[:_MOST_WAITING],
            active=request.active,
            buttons=(_ways(request, context),),
        )
    )


def _ways(request: Request, context: HandlerContext) -> tuple[Button, ...]:
    latest = context.button("latest:", request, "latest")
    return (latest, *(context.joining(request) or (context.button("list:", request, "back_issues"),)))
