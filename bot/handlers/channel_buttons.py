"""How buttons name the channel that they are about: ``c:<channel>:<data of another button>``."""

from bot.handlers.context import HandlerContext
from bot.handlers.request import Request
from bot.messages import Button
from bot.model import Channel

SHARED = "-100"  # how the ids of channels begin, which buttons leave out


def envelope(channel: Channel) -> str:
    """What stands before the data of a button that is about the channel."""
    return f"c:{str(channel.chat_id).removeprefix(SHARED)}:"


def open_button(channel: Channel, request: Request, context: HandlerContext) -> Button:
    """The button that opens the settings of a channel."""
    return context.button(f"{envelope(channel)}show:", request, "channel", title=channel.title)
