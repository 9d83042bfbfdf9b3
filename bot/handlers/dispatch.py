"""Telegram's updates as requests, and replies as calls to Telegram."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackContext

from bot.errors import (
    BadInput,
    ChatClosed,
    ChatGone,
    ChatMoved,
    MessageGone,
    MessageRefused,
    SendError,
)
from bot.handlers.asked import (
    MOST_REPLIED,
    MOST_WORDS,
    is_in_channel,
    reader_language,
    request_in,
    text_of,
)
from bot.handlers.catchup import what_was_missed
from bot.handlers.channel_replies import PLACE, Way, about_channel
from bot.handlers.context import Handler, HandlerContext
from bot.handlers.editor_cards import strangers
from bot.handlers.failing import failed, is_fault
from bot.handlers.inline import InlineMode
from bot.handlers.mistakes import replied
from bot.handlers.request import Reply, Request
from bot.handlers.rights import Right, refused, right_of
from bot.handlers.sayings import Said, Sayings
from bot.handlers.taps import Tapped, Taps
from bot.handlers.throttled import ChatGateway
from bot.messages import Message as OurMessage
from bot.model import CHAT_AWAY, Destination, Subscriber, SubscriberState

log = structlog.get_logger()

Context = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class _Handled:
    """A handler's reply; ``was_away``: to a subscriber who got no issues before.

    ``regained`` are the threads besides which get issues again.
    """

    reply: Reply
    was_away: bool = False
    regained: frozenset[Destination] = frozenset()


class Dispatch:
    """Wraps handlers for python-telegram-bot. If a handler fails, the person gets a reply that says so."""

    def __init__(self, context: HandlerContext, telegram: ChatGateway) -> None:
        self._context = context
        self._telegram = telegram

    def command(self, handler: Handler, name: str = "") -> Callback:
        """A callback for a command of this name; its words are what follows it."""

        async def handle(update: Update, _: Context) -> None:
            words = "".join(text_of(update).split(maxsplit=1)[1:])
            ways = (about_channel(name, words),) if name else ()
            await self._heard(update, words, ways, Said(handler, right_of(name, words), words))

        return handle

    def text(self, handler: Handler) -> Callback:
        """A callback for a text; its words are the whole text."""

        async def handle(update: Update, _: Context) -> None:
            await self._answer(update, handler, text_of(update))

        return handle

    def place(self, handler: Handler) -> Callback:
        """A callback for a location; its words are ``@latitude,longitude``."""

        async def handle(update: Update, _: Context) -> None:
            if update.message is None or not (place := update.message.location):
                return
            words = f"@{place.latitude:.6f},{place.longitude:.6f}"
            ways = (about_channel(PLACE, words),)
            await self._heard(update, words, ways, Said(handler, Right.EVERYBODY, words))

        return handle

    def spoken(self, sayings: Sayings, words: Callable[[Message], str]) -> Callback:
        """A callback for what is said in plain words, which ``words`` finds in a message."""

        async def handle(update: Update, _: Context) -> None:
            if update.message is None:
                return
            said = sayings.find(words(update.message), self._context)
            may_edit = partial(self._context.editors.who.may_edit, update, self._telegram)
            ways = (partial(replied, may_edit=may_edit), about_channel(said.name, said.words))
            await self._heard(update, text_of(update), ways, said)

        return handle

    async def _heard(self, update: Update, words: str, ways: Iterable[Way], otherwise: Said) -> None:
        """Let the first of the ways that can answer what replies to a message, or else who answers any."""

        async def handle(request: Request, context: HandlerContext) -> Reply:
            for way in ways if request.replied_to is not None else ():
                if (reply := await way(request, context)) is not None:
                    return reply
            allowed = await self._allowed(update, otherwise.handler, otherwise.right)
            return await allowed(replace(request, words=otherwise.words[:MOST_WORDS]), context)

        await self._answer(update, handle, words, most=MOST_REPLIED)

    def tap(self, taps: Taps) -> Callback:
        """A callback for taps on any button."""

        async def handle(update: Update, _: Context) -> None:
            if update.callback_query is not None:
                tapped = taps.find(update.callback_query.data or "")
                chosen = await self._chosen(update, tapped)
                await self._tapped(update, update.callback_query, chosen, tapped.words)

        return handle

    def inline(self, mode: InlineMode) -> Callback:
        """A callback for what people ask inside other chats."""

        async def handle(update: Update, _: Context) -> None:
            query = update.inline_query
            if query is None:
                return
            request = Request(
                chat_id=query.from_user.id,
                words=query.query[:MOST_WORDS],
                language=reader_language(update),
                subscriber=None,
                person=query.from_user.id,
            )
            try:
                await mode.answer(query.id, await self._known(request), query.offset)
            except Exception as error:
                if is_fault(error, request.chat_id):
                    log.exception("handler_failed", chat=request.chat_id)

        return handle

    async def _known(self, request: Request) -> Request:
        """The request in the subscriber's language; nothing else of them changes."""
        subscriber = await self._context.subscriptions.get(request.destination)
        return replace(request, language=subscriber.cut.language) if subscriber else request

    async def failed(self, update: object, context: Context) -> None:
        """Log an error that no handler caught; the person is not shown it."""
        chat = update.effective_chat.id if isinstance(update, Update) and update.effective_chat else None
        if is_fault(context.error, chat):
            log.error("update_failed", chat=chat, exc_info=context.error)

    async def _chosen(self, update: Update, tapped: Tapped) -> Handler:
        if not tapped.edits:
            return await self._allowed(update, tapped.handler, tapped.right)
        if await self._context.editors.who.may_edit(update, self._telegram):
            return tapped.handler
        return strangers

    async def _allowed(self, update: Update, handler: Handler, right: Right) -> Handler:
        if right is Right.EVERYBODY and not is_in_channel(update):
            return handler
        at_once, may_decide = right is Right.AT_ONCE, self._context.administrators.may_decide
        return handler if await may_decide(update, self._telegram, at_once=at_once) else refused

    async def answer(self, update: Update, handler: Handler) -> None:
        """Let a handler answer what is no words."""
        await self._answer(update, handler, "")

    async def tell(self, request: Request, words: Callable[[Request], OurMessage]) -> None:
        """Send somebody what they did not ask for, in their language; nothing else of them changes."""
        known = await self._known(request)
        await self._quietly(request.chat_id, self._telegram.send(request.destination, words(known)))

    async def _answer(self, update: Update, handler: Handler, words: str, most: int = MOST_WORDS) -> None:
        if request := request_in(update, words, most):
            with self._context.answering(request.chat_id):
                await self._send(request, await self._handled(handler, request))

    async def _tapped(self, update: Update, query: CallbackQuery, handler: Handler, words: str) -> None:
        request = request_in(update, words)
        if request is None:
            return
        with self._context.answering(request.chat_id):
            handled = await self._handled(handler, request)
            reply = handled.reply
            await self._quietly(request.chat_id, self._telegram.answer_tap(query.id, reply.notice))
            if request.message_id is not None:
                await self._rewrite(request.chat_id, request.message_id, reply)
            await self._send(request, handled)

    async def _handled(self, handler: Handler, request: Request) -> _Handled:
        try:
            before = await self._context.subscriptions.get(request.destination)
            back = await self._back(request, before)
            known = await self._context.subscriptions.get(request.destination) if back else before
            reply = await handler(await self._recognised(request, known), self._context)
            others = frozenset({*back, *reply.regained} - {request.destination})
            return _Handled(reply, before is not None and not _is_active(before), others)
        except Exception as error:
            if is_fault(error, request.chat_id):
                log.exception("handler_failed", chat=request.chat_id)
            return _Handled(await failed(error, request, self._context))

    async def _back(self, request: Request, subscriber: Subscriber | None) -> tuple[Destination, ...]:
        """A chat that could not be reached before is active again; which of it gets issues again."""
        if subscriber is None or subscriber.state not in CHAT_AWAY:
            return ()
        if await self._context.is_muted(request.chat_id):
            return ()
        return await self._context.subscriptions.unblock(request.chat_id)

    async def _recognised(self, request: Request, subscriber: Subscriber | None) -> Request:
        """The request with the subscriber."""
        if subscriber is None:
            return await self._context.unsubscribed(request)
        return replace(request, subscriber=subscriber, language=subscriber.cut.language)

    async def _tell_missed(self, request: Request, *, alone: bool = True) -> None:
        """Send what was missed to one who gets issues again; ``alone``: they are told nothing else."""
        subscriber = await self._context.subscriptions.get(request.destination)
        if subscriber is None or not _is_active(subscriber):
            return
        known = await self._recognised(request, subscriber)
        missed = await what_was_missed(known, self._context, alone=alone)
        if missed:
            await self._quietly(request.chat_id, self._telegram.send(request.destination, missed))

    async def _rewrite(self, chat_id: int, message_id: int, reply: Reply) -> None:
        if reply.edit is not None:
            await self._quietly(chat_id, self._telegram.edit(chat_id, message_id, reply.edit))
        elif reply.buttons:
            await self._quietly(chat_id, self._telegram.set_buttons(chat_id, message_id, reply.buttons))
        elif reply.without_buttons:
            await self._quietly(chat_id, self._telegram.drop_buttons(chat_id, message_id))

    async def _send(self, request: Request, handled: _Handled) -> None:
        """Send the reply. What was missed is looked up only when it has left."""
        chat_id, reply = request.chat_id, handled.reply
        question = request.question
        for message in reply.messages:
            arrived = await self._quietly(chat_id, self._sent(request, message, reply, question))
            question = None  # only the first is the answer, the others go on below it
            if arrived and handled.was_away:
                await self._context.subscriptions.reopen(request.destination)  # it is open, as is seen
        if file := reply.document:
            await self._quietly(
                chat_id, self._telegram.send_document(request.destination, file.name, file.data)
            )
        if handled.was_away and not reply.tells_missed:
            await self._tell_missed(request, alone=not reply.messages and reply.edit is None)
        for to in sorted(handled.regained):
            await self._tell_missed(replace(request, thread=to.thread))

    async def _sent(self, request: Request, message: OurMessage, reply: Reply, question: int | None) -> None:
        message_id = await self._telegram.send(request.destination, message, reply_to=question)
        if reply.sent is not None:
            await reply.sent(message_id)

    async def _quietly(self, chat_id: int, call: Awaitable[object]) -> bool:
        """Log a reply that fails. It is not tried again: the person will ask again. Returns if it arrived."""
        try:
            await call
        except ChatMoved as error:
            await self._context.subscriptions.move(chat_id, error.chat_id)
            log.info("chat_moved", chat=chat_id, to=error.chat_id)
        except (ChatGone, ChatClosed, MessageGone, MessageRefused) as error:
            log.info("reply_refused", chat=chat_id, reason=error.reason)
        except SendError as error:
            log.warning("reply_failed", chat=chat_id, reason=error.reason)
        except BadInput as error:
            log.error("reply_failed", chat=chat_id, reason=str(error))  # noqa: TRY400  # the reason says it all
        else:
            return True
        return False


def _is_active(subscriber: Subscriber) -> bool:
    return subscriber.state is SubscriberState.ACTIVE
