"""The commands that are ones in the admin chat, and nowhere else."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from telegram import Update

from bot.errors import BadInput, StoreError
from bot.handlers.admin_desk import Ledger
from bot.handlers.context import Handler, HandlerContext
from bot.handlers.dispatch import Callback, Context, Dispatch
from bot.handlers.help import unknown_command
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.rights import refused
from bot.handlers.throttled import ChatGateway
from bot.model import CAUSE, HELD, Aim, HeldBy, News
from bot.storage import EVERYTHING
from bot.words.moments import moment, moments_in

log = structlog.get_logger()

_MOST_REASONS = 6
_MOST_LOGGED = 60  # characters of what stands behind a command
_IN_TIME = timedelta(minutes=1)
#: What is not done for who asked longer ago, and may have thought better of it.
_ASKED_ANEW = frozenset({"resume", "retry"})
#: What is, for it only stops; they are told when it was asked for.
_DONE_LATE = frozenset({"hold"})


async def status(request: Request, context: HandlerContext) -> Reply:
    """What ``jianbao status`` says, short."""
    return _say("admin/status", request, context, now=await context.desk.status())


async def hold(request: Request, context: HandlerContext) -> Reply:
    """Hold an issue, or everything."""
    ledger, now, slug = context.desk.ledger, context.desk.now(), request.words.strip()
    scope = slug or EVERYTHING
    try:
        async with context.desk.at_work:
            if slug:
                await ledger.holding.hold(slug, "", now)
            else:
                await ledger.holding.hold_everything("", now)
            await _note_held(ledger, scope, now)
    except BadInput:
        return await _unchanged(request, context, slug)
    return _say("admin/stopped", request, context, slug=slug)


async def resume(request: Request, context: HandlerContext) -> Reply:
    """Let an issue go on that is held, or everything."""
    ledger, slug, messages = context.desk.ledger, request.words.strip(), None
    try:
        async with context.desk.at_work:
            if slug:
                messages = (await ledger.holding.resume(slug)).messages
            else:
                await ledger.holding.resume_everything()
            await _note_held(ledger, slug or EVERYTHING, context.desk.now())
    except BadInput:
        return await _unchanged(request, context, slug)
    still = bool(slug) and await ledger.holds.get(EVERYTHING) is not None
    left = await ledger.holds.get(slug) if slug else None
    return _say("admin/resumed", request, context, slug=slug, still=still, messages=messages, left=left)


async def _note_held(ledger: Ledger, scope: str, now: datetime) -> None:
    """Note that the chat knows what holds it now, or that nothing does, from the answer to its command."""
    key = f"{HELD}{scope}"
    with suppress(StoreError):  # it is done all the same, and the chat is told once more
        if hold := await ledger.holds.get(scope):
            values = {"slug": scope, CAUSE: hold.cause}
            await ledger.news.began(News(key=key, what="held", at=now, values=values))
        else:
            await ledger.news.drop(key)


async def retry(request: Request, context: HandlerContext) -> Reply:
    """Send an issue again to those who missed it."""
    ledger, slug = context.desk.ledger, request.words.strip()
    if not slug or await ledger.issues.get(slug) is None:
        return await _unchanged(request, context, slug, needs_name=not slug)
    planned = await ledger.planner.retry(slug, context.desk.now())
    holds = await ledger.holds.all()
    held = next((scope for scope in (EVERYTHING, slug) if scope in holds), None)
    return _say(
        "admin/retried",
        request,
        context,
        slug=slug,
        planned=planned,
        held=held,
        away=await ledger.planner.missed(slug, away=True),
        left_out=(await ledger.broadcasts.totals(slug, Aim.SEND)).left_out,
    )


async def deliveries(request: Request, context: HandlerContext) -> Reply:
    """How many deliveries of an issue are in each state, and why."""
    ledger, slug = context.desk.ledger, request.words.strip()
    if not slug or await ledger.issues.get(slug) is None:
        return await _unchanged(request, context, slug, needs_name=not slug)
    counts = await ledger.statistics.counts_of(slug)
    reasons = await ledger.statistics.reasons(slug, pushes=True)
    return _say(
        "admin/deliveries",
        request,
        context,
        slug=slug,
        rows=counts.pushes.rows,
        change=counts.pushes.change,
        apart=counts.apart.rows,
        uncertain=counts.uncertain,
        reasons=reasons[:_MOST_REASONS],
    )


def _say(name: str, request: Request, context: HandlerContext, **values: object) -> Reply:
    """A reply whose times are those of the editors' clocks."""
    said = context.say(name, request, buttons=(), **values)
    return reply_with(replace(said, html=moments_in(context.desk.zone, said.html)))


async def _unchanged(
    request: Request, context: HandlerContext, slug: str, *, needs_name: bool = False
) -> Reply:
    """Why a command did nothing; ``needs_name``: it is about one issue, which was to be named."""
    ledger = context.desk.ledger
    held = await ledger.holds.get(slug or EVERYTHING)
    record = await ledger.issues.get(slug) if slug else None
    return _say(
        "admin/unchanged",
        request,
        context,
        slug=slug,
        known=not slug or record is not None,
        state=record.state if record else None,
        held=held,
        left=(await ledger.statistics.left()).get(slug, 0),
        everything=await ledger.holds.get(EVERYTHING) is not None,
        single=() if slug else tuple(await ledger.holds.all()),
        needs_name=needs_name,
        restored=held is not None and held.by is HeldBy.RESTORED,
        in_doubt=held is not None and held.is_doubt,
        too_long=held is not None and held.by is HeldBy.MESSAGES,
        off_its_day=held is not None and held.by is HeldBy.UNSCHEDULED,
        unapproved=held is not None and held.by is HeldBy.APPROVAL,
    )


#: In the order of the menu.
ADMIN_COMMANDS: dict[str, Handler] = {
    "status": status,
    "hold": hold,
    "resume": resume,
    "retry": retry,
    "deliveries": deliveries,
}


def in_admin_chat(
    name: str, handler: Handler, dispatch: Dispatch, context: HandlerContext, telegram: ChatGateway
) -> Callback:
    """A callback for a command that is one in the admin chat alone, to who may command there at this moment.

    Everywhere else it is as unknown as any other word.
    """
    not_for_all, elsewhere = dispatch.command(refused), dispatch.text(_unknown)

    def there(asked: datetime) -> Callback:
        return dispatch.command(_in_time(name, handler, asked))

    async def handle(update: Update, given: Context) -> None:
        chat, user = update.effective_chat, update.effective_user
        if chat is None or not await context.desk.place.is_here(chat.id):
            await elsewhere(update, given)
            return
        person, message = user.id if user else None, update.message
        if await context.administrators.may_decide(update, telegram, at_once=True):
            words = ((message and message.text) or "").partition(" ")[2][:_MOST_LOGGED]
            log.warning("operator_command", command=name, words=words, chat=chat.id, person=person)
            await there(message.date if message else context.desk.now())(update, given)
        else:
            log.warning("operator_refused", command=name, chat=chat.id, person=person)
            await not_for_all(update, given)

    return handle


def _in_time(name: str, handler: Handler, asked: datetime) -> Handler:
    """The command as it is carried out for who ``asked`` for it then: Telegram may bring it much later."""

    async def handle(request: Request, context: HandlerContext) -> Reply:
        late = context.desk.now() - asked
        if late <= _IN_TIME or name not in _ASKED_ANEW | _DONE_LATE:
            return await handler(request, context)
        values = {"asked": moment(asked), "ago": late.total_seconds(), "done": name in _DONE_LATE}
        told = _say("admin/late", request, context, **values)
        done = await handler(request, context) if name in _DONE_LATE else Reply()
        return reply_with(*told.messages, *done.messages)

    return handle


async def _unknown(request: Request, context: HandlerContext) -> Reply:
    return await unknown_command(request, context) if request.chat_id > 0 else Reply()
