"""A stand-in for Telegram on this machine: its Bot API over real HTTP, and a page that shows the chats.

::

    async with Sandbox(token="123456:demo") as telegram:
        application = Application.builder().token(...).base_url(telegram.url + "/bot").build()
        ...
        await telegram.say(1001, "/start")
        messages = await telegram.received(1001, 1)

========== ====================================================================
server     :class:`Sandbox`: start and stop, and the people for tests
api        the bot's door: tokens, faults, the log; ``methods`` are the methods
control    the people's door: what the page asks, server-sent events, faults; ``drops`` the button
page       the page: plain modules, nothing to build
people     what people do and the updates that come of it; ``attachments`` what they send besides text,
           ``groups`` what happens in groups (``group_acts`` for tests), ``members`` who is in them,
           ``forums`` the topics of forums
inline     typing ``@bot …`` and picking; ``inline_queries`` what is known, ``inline_results`` the checks
world      all state; ``chat``, ``state``, ``profile``, ``updates``, ``live`` are its parts
formatting text as Telegram's server reads it, by ``tdlib``
rich       the blocks of rich messages
limits     how long, how many, how often; ``faults`` what goes wrong on demand
========== ====================================================================

Only the command line and tests import it. It needs TDLib from the extra ``demo``.
"""

from bot.sandbox.channels import CHANNEL
from bot.sandbox.chat import Chat, Group, Person
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.forums import FORUM, Forum
from bot.sandbox.inline_queries import InlineAnswer, InlineButton, InlineResult
from bot.sandbox.limits import Limits
from bot.sandbox.profile import BotTexts
from bot.sandbox.server import EDITORS, GROUPS, PEOPLE, Sandbox
from bot.sandbox.state import Button, CallbackAnswer, Document, Entity, Message

__all__ = [
    "CHANNEL",
    "EDITORS",
    "FORUM",
    "GROUPS",
    "PEOPLE",
    "BotTexts",
    "Button",
    "CallbackAnswer",
    "Chat",
    "Document",
    "Entity",
    "Fault",
    "FaultKind",
    "Forum",
    "Group",
    "InlineAnswer",
    "InlineButton",
    "InlineResult",
    "Limits",
    "Message",
    "Person",
    "Sandbox",
]
