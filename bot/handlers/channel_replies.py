"""A reply, in private, to a message about a channel is about that channel, and never about who writes it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.handlers import channels, settings, topic, topics, when_words
from bot.handlers.asked import MOST_WORDS
from bot.handlers.context import Handler, HandlerContext
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.rights import Right, right_of
from bot.model import Channel

_ABOUT = re.compile("c:([0-9]{1,13}):(when:.)?")  #: a button about a channel, and one below its hours

PLACE = "place"  #: what a shared location is, besides the names of commands

#: What may be said of a channel; the rest of what decides is refused.
_SAID: Mapping[str, Handler] = {
    "start": channels.subscribe,
    "stop": channels.stop,
    "settings": settings.settings,
    "when": when_words.when,
    "topic": topic.topic,
    "topics": topics.topics,
    PLACE: when_words.located,
}
_SHOWN = frozenset({"topics", PLACE})  #: of these, what in a group is everybody's


Way = Callable[[Request, HandlerContext], Awaitable[Reply | None]]  #: None where it does not answer


def about_channel(said: str, words: str) -> Way:
    """A way to answer what was said with these words, ``said`` being the command that they mean, if any."""
    return partial(_answered, said=said, words=words[:MOST_WORDS])


async def _answered(request: Request, context: HandlerContext, *, said: str, words: str) -> Reply | None:
    """What such a reply is answered; None for any other, and for one that only asks for something."""
    found = [_ABOUT.match(button.data or "") for row in request.replied_buttons for button in row]
    codes = {one[1] for one in found if one}
    name = said or ("when" if any(one and one[2] for one in found) or when_words.means_hours(words) else "")
    if not codes or request.chat_id < 0 or not _decides(name, words):
        return None
    channel = await channels.of_code(codes.pop(), context) if len(codes) == 1 else None
    if channel is None or request.person is None:
        return reply_with(context.say("channel_which", request))
    if not await context.channels.administers(channel.chat_id, request.person):
        return reply_with(context.say("channel_not_yours", request, title=channel.title))
    if name not in _SAID:
        return reply_with(context.say("channel_reply", request, title=channel.title))
    return await _of_channel(name, words, channel, request, context)


def _decides(name: str, words: str) -> bool:
    return name in _SHOWN or right_of(name, words) is not Right.EVERYBODY


async def _of_channel(
    name: str, words: str, channel: Channel, request: Request, context: HandlerContext
) -> Reply:
    about = await channels.about(channel, request, context, words)
    handler = _SAID[name] if about.subscriber or name == "start" else channels.show
    reply = await handler(about, context)
    made = await channels.in_envelope(reply, channel, request, context)
    return reply_with(*made.messages, *([made.edit] if made.edit else []))
