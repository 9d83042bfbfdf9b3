"""What the stand-in remembers of messages."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A formatted stretch of a text.

    ``offset`` and ``length`` count UTF-16 units, ``kind`` is the Bot API's ``type``.
    """

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """Where the text goes on after it."""
        return self.offset + self.length

    def as_json(self) -> Json:
        """A Bot API ``MessageEntity``."""
        entity: Json = {"type": self.kind, "offset": self.offset, "length": self.length}
        user = None if self.user_id is None else {"id": self.user_id, "is_bot": False, "first_name": "?"}
        return entity | present(
            url=self.url, language=self.language, user=user, custom_emoji_id=self.custom_emoji_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture: ``content`` if it was uploaded, ``url`` if the bot named an address (never fetched)."""

    file_id: str
    content: bytes | None = None
    content_type: str = "image/jpeg"
    url: str | None = None

    def as_json(self) -> list[Json]:
        """The Bot API's array of ``PhotoSize``; the stand-in does not measure pictures."""
        size = len(self.content or b"")
        unique = self.file_id[-12:]
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": unique,
                "width": 800,
                "height": 600,
                "file_size": size,
            }
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was uploaded; ``data`` is its content."""

    file_id: str
    name: str
    mime_type: str
    data: bytes = field(repr=False)

    def as_json(self) -> Json:
        """A Bot API ``Document``."""
        return {
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_id": self.file_id,
            "file_unique_id": self.file_id[-15:],
            "file_size": len(self.data),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a message shows the preview of a link: of ``url``, if one is named. Never fetched.

    The fields are those of the Bot API's ``LinkPreviewOptions``.
    """

    url: str = ""
    is_disabled: bool = False
    prefer_small_media: bool = False
    prefer_large_media: bool = False
    show_above_text: bool = False

    def as_json(self) -> Json:
        """A Bot API ``LinkPreviewOptions``: what is set of it."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button: ``data`` calls the bot back, ``url`` opens a page.

    ``inline_query`` is put behind the bot's name in some chat, or in this one if ``in_this_chat``.
    """

    text: str
    data: str | None = None
    url: str | None = None
    inline_query: str | None = None
    in_this_chat: bool = False

    @classmethod
    def of(cls, given: Json) -> Self:
        """The button that a Bot API ``InlineKeyboardButton`` describes."""
        here = given.get("switch_inline_query_current_chat")
        chosen = given.get("switch_inline_query_chosen_chat")
        elsewhere = given.get("switch_inline_query") if chosen is None else chosen.get("query", "")
        return cls(
            text=given["text"],
            data=given.get("callback_data"),
            url=given.get("url"),
            inline_query=elsewhere if here is None else here,
            in_this_chat=here is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as the chat shows it.

    ``text`` is what is left after parsing (the caption of a photo or document); ``html`` is the text as
    it was sent, whatever its ``parse_mode``. ``attached`` holds what a person sent besides text, as the
    Bot API's field of the message. ``edited`` is the time of the last edit of the text; ``sender`` the
    person who wrote it, if it is not the bot's. ``via_bot``: that person picked it from the bot's inline
    results; ``inline_id`` is how the bot names it then, if it has buttons. ``sender_chat`` is the chat in
    whose name it was written. ``moved_to`` and ``moved_from`` make it the notice that a group has a new
    id. ``thread`` is the topic of a forum that it stands in. ``origin`` is the Bot API's ``MessageOrigin``
    of what was forwarded.
    """

    message_id: int
    chat_id: int
    from_bot: bool
    date: datetime
    text: str
    html: str
    entities: tuple[Entity, ...] = ()
    reply_markup: Json | None = None
    silent: bool = False
    edited: datetime | None = None
    photo: Photo | None = None
    document: Document | None = None
    attached: Json | None = None
    preview: Preview | None = None
    reply_to: int | None = None
    sender: int | None = None
    sender_chat: int | None = None
    via_bot: bool = False
    inline_id: str | None = None
    moved_to: int | None = None
    moved_from: int | None = None
    blocks: list[Json] | None = None  #: of a rich message, whose ``text`` is theirs
    thread: int = 0
    origin: Json | None = None

    @property
    def is_captioned(self) -> bool:
        """Whether ``text`` is the caption of something else."""
        return any(part is not None for part in (self.photo, self.document, self.attached))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The inline buttons in reading order."""
        rows = (self.reply_markup or {}).get("inline_keyboard", ())
        return tuple(Button.of(button) for row in rows for button in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAnswer:
    """What the person saw after pressing a button; ``alert`` is a window instead of a passing note."""

    query_id: str
    text: str = ""
    alert: bool = False
    url: str | None = None


def present(**fields: Any) -> Json:
    """The fields that are there."""
    return {name: value for name, value in fields.items() if value is not None}
