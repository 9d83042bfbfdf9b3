"""/stop: stop the issues after a confirmation, and resume them."""

from bot.handlers.context import HandlerContext, without_joining
from bot.handlers.request import Reply, Request, reply_with


async def stop(request: Request, context: HandlerContext) -> Reply:
    """Ask for a confirmation."""
    if not request.active:
        return reply_with(
            context.say("stopped", request, buttons=((context.button("resume:", request, "resume"),),))
        )
    yes, no = context.button("leave:", request, "stop"), context.button("keep:", request, "keep")
    return reply_with(context.say("stop", request, buttons=((yes, no),)))


async def leave(request: Request, context: HandlerContext) -> Reply:
    """Stop the issues, and offer to resume them."""
    await context.subscriptions.stop(request.destination)
    return Reply(
        edit=context.say("stopped", request, buttons=((context.button("resume:", request, "resume"),),))
    )


async def keep(request: Request, context: HandlerContext) -> Reply:
    """Keep the subscription."""
    return Reply(edit=context.say("resumed", request))


async def resume(request: Request, context: HandlerContext) -> Reply:
    """Resume the issues. A message that shows something else stays, with its other buttons."""
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    await context.subscriptions.resume(request.destination)
    said, others = context.say("resumed", request), without_joining(request.buttons)
    return Reply(messages=(said,), buttons=others) if others else Reply(edit=said)
