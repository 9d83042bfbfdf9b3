"""/forget: what is kept about the chat, and after a confirmation nothing."""

import structlog

from bot.handlers.context import HandlerContext
from bot.handlers.known_chat import log_given_up
from bot.handlers.request import Reply, Request, reply_with
from bot.model import SubscriberState

log = structlog.get_logger()


async def forget(request: Request, context: HandlerContext) -> Reply:
    """Say what is kept, and ask; or that nothing is, from now on not even what the chat declined."""
    kept = await context.forgetting.kept(request.chat_id)
    if request.subscriber is None and not (kept.saved or kept.issues or kept.roles):
        if not kept.declined:
            return reply_with(context.say("nothing_kept", request))
        await context.forgetting.forget(request.chat_id)
        return reply_with(context.say("forgotten", request))
    yes, no = context.button("erase:", request, "erase"), context.button("spare:", request, "spare")
    return reply_with(
        context.say(
            "forget",
            request,
            joined=request.subscriber.joined_at.date() if request.subscriber else None,
            kept=kept,
            buttons=((yes, no),),
        )
    )


async def erase(request: Request, context: HandlerContext) -> Reply:
    """The button "delete all". Who has issues sent to them stops first, and so is counted as lost."""
    if request.subscriber and request.subscriber.state is SubscriberState.ACTIVE:
        await context.subscriptions.stop(request.destination)
    roles = (await context.forgetting.kept(request.chat_id)).roles
    await context.forgetting.forget(request.chat_id)
    for counted in (context.once_a_day, context.data_sent, context.requests.allowance, context.unfolds):
        counted.forget(request.chat_id)
    log.info("chat_forgotten", chat=request.chat_id)
    for role in sorted(roles):
        log_given_up(role, request.chat_id, request.person)
    return Reply(edit=context.say("forgotten", request))


async def spare(request: Request, context: HandlerContext) -> Reply:
    """The button "cancel"."""
    return Reply(edit=context.say("not_forgotten", request))
