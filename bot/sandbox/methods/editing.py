"""Messages that stand already. An edit counts as a send; taking a message away does not."""

from datetime import timedelta

from bot.sandbox import formatting, keyboards, previews
from bot.sandbox.chat import Chat, Group
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Call, method
from bot.sandbox.methods.rich import read_rich
from bot.sandbox.methods.sending import read_text
from bot.sandbox.state import Json, Message

_DELETABLE = timedelta(hours=48)
_ADDRESS = "business_connection_id chat_id message_id inline_message_id"


async def edit_message_text(call: Call) -> Json | bool:
    """Another text, and with it another keyboard or none, another preview or none.

    Of what people posted via the bot only ``True`` is told back.
    """
    world, given = call.world, call.given
    if given.value("rich_message") and world.limits.rich:
        return await _edit_rich(call)
    if not given.text("text"):
        raise bad_request("message text is empty")
    preview = previews.checked(given.value("link_preview_options"))
    text = read_text(call, "text", "entities")
    chat, message = _own(call)
    text = formatting.finish(text, longest=world.limits.text, limits=world.limits)
    if not text.text:
        raise bad_request("text must be non-empty")
    if message.is_captioned:
        raise bad_request("there is no text in the message to edit")
    markup = keyboards.checked(given.value("reply_markup"), limits=world.limits)
    world.spend(chat)
    changed = world.edit(
        message,
        text=text.text,
        html=text.source,
        entities=text.entities,
        reply_markup=markup,
        preview=preview,
        blocks=None,
        edited=world.clock(),
    )
    return _told(call, changed)


async def _edit_rich(call: Call) -> Json | bool:
    """The blocks of a rich message in place of what stood there."""
    world = call.world
    blocks, text = read_rich(call)
    chat, message = _own(call)
    markup = keyboards.checked(call.given.value("reply_markup"), limits=world.limits)
    world.spend(chat)
    changed = world.edit(
        message,
        text=text.text,
        html=text.source,
        entities=(),
        reply_markup=markup,
        preview=None,
        blocks=blocks,
        edited=world.clock(),
    )
    return _told(call, changed)


async def edit_message_reply_markup(call: Call) -> Json | bool:
    """Another keyboard or none; the message does not count as edited by that."""
    world = call.world
    chat, message = _own(call)
    markup = keyboards.checked(call.given.value("reply_markup"), limits=world.limits)
    world.spend(chat)
    return _told(call, world.edit(message, reply_markup=markup))


async def delete_message(call: Call) -> bool:
    """Takes a message away, unless it is older than 48 hours or, in a group, somebody else's."""
    chat = call.world.chat(call.given.chat_id())
    message = chat.find(_message_id(call))
    if message is None:
        raise bad_request("message to delete not found")
    if isinstance(chat.party, Group) and not message.from_bot:
        raise bad_request("message can't be deleted")
    if call.world.clock() - message.date > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(chat, message.message_id)
    return True


def _own(call: Call) -> tuple[Chat, Message]:
    if inline_id := call.given.text("inline_message_id"):
        return _posted_via_bot(call, inline_id)
    chat = call.world.writable(call.given.chat_id())
    message = chat.find(_message_id(call))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _posted_via_bot(call: Call, inline_id: str) -> tuple[Chat, Message]:
    for chat in call.world.chats.values():
        for message in chat.messages:
            if message.inline_id == inline_id:
                return chat, message
    raise bad_request("MESSAGE_ID_INVALID")


def _told(call: Call, changed: Message) -> Json | bool:
    return changed.inline_id is not None or call.world.message_json(changed)


def _message_id(call: Call) -> int:
    message_id = call.given.number("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    return message_id


METHODS = (
    method(
        "editMessageText",
        edit_message_text,
        f"{_ADDRESS} text parse_mode entities link_preview_options rich_message reply_markup",
    ),
    method("editMessageReplyMarkup", edit_message_reply_markup, f"{_ADDRESS} reply_markup"),
    method("deleteMessage", delete_message, "chat_id message_id"),
)
