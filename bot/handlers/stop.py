"""/stop: leave, once confirmed; and come back."""

from bot.handlers.context import HandlerContext, Reply, Request, reply_with


async def stop(request: Request, context: HandlerContext) -> Reply:
    """Request whether it is meant."""
    if not request.active:
        return reply_with(
            context.say("stopped", request, buttons=((context.button("resume:", request, "resume"),),))
        )
    yes, no = context.button("leave:", request, "stop"), context.button("keep:", request, "keep")
    return reply_with(context.say("stop", request, buttons=((yes, no),)))


async def leave(request: Request, context: HandlerContext) -> Reply:
    """Yes: stop, with a way back."""
    await context.subscriptions.stop(request.chat_id)
    return Reply(
        edit=context.say("stopped", request, buttons=((context.button("resume:", request, "resume"),),))
    )


async def keep(request: Request, context: HandlerContext) -> Reply:
    """No: all stays as it was."""
    return Reply(edit=context.say("resumed", request))


async def resume(request: Request, context: HandlerContext) -> Reply:
    """Take back a stop."""
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    await context.subscriptions.resume(request.chat_id)
    return Reply(edit=context.say("resumed", request))
