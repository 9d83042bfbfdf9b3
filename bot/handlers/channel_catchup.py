"""What a channel missed: offered in private to who let the bot in again, and posted in the channel."""

from bot.handlers import catchup
from bot.handlers.channel_buttons import envelope, open_button
from bot.handlers.context import HandlerContext
from bot.handlers.listing import missed_code
from bot.handlers.request import Reply, Request
from bot.messages import Message
from bot.model import Channel, Destination
from bot.readers.missed import Missed


async def missed_in(channel: Channel, context: HandlerContext) -> Missed | None:
    """What the channel missed and did not decline; None where that is nothing."""
    subscriber = await context.subscriptions.get(Destination(channel.chat_id))
    if subscriber is None:
        return None
    missed = await context.catch_up.missed_again(subscriber.destination, subscriber.cut)
    return missed if missed.total else None


def hello(
    channel: Channel, missed: Missed | None, request: Request, context: HandlerContext, *, goes_on: bool
) -> Message:
    """What who let the bot in is told: that it goes on and what was missed, or how to begin."""
    code = missed_code(missed.span) if missed else ""
    ways = tuple(
        context.button(f"{envelope(channel)}{name}:{code}", request, label)
        for name, label in (("each", "each_there"), ("enough", "enough"))
    )
    return context.say(
        "channel_hello",
        request,
        title=channel.title,
        goes_on=goes_on,
        missed=missed,
        names=[catchup.name_of(issue) for issue in missed.issues] if missed else [],
        buttons=(*((ways,) if missed else ()), (open_button(channel, request, context),)),
    )


async def each(request: Request, context: HandlerContext) -> Reply:
    """``each:<list>``: what was missed then is posted in the channel, the oldest first."""
    return _without_offer(await catchup.each(request, context), request, context)


async def enough(request: Request, context: HandlerContext) -> Reply:
    """``enough:<list>``: these issues are not offered again."""
    await catchup.enough(request, context)
    return _without_offer(Reply(notice=context.notice("done", request)), request, context)


def _without_offer(reply: Reply, request: Request, context: HandlerContext) -> Reply:
    """The notice alone, and the settings left to tap."""
    assert request.channel is not None  # noqa: S101  # who calls has looked
    return Reply(notice=reply.notice, buttons=((open_button(request.channel, request, context),),))
