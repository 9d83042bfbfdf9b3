"""Who may use a command or a button in a group or a channel; in a private chat everybody may use all."""

from enum import Enum

from bot.handlers.context import HandlerContext
from bot.handlers.identity import LINKS
from bot.handlers.request import Reply, Request, reply_with


class Right(Enum):
    """Whose right it is."""

    EVERYBODY = "everybody"
    ADMINISTRATORS = "administrators"
    AT_ONCE = "administrators, by Telegram's word at this moment"


#: All that changes whether and what a group gets. What it asks for and collects, any of its members may.
DECISIONS = frozenset({"start", "settings", "when", "claim", "mydata"}) | {
    *("subscribe", "join", "resume", "keep", "spare", "enough", "set", "rich", "speak"),
    *("topic", "follow", "unfollow", "omit", "admit", "swap", "undo", "pick", "drop", "clear"),
}
#: What ends the subscription, or tells or deletes all that is kept, is not granted from memory.
ENDINGS = frozenset({"stop", "leave", "forget", "erase", "mydata", "claim"})


def right_of(name: str, words: str = "") -> Right:
    """Whose right a command, a button or a saying of this name is; what a link names, anybody may open."""
    if name == "start" and words.strip().startswith(LINKS):
        return Right.EVERYBODY
    if name in ENDINGS:
        return Right.AT_ONCE
    return Right.ADMINISTRATORS if name in DECISIONS else Right.EVERYBODY


async def refused(request: Request, context: HandlerContext) -> Reply:
    """To who may not: one line, which of a tap only the one who tapped is shown."""
    if request.message_id is not None:
        return Reply(notice=context.notice("for_administrators", request))
    return reply_with(context.say("for_administrators", request))
