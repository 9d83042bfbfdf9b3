"""/claim, which gives a chat the role that a code is for."""

import structlog

from bot.handlers.context import HandlerContext
from bot.handlers.known_chat import log_claimed
from bot.handlers.request import Reply, Request, reply_with
from bot.model import ChatRole, Destination, Language

log = structlog.get_logger()


async def claim(request: Request, context: HandlerContext) -> Reply:
    """Give the chat the role, if the code is good; why it is not is never said."""
    claims = context.claims
    person = request.chat_id if request.person is None else request.person
    if not claims.may_try(person):
        why = "tries"
    elif not claims.free:
        why = "named"
    else:
        own = request.in_language(await _own_language(person, request, context))
        if role := await claims.claim(own.words, own.chat_id, own.language):
            log_claimed(role, request.chat_id, person)
            return await _claimed(role, own, context)
        why = "code"
    log.warning("admin_claim_refused", chat=request.chat_id, person=person, reason=why)
    return reply_with(context.say("admin/not_claimed", request, tries=why == "tries"))


async def _own_language(person: int, request: Request, context: HandlerContext) -> Language:
    """The one that the person reads issues in, or else that of their app: a group is spoken to in its own."""
    subscriber = await context.subscriptions.get(Destination(person))
    return subscriber.cut.language if subscriber else request.app_language or request.language


async def _claimed(role: ChatRole, request: Request, context: HandlerContext) -> Reply:
    if role is ChatRole.EDITORS:
        return reply_with(context.say("editors/claimed", request, is_group=request.chat_id < 0))
    await context.desk.ledger.news.forget()  # what another chat was told, this one was not
    menu = context.wording.admin_menu(request.language)
    return reply_with(context.say("admin/claimed", request, menu=menu))
