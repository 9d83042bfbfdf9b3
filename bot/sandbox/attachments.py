"""What people send besides text: made up, for the stand-in holds no real files of theirs."""

from bot.errors import BadInput
from bot.sandbox import people, tdlib
from bot.sandbox.state import Json, Message
from bot.sandbox.world import World

#: The field of a ``Message`` by which each is known, as the Bot API has it, without what names the file.
KINDS: dict[str, Json] = {
    "photo": {"width": 1280, "height": 960, "file_size": 98_304},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
        "set_name": "Readers",
    },
    "voice": {"duration": 3, "mime_type": "audio/ogg", "file_size": 12_288},
    "video": {"width": 1280, "height": 720, "duration": 9, "mime_type": "video/mp4"},
    "audio": {"duration": 180, "title": "Track", "mime_type": "audio/mpeg"},
    "document": {"file_name": "notes.pdf", "mime_type": "application/pdf", "file_size": 65_536},
}
#: Where the person is who shares a location.
LOCATION: Json = {"latitude": 52.52, "longitude": 13.405}
_WITHOUT_CAPTION = frozenset({"sticker", "location"})


def send(world: World, chat_id: int, kind: str, caption: str = "", *, by: int | None = None) -> Message:
    """Send something of a kind, perhaps with a caption; ``by`` as ``people.author`` takes it."""
    if kind not in (*KINDS, "location") or (caption and kind in _WITHOUT_CAPTION):
        raise BadInput(f"nobody can send {kind!r} so", where=f"chat {chat_id}")
    chat = people.find(world, chat_id)
    one = LOCATION if kind == "location" else _file(world, kind)
    message = Message(
        message_id=world.next_message_id(),
        chat_id=chat_id,
        from_bot=False,
        date=world.clock(),
        text=caption,
        html=caption,
        entities=tdlib.detect(caption) if caption else (),
        sender=people.author(world, chat, by).id,
        attached={kind: [one] if kind == "photo" else one},
    )
    return people.post(world, chat, message)


def _file(world: World, kind: str) -> Json:
    file_id = world.next_query_id()
    return {"file_id": f"file-{file_id}", "file_unique_id": file_id[-12:], **KINDS[kind]}
