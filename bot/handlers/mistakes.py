"""A reader reports a mistake by replying to a question, an editor answers by replying to the report."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.handlers.context import HandlerContext
from bot.handlers.item import may_report
from bot.handlers.request import Reply, Request, reply_with
from bot.messages.markup import clean, visible
from bot.model import ItemRef
from bot.readers.feedback import LONGEST, LONGEST_ANSWER
from bot.storage.desk_messages import BETWEEN, DeskKind
from bot.storage.mistakes import Key, Mistake

log = structlog.get_logger()

MayEdit = Callable[[], Awaitable[bool]]  #: whether it is an editor who replies


async def report(request: Request, context: HandlerContext) -> Reply:
    """The button below an item: ``report:<item>``; asks what is wrong."""
    found = await context.items.open(ItemRef.parse(request.words))
    person = request.person
    if found is None or person is None or not await may_report(context):
        return Reply(notice=context.notice("outdated", request))
    if not await context.feedback.may_ask(person):
        return Reply(notice=context.notice("reports_enough", request))
    title = found.entry.title or found.entry.summary

    async def asked(message_id: int) -> None:
        question = Mistake(
            chat_id=request.chat_id,
            thread=request.thread,
            asked=message_id,
            person=person,
            language=request.language,
            issue_slug=found.entry.issue_slug,
            item_id=found.entry.item_id,
            title=title,
            at=context.feedback.now(),
        )
        await context.feedback.mistakes.ask(question)

    message = context.say("report", request, title=title, most=LONGEST)
    return Reply(messages=(replace(message, asks=request.chat_id > 0),), sent=asked)


async def replied(request: Request, context: HandlerContext, may_edit: MayEdit) -> Reply | None:
    """What a reply to a question or to a report is answered; None if it replies to neither."""
    if request.replied_to is None:
        return None
    question = await context.feedback.mistakes.get((request.chat_id, request.replied_to))
    if question is not None:
        return await _reported(question, request, context)
    known = await context.editors.messages.get(request.chat_id, request.replied_to)
    if known is None or known.kind is not DeskKind.MISTAKE:
        return None
    return await _answered(_key_in(known.about), request, context) if await may_edit() else Reply()


async def _reported(question: Mistake, request: Request, context: HandlerContext) -> Reply:
    """Take in what a reader says; of others who reply there, nothing."""
    if request.person != question.person or not context.feedback.asks:
        return Reply()
    text = clean(request.words).strip()
    if question.text is not None:
        return reply_with(context.say("reported_before", request))
    if not visible(text) or len(text) > LONGEST:
        return reply_with(context.say("report_too_long", request, length=len(text), most=LONGEST))
    if not await context.feedback.say(question, text):
        return reply_with(context.say("reports_enough", request))
    log.info("mistake_reported", issue=question.issue_slug, item=question.item_id)
    context.editors.letters()
    return reply_with(context.say("reported", request, title=question.title))


async def _answered(key: Key, request: Request, context: HandlerContext) -> Reply:
    text = clean(request.words).strip()
    if not visible(text) or len(text) > LONGEST_ANSWER:
        return reply_with(context.say("report_too_long", request, length=len(text), most=LONGEST_ANSWER))
    if not await context.feedback.mistakes.answer(key, text):
        return reply_with(context.say("editors/no_answer", request))
    log.info("mistake_answered", chat=request.chat_id, person=request.person)
    context.editors.letters()
    return Reply()


def about(mistake: Mistake) -> str:
    """What the message in the editors' chat is about."""
    return BETWEEN.join((mistake.issue_slug, str(mistake.chat_id), str(mistake.asked)))


def _key_in(about: str) -> Key:
    _, chat_id, asked = about.split(BETWEEN)
    return int(chat_id), int(asked)
