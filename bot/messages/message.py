"""One message, ready to send. One that Telegram would refuse or spoil cannot exist."""

import json
from base64 import b64encode
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from bot.errors import InvalidMessage
from bot.messages import limits
from bot.messages.links import accepted
from bot.messages.marks import Mark
from bot.messages.markup import clean, parse, visible
from bot.messages.rich_check import check_rich


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. Exactly one of its targets is given.

    It sends ``data`` back to the bot, opens ``url``, or lets the reader choose a chat in which the bot
    is asked for ``share`` (inline mode; Telegram refuses it from a bot without).
    """

    label: str
    data: str | None = None
    url: str | None = None
    share: str | None = None

    def __post_init__(self) -> None:
        if not visible(self.label):
            raise InvalidMessage("a button without a label")
        if sum(target is not None for target in (self.data, self.url, self.share)) != 1:
            raise InvalidMessage(f"button {self.label!r} needs one of data, a url and what to share")
        if self.data is not None and not 1 <= len(self.data.encode()) <= limits.MAX_CALLBACK_BYTES:
            raise InvalidMessage(f"button {self.label!r}: data is 1-{limits.MAX_CALLBACK_BYTES} bytes")
        if self.url is not None and accepted(self.url) != self.url and not self.url.startswith("tg://"):
            raise InvalidMessage(f"button {self.label!r}: Telegram refuses the url {self.url[:80]!r}")

    def as_parameter(self) -> dict[str, object]:
        """The Bot API's InlineKeyboardButton."""
        return {"text": clean(self.label), **self._target}

    @property
    def _target(self) -> dict[str, object]:
        if self.data is not None:
            return {"callback_data": self.data}
        if self.url is not None:
            return {"url": self.url}
        chats = dict.fromkeys(("allow_user_chats", "allow_group_chats", "allow_channel_chats"), True)
        return {"switch_inline_query_chosen_chat": {"query": self.share, **chats}}


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram HTML with rows of buttons; ``silent`` makes no sound on arrival.

    One that ``asks`` for a reply, and has no buttons, lets the reader's app begin with one.

    ``picture`` is the address of a picture that stands above the text, as the preview of a
    link. A picture that Telegram cannot fetch is not shown; the message arrives all the same.
    ``name`` says what of an issue it holds, as "papers.2" for the second message of the papers:
    the same in every text of the issue. Replies have none. ``marks`` are the items whose numbers stand
    in it. ``unfolded`` are the other faces of the message, one at a time of which its reader may turn
    to by its buttons; each has a name of its own. ``rich``: the HTML is that of a rich message.
    ``opens`` are the headings, as the contents list them, of the sections that begin in it.
    ``content_hash`` tells whether two messages read alike: text, buttons, picture and faces.

    Raises InvalidMessage for whatever Telegram would refuse (nothing to see, too long, unknown or
    unbalanced tags, bad buttons) or change without a word (too many entities, a link or picture it drops).
    """

    html: str
    buttons: Buttons = ()
    silent: bool = False
    picture: str | None = None
    name: str = ""
    marks: tuple[Mark, ...] = ()
    unfolded: "tuple[Message, ...]" = ()
    rich: bool = False
    asks: bool = False
    opens: tuple[str, ...] = ()
    content_hash: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_rich(self.html) if self.rich else _check_text(self.html)
        _check_buttons(self.buttons)
        if self.picture is not None and accepted(self.picture) != self.picture:
            raise InvalidMessage(f"a picture that Telegram drops: {self.picture[:80]!r}")
        faces = [face.content_hash for face in self.unfolded]
        seen = json.dumps((self.html, _keyboard(self.buttons), self.picture, *faces)).encode()
        content_hash = b64encode(blake2b(seen, digest_size=6).digest()).decode()
        object.__setattr__(self, "content_hash", content_hash)

    def face(self, name: str) -> "Message":
        """The face of that name; the message itself if it has none of that name."""
        return next((one for one in self.unfolded if one.name == name), self)

    def with_row(self, row: tuple[Button, ...]) -> "Message":
        """The same with a row of buttons below its others, on every face."""
        if not row:
            return self
        faces = tuple(one.with_row(row) for one in self.unfolded)
        return replace(self, buttons=(*self.buttons, row), unfolded=faces)

    def params(self, chat_id: int | None = None) -> dict[str, object]:
        """The parameters of sendMessage or sendRichMessage; without ``chat_id`` if none is given."""
        given: dict[str, object] = {} if chat_id is None else {"chat_id": chat_id}
        if self.rich:
            given["rich_message"] = {"html": self.html}
        else:
            given |= {"text": self.html, "parse_mode": "HTML", "link_preview_options": _preview(self.picture)}
        if self.silent:
            given["disable_notification"] = True
        if self.asks:
            given["reply_markup"] = {"force_reply": True}
        if self.buttons:
            given["reply_markup"] = _keyboard(self.buttons)
        return given


def _preview(picture: str | None) -> dict[str, object]:
    """The Bot API's LinkPreviewOptions. No link of a text is ever previewed by itself."""
    if picture is None:
        return {"is_disabled": True}
    return {"url": picture, "show_above_text": True, "prefer_large_media": True}


def _keyboard(buttons: Buttons) -> dict[str, object]:
    return {"inline_keyboard": [[button.as_parameter() for button in row] for row in buttons]}


def _check_text(html: str) -> None:
    raw_bytes = len(html.encode(errors="replace"))
    if raw_bytes > limits.MESSAGE.raw_bytes:
        raise InvalidMessage(f"the text takes {raw_bytes} bytes, {limits.MESSAGE.raw_bytes} are allowed")
    marked = parse(html).strip()
    if not visible(marked.text):
        raise InvalidMessage("a message without a visible character")
    taken = limits.size(marked)
    for what in ("length", "entities", "entity_bytes"):
        if getattr(taken, what) > getattr(limits.MESSAGE, what):
            raise InvalidMessage(f"{what} is {getattr(taken, what)}, allowed {getattr(limits.MESSAGE, what)}")


def _check_buttons(buttons: Buttons) -> None:
    if not buttons:
        return
    if sum(map(len, buttons)) > limits.MAX_BUTTONS:
        raise InvalidMessage(f"more than {limits.MAX_BUTTONS} buttons")
    if not all(1 <= len(row) <= limits.MAX_BUTTONS_IN_ROW for row in buttons):
        raise InvalidMessage(f"a row has 1-{limits.MAX_BUTTONS_IN_ROW} buttons")
    if len(json.dumps(_keyboard(buttons)).encode()) > limits.MAX_KEYBOARD_BYTES:
        raise InvalidMessage(f"the buttons take more than {limits.MAX_KEYBOARD_BYTES} bytes")
