"""What is known of a channel besides its subscription."""

from dataclasses import dataclass

_SHARED = "-100"  # how the ids of channels begin, which links leave out


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """``username`` is that of a public channel. ``pins``: the contents of the newest issue are put on top.

    ``buttons``: the buttons stand under its posts, of which only some are for everybody. ``pinned`` is the
    post that the bot put on top. ``may_not_pin``: Telegram refused that, and who set it up was told.
    """

    chat_id: int
    title: str
    username: str | None = None
    pins: bool = False
    buttons: bool = False
    pinned: int | None = None
    may_not_pin: bool = False

    def link_to(self, message_id: int) -> str:
        """The address of a post."""
        inside = f"c/{str(self.chat_id).removeprefix(_SHARED)}"
        return f"https://t.me/{self.username or inside}/{message_id}"
