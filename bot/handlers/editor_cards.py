"""The buttons of a card: approve, hold, resume, publish. Each decides about the text that the card shows."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.errors import BadInput
from bot.handlers.context import Handler, HandlerContext
from bot.handlers.help import outdated
from bot.handlers.request import Reply, Request
from bot.model import EDITION
from bot.storage.desk_messages import DeskKind

log = structlog.get_logger()

_DECIDES = (DeskKind.CARD, DeskKind.CORRECTION, DeskKind.LIVE)  #: messages that have buttons which decide

Deed = Callable[[str, str, Request, HandlerContext], Awaitable[str]]  #: slug, edition; returns the notice


async def strangers(request: Request, context: HandlerContext) -> Reply:
    """To who is no editor, or taps elsewhere than in the editors' chat."""
    return Reply(notice=context.notice("for_editors", request))


async def card_of(request: Request, context: HandlerContext) -> str | None:
    """The issue whose card was tapped, or whose bar; None if the message is neither any more."""
    if request.message_id is None:
        return None
    known = await context.editors.messages.get(request.chat_id, request.message_id)
    return known.issue if known is not None and known.kind in _DECIDES else None


async def gone(request: Request, context: HandlerContext) -> Reply:
    """Answer a tap on a card that is none any more, and let it have no buttons."""
    told = await outdated(request, context)
    return Reply(notice=told.notice, without_buttons=request.message_id is not None)


def _deciding(name: str, deed: Deed) -> Handler:
    """A handler that does it, says so and brings the card up to date."""

    async def handle(request: Request, context: HandlerContext) -> Reply:
        slug, edition = await card_of(request, context), request.words
        if slug is None:
            return await gone(request, context)
        if len(edition.encode()) != EDITION:
            return await outdated(request, context)
        try:
            notice = await deed(slug, edition, request, context)
        except BadInput as error:
            notice = context.notice("desk_refused", request, why=str(error))
        else:
            log.warning(
                "editor_decided",
                what=name,
                issue=slug,
                edition=edition,
                chat=request.chat_id,
                person=request.person,
            )
        context.editors.redraw(slug)
        return Reply(notice=notice)

    return handle


async def _approve(slug: str, edition: str, request: Request, context: HandlerContext) -> str:
    await context.editors.approving.approve(slug, context.editors.now(), edition=edition)
    return context.notice("desk_approved", request)


async def _hold(slug: str, _: str, request: Request, context: HandlerContext) -> str:
    await context.editors.holding.hold(slug, "", context.editors.now())
    return context.notice("desk_held", request)


async def _resume(slug: str, edition: str, request: Request, context: HandlerContext) -> str:
    await context.editors.holding.resume(slug, edition=edition)
    return context.notice("desk_resumed", request)


async def _publish(slug: str, edition: str, request: Request, context: HandlerContext) -> str:
    published = await context.editors.publisher.publish(slug, context.editors.now(), edition=edition)
    context.wake()
    return context.notice("desk_pushed", request, planned=published.planned)


def _correcting(*, told: bool) -> Deed:
    """Corrects every copy; ``told``: readers get a line that says so."""

    async def correct(slug: str, edition: str, request: Request, context: HandlerContext) -> str:
        desk = context.editors
        published = await desk.publisher.correct(slug, desk.now(), edition=edition, told=told)
        context.wake()
        return context.notice("desk_corrected", request, planned=published.planned)

    return correct


async def _put_aside(slug: str, edition: str, request: Request, context: HandlerContext) -> str:
    messages = context.editors.messages
    known = (await messages.of(request.chat_id, DeskKind.CORRECTION)).get(slug)
    if known is not None:
        await messages.put(replace(known, body=edition))
    return context.notice("desk_aside", request)


async def ask_to_publish(request: Request, context: HandlerContext) -> Reply:
    """Ask once more, in place of the card's buttons."""
    if await card_of(request, context) is None:
        return await gone(request, context)
    if len(request.words.encode()) != EDITION:
        return await outdated(request, context)
    readers = await context.editors.readers()
    return Reply(
        buttons=(
            (context.button(f"pushed:{request.words}", request, "card_pushed", readers=readers),),
            (context.button("card:", request, "card_back"),),
        )
    )


async def back(request: Request, context: HandlerContext) -> Reply:
    """Give a card its own buttons again."""
    slug = await card_of(request, context)
    if slug is None:
        return await gone(request, context)
    context.editors.redraw(slug)
    return Reply()


CARD_BUTTONS: dict[str, Handler] = {
    "approve": _deciding("approve", _approve),
    "halt": _deciding("hold", _hold),
    "release": _deciding("resume", _resume),
    "push": ask_to_publish,
    "pushed": _deciding("publish", _publish),
    "card": back,
    "amend": _deciding("correct", _correcting(told=False)),
    "retell": _deciding("correct and tell", _correcting(told=True)),
    "aside": _deciding("put aside", _put_aside),
}
