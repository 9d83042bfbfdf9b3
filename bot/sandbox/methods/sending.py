"""New messages. The order of the checks is the server's: text, markup, chat, limits, rate."""

from bot.sandbox import formatting, forums, keyboards, previews
from bot.sandbox.chat import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import Formatted
from bot.sandbox.methods import files
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import Document, Json, Message, Photo, Preview

ADDRESS = "business_connection_id chat_id message_thread_id direct_messages_topic_id"
MANNER = (
    "disable_notification protect_content allow_paid_broadcast message_effect_id suggested_post_parameters"
    " reply_parameters reply_markup"
)
_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


async def send_message(call: Call) -> Json:
    """A text, with the preview of a link if one is asked for."""
    world, given = call.world, call.given
    if not given.text("text"):
        raise bad_request("message text is empty")
    preview = previews.checked(given.value("link_preview_options"))
    text = read_text(call, "text", "entities")
    chat = world.writable(given.chat_id())
    text = formatting.finish(text, longest=world.limits.text, limits=world.limits)
    if not text.text:
        raise bad_request("text must be non-empty")
    return put(call, chat, text, preview=preview)


async def send_photo(call: Call) -> Json:
    """A picture, uploaded or by its address (which is not fetched), with a caption or without."""
    world, given = call.world, call.given
    photo = files.photo(call)
    text = read_text(call, "caption", "caption_entities")
    chat = world.writable(given.chat_id(), what="photos")
    text = formatting.finish(text, longest=world.limits.caption, limits=world.limits)
    return put(call, chat, text, photo=photo)


async def send_document(call: Call) -> Json:
    """A file, uploaded or sent before, with a caption or without."""
    world, given = call.world, call.given
    document = files.document(call)
    text = read_text(call, "caption", "caption_entities")
    chat = world.writable(given.chat_id(), what="documents")
    text = formatting.finish(text, longest=world.limits.caption, limits=world.limits)
    return put(call, chat, text, document=document)


async def send_chat_action(call: Call) -> bool:
    """Shows that the bot is writing; does not count against the rates here."""
    action = call.given.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.world.writable(call.given.chat_id())
    chat.actions.append(action)
    call.world.feed.publish("action", chat_id=chat.id, action=action)
    return True


def read_text(call: Call, text: str, entities: str) -> Formatted:
    """The text parameter of that name, parsed as the request asks."""
    given = call.given
    return formatting.read(
        given.text(text),
        parse_mode=given.text("parse_mode"),
        entities=given.entities(entities),
        limits=call.world.limits,
    )


def put(  # noqa: PLR0913  # what a message may hold besides its text
    call: Call,
    chat: Chat,
    text: Formatted,
    *,
    photo: Photo | None = None,
    document: Document | None = None,
    preview: Preview | None = None,
    blocks: list[Json] | None = None,
) -> Json:
    """Put a message into the chat, as the request asks."""
    world, given = call.world, call.given
    markup = keyboards.checked(given.value("reply_markup"), limits=world.limits)
    thread = forums.place(chat, given.number("message_thread_id"))
    reply_to = _reply_to(chat, given.mapping("reply_parameters"))
    world.spend(chat, paid=given.flag("allow_paid_broadcast"))
    message = Message(
        message_id=world.next_message_id(),
        chat_id=chat.id,
        from_bot=True,
        date=world.clock(),
        text=text.text,
        html=text.source,
        entities=text.entities,
        reply_markup=markup,
        silent=given.flag("disable_notification"),
        photo=photo,
        document=document,
        preview=preview,
        reply_to=reply_to,
        blocks=blocks,
        thread=thread,
    )
    return world.message_json(world.show(message))


def _reply_to(chat: Chat, reply: Json) -> int | None:
    message_id = reply.get("message_id")
    if message_id is None:
        return None
    if chat.find(int(message_id)):
        return int(message_id)
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


METHODS = (
    method(
        "sendMessage",
        send_message,
        f"{ADDRESS} text parse_mode entities link_preview_options {MANNER}",
    ),
    method(
        "sendPhoto",
        send_photo,
        f"{ADDRESS} photo caption parse_mode caption_entities show_caption_above_media has_spoiler {MANNER}",
    ),
    method(
        "sendDocument",
        send_document,
        f"{ADDRESS} document thumbnail caption parse_mode caption_entities disable_content_type_detection"
        f" {MANNER}",
    ),
    method("sendChatAction", send_chat_action, "business_connection_id chat_id message_thread_id action"),
)
