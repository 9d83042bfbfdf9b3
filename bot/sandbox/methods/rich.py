"""Rich messages (Bot API 10.1): sent as others are, with blocks in place of a text."""

from bot.sandbox import rich
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting import Formatted
from bot.sandbox.methods.method import Call, method
from bot.sandbox.methods.sending import ADDRESS, MANNER, put
from bot.sandbox.state import Json


async def send_rich_message(call: Call) -> Json:
    """Put its blocks into the chat; a server that ``Limits.rich`` makes old knows no such method."""
    if not call.world.limits.rich:
        raise ApiError(404, "Not Found: method not found")
    blocks, text = read_rich(call)
    chat = call.world.writable(call.given.chat_id())
    return put(call, chat, text, blocks=blocks)


def read_rich(call: Call) -> tuple[list[Json], Formatted]:
    """The blocks of the message that a request describes, and its text as tests see it."""
    given = call.given.mapping("rich_message")
    if ("html" in given) is ("markdown" in given):
        raise bad_request("can't parse rich message: exactly one of html and markdown must be specified")
    if "markdown" in given:
        raise bad_request("can't parse rich message: the stand-in reads HTML only")
    source = str(given["html"])
    blocks, text = rich.blocks_of(source)
    return blocks, Formatted(text=text, entities=(), source=source)


METHODS = (method("sendRichMessage", send_rich_message, f"{ADDRESS} rich_message {MANNER}"),)
