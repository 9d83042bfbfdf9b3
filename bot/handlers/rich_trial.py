"""Rich messages are tried before they are chosen: Telegram does not say whether a reader's app shows them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.errors import RichRefused
from bot.handlers.context import HandlerContext
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Message
from bot.model import Destination, Mode

_BEFORE = frozenset(Mode) - {Mode.RICH}  #: what one goes back to

Send = Callable[[Destination, Message], Awaitable[object]]


class RichTrial:
    """Sends samples."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def takes(self, to: Destination, sample: Message) -> bool:
        """Whether Telegram takes a sample, which is then in the chat. Raises SendError as sending does."""
        try:
            await self._send(to, sample)
        except RichRefused:
            return False
        return True


async def offer(request: Request, context: HandlerContext) -> Reply:
    """The button "rich" of the settings: a sample, and the question whether it looks right."""
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    sample = context.renderer.rich_sample(request.language)
    asks = request.person if request.channel else None  # whose chat it is that they tap in
    to = request.destination if asks is None else Destination(asks)
    if not await context.rich_trial.takes(to, sample):
        return Reply(notice=context.notice("rich_unknown", request))
    yes, no = (context.button(f"rich:{answer}", request, f"rich_{answer}") for answer in ("yes", "no"))
    return reply_with(
        context.say("rich_question", request, buttons=((yes,), (no,)), posts=request.channel is not None)
    )


async def answer(request: Request, context: HandlerContext) -> Reply:
    """What the reader sees of the sample: ``rich:yes`` chooses rich messages, anything else does not.

    ``rich:no:headlines`` goes back to the mode before.
    """
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    says, _, before = request.words.partition(":")
    if says != "yes":
        if request.cut.mode is Mode.RICH:
            mode = Mode(before) if before in _BEFORE else Mode.FULL
            await context.subscriptions.set_mode(request.destination, mode)
        return Reply(edit=context.say("rich_no", request))
    changed = await context.subscriptions.set_mode(request.destination, Mode.RICH)
    back = context.button(f"rich:no:{request.cut.mode}", request, "rich_back")
    after = replace(request, subscriber=changed)
    return Reply(edit=context.say("rich_yes", after, buttons=((back,),)))
