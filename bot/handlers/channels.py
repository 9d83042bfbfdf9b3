"""Channels are set up from the private chats of those who administer them.

A button of what is set up is another's, in an envelope: ``c:<channel>:<data of the other>``.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.handlers import channel_catchup, rich_trial, settings, topic, topics, when
from bot.handlers.channel_buttons import SHARED, envelope, open_button
from bot.handlers.context import Handler, HandlerContext
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Message
from bot.model import Channel, Destination

_CODE = re.compile("[0-9]{1,13}")
_SWITCHES = {"yes": True, "no": False}


async def channels(request: Request, context: HandlerContext) -> Reply:
    """/channels: those that the person may set up, each as a button."""
    if request.chat_id < 0:
        return reply_with(context.say("channels_in_private", request))
    return reply_with(await _listed(request, context))


async def listed(request: Request, context: HandlerContext) -> Reply:
    """The button back to the list."""
    if request.chat_id < 0:
        return Reply(notice=context.notice("outdated", request))
    return Reply(edit=await _listed(request, context))


async def act(request: Request, context: HandlerContext) -> Reply:
    """A button about a channel, if who taps it administers the channel at this moment."""
    code, _, kept = request.words.partition(":")
    channel = await of_code(code, context)
    data = await context.long_texts.whole(kept)
    if channel is None or data is None or request.chat_id < 0 or request.person is None:
        return Reply(notice=context.notice("outdated", request))
    if not await context.channels.administers(channel.chat_id, request.person):
        return Reply(notice=context.notice("channel_not_yours", request))
    name, _, words = data.partition(":")
    handler = _BUTTONS.get(name, show)
    reply = await handler(await about(channel, request, context, words), context)
    channel = await context.channels.known.get(channel.chat_id) or channel
    return await in_envelope(reply, channel, request, context)


async def of_code(code: str, context: HandlerContext) -> Channel | None:
    """The channel that a button names; None if it is not known."""
    return await context.channels.known.get(int(SHARED + code)) if _CODE.fullmatch(code) else None


async def found(
    request: Request, context: HandlerContext, chat_id: int, title: str, username: str | None
) -> Reply:
    """To who passes on a post of a channel: its settings, if they administer it."""
    person = request.person or request.chat_id
    may = await context.channels.administers(chat_id, person)
    if may is False:
        return reply_with(context.say("channel_not_yours", request, title=title))
    if may is None or (await context.groups.get(chat_id)).parked is not None:
        return reply_with(
            context.say("channel_without_bot", request, title=title, bot=context.identity.username)
        )
    await context.channels.known.note(chat_id, title, username)
    await context.groups.note_adder(chat_id, person)
    channel = Channel(chat_id=chat_id, title=title, username=username)
    channel = await context.channels.known.get(chat_id) or channel
    board = await show(await about(channel, request, context, ""), context)
    made = await in_envelope(board, channel, request, context)
    return reply_with(*([made.edit] if made.edit else []))


async def show(request: Request, context: HandlerContext) -> Reply:
    """The settings of the channel, or what it is not subscribed to yet."""
    return Reply(edit=await _board(request, context))


async def subscribe(request: Request, context: HandlerContext) -> Reply:
    """Send issues to the channel, in the digest's language until another is chosen."""
    await context.subscriptions.join(request.destination, language=context.written_in, by=request.person)
    return await _saved(request, context)


async def stop(request: Request, context: HandlerContext) -> Reply:
    """Send the channel nothing more; one tap takes it up again."""
    if request.subscriber is not None:
        await context.subscriptions.stop(request.destination)
    return await _saved(request, context)


async def resume(request: Request, context: HandlerContext) -> Reply:
    """Send issues to the channel again."""
    if request.subscriber is None:
        return Reply(notice=context.notice("outdated", request))
    await context.subscriptions.resume(request.destination)
    return await _saved(request, context)


async def buttons(request: Request, context: HandlerContext) -> Reply:
    """``posts:yes`` lets the buttons stand under its posts."""
    await context.channels.known.choose(request.chat_id, buttons=_SWITCHES.get(request.words))
    return await _saved(request, context)


async def pins(request: Request, context: HandlerContext) -> Reply:
    """``pins:yes`` keeps the contents of the newest issue on top."""
    await context.channels.known.choose(request.chat_id, pins=_SWITCHES.get(request.words))
    context.channels.changed(request.chat_id)
    return await _saved(request, context)


#: What may be done with a channel. What is not here shows its settings.
_BUTTONS: Mapping[str, Handler] = {
    "show": show,
    "subscribe": subscribe,
    "stop": stop,
    "resume": resume,
    "posts": buttons,
    "pins": pins,
    "set": settings.change,
    "rich": rich_trial.answer,
    "when": when.tapped,
    "topics": topics.topics,
    "pick": topics.pick,
    "drop": topics.drop,
    "board": topics.turn,
    "clear": topics.clear,
    "follow": topic.follow,
    "unfollow": topic.unfollow,
    "swap": topic.swap,
    "omit": topic.omit,
    "admit": topic.admit,
    "undo": topic.undo,
    "each": channel_catchup.each,
    "enough": channel_catchup.enough,
}


async def _listed(request: Request, context: HandlerContext) -> Message:
    theirs = await context.channels.of(request.person or request.chat_id)
    return context.say(
        "channels",
        request,
        bot=context.identity.username,
        any=bool(theirs),
        buttons=[(open_button(one, request, context),) for one in theirs],
    )


async def about(channel: Channel, request: Request, context: HandlerContext, words: str) -> Request:
    """The request as one about the channel, still in the language of who asks."""
    to = Destination(channel.chat_id)
    subscriber = await context.subscriptions.get(to)
    return replace(
        request, chat_id=to.chat, thread=0, words=words, subscriber=subscriber, channel=channel, question=None
    )


async def _saved(request: Request, context: HandlerContext) -> Reply:
    channel = await context.channels.known.get(request.chat_id) or request.channel
    assert channel is not None  # noqa: S101  # who calls has looked
    now = await about(channel, request, context, "")
    return Reply(edit=await _board(now, context), notice=context.notice("saved", request))


async def _board(request: Request, context: HandlerContext) -> Message:
    if request.subscriber is None:
        button = context.button("subscribe:", request, "subscribe_channel")
        return context.say("channel_new", request, digest=context.digest, buttons=((button,),))
    return (await settings.settings(request, context)).messages[0]


async def in_envelope(reply: Reply, channel: Channel, request: Request, context: HandlerContext) -> Reply:
    """The reply with the channel's name above, and its buttons in envelopes."""

    async def made(message: Message) -> Message:
        return await _enveloped(message, channel, request, context)

    return replace(
        reply,
        edit=await made(reply.edit) if reply.edit else None,
        messages=tuple([await made(one) for one in reply.messages]),
    )


async def _enveloped(
    message: Message, channel: Channel, request: Request, context: HandlerContext
) -> Message:
    before = envelope(channel)
    rows = [
        tuple([one for one in [await _wrapped(button, before, context) for button in row] if one])
        for row in message.buttons
    ]
    title = context.say("channel_title", request, title=channel.title).html
    is_board = any((one.data or "").startswith("set:") for row in message.buttons for one in row)
    below = _switches(channel, before, request, context) if is_board else ()
    back = ("channels:", "channels") if is_board else (f"{before}show:", "settings")
    return replace(
        message,
        html=f"{title}\n\n{message.html}",
        buttons=(*(row for row in rows if row), *below, (context.button(back[0], request, back[1]),)),
    )


async def _wrapped(button: Button, before: str, context: HandlerContext) -> Button | None:
    """The button in an envelope; None for what is not to be done with a channel."""
    name = (button.data or "").partition(":")[0]
    data = await context.long_texts.data(before, button.data or "") if name in _BUTTONS else None
    return replace(button, data=data) if data else None


def _switches(
    channel: Channel, before: str, request: Request, context: HandlerContext
) -> tuple[tuple[Button, ...], ...]:
    def switched(name: str, label: str, *, chosen: bool, **values: object) -> tuple[Button, ...]:
        data = f"{before}{name}:{'no' if chosen else 'yes'}"
        return (context.button(data, request, label, chosen=chosen, **values),)

    return (
        switched("pins", "channel_pins", chosen=channel.pins, may_not=channel.pins and channel.may_not_pin),
        switched("posts", "channel_posts", chosen=channel.buttons),
    )
