"""What a group is told when the bot is let in."""

from bot.handlers.context import HandlerContext
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Message
from bot.model import LANGUAGES, Language


async def back(request: Request, context: HandlerContext) -> Reply:
    """Let the chat and its threads have issues again; what was missed is told by itself."""
    return Reply(regained=await context.subscriptions.unblock(request.chat_id))


async def hello(request: Request, context: HandlerContext) -> Reply:
    """Say what this is, with what administrators may begin with; nothing where it is known already."""
    regained = await context.subscriptions.unblock(request.chat_id)
    is_known = await context.subscriptions.go_on_in(request.chat_id)
    if is_known or await context.has_role(request.chat_id):
        return Reply(regained=regained)
    return reply_with(greeting(request, context))


async def speak(request: Request, context: HandlerContext) -> Reply:
    """The button with the name of a language: ``speak:en``."""
    language = next((one for one in LANGUAGES if one == request.words), None)
    if language is None:
        return Reply(notice=context.notice("outdated", request))
    await _set_language(request, context, language)
    after = request.in_language(language)
    return Reply(edit=greeting(after, context), notice=context.notice("saved", after))


async def _set_language(request: Request, context: HandlerContext, language: Language) -> None:
    if request.subscriber is None:
        await context.groups.set_language(request.chat_id, language)
    else:
        await context.subscriptions.set_language(request.destination, language)


def greeting(request: Request, context: HandlerContext) -> Message:
    """What this is, with what the administrators of a group may begin with."""
    return context.say(
        "hello",
        request,
        in_group=True,
        digest=context.digest,
        bot=context.identity.username,
        buttons=(
            _here(request, context),
            (context.button("topics:", request, "choose_topics"),),
            tuple(
                context.button(f"speak:{one}", request, "language", language=one, chosen=False)
                for one in LANGUAGES
                if one != request.language
            ),
        ),
    )


def _here(request: Request, context: HandlerContext) -> tuple[Button, ...]:
    if request.active:
        return ()
    data = "subscribe:" if request.subscriber is None else "resume:"
    return (context.button(data, request, "subscribe_here"),)
