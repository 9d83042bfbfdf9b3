"""Who the bot is, as Telegram says at the start: its links, and whether it may be asked in other chats."""

import re
from dataclasses import dataclass

from bot.model import ItemRef

#: Telegram takes this behind ``start=`` (https://core.telegram.org/bots/features#deep-linking).
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
ITEM, ISSUE, TOPIC = "item_", "issue_", "topic_"
LINKS = (ITEM, ISSUE, TOPIC)  #: how what a link names begins


@dataclass(slots=True)
class Identity:
    """Set once Telegram was reached; without a name there are no links."""

    username: str = ""
    user_id: int = 0
    inline: bool = False

    def link(self, payload: str) -> str | None:
        """The address that opens the bot with a payload; None if Telegram would not take it."""
        if not self.username or not _PAYLOAD.fullmatch(payload):
            return None
        return f"https://t.me/{self.username}?start={payload}"

    def opens(self, ref: ItemRef) -> str | None:
        """The address that opens an item and does nothing else; None if Telegram would not take it."""
        return self.link(item_payload(ref))

    def item_link(self, ref: ItemRef) -> str | None:
        """The address that opens an item, or at least its issue."""
        return self.opens(ref) or self.issue_link(ref.issue_slug)

    def issue_link(self, slug: str) -> str | None:
        """The address that sends an issue to who opens it; None if Telegram would not take it."""
        return self.link(f"{ISSUE}{slug}")


def item_payload(ref: ItemRef) -> str:
    """What names an item behind ``start=``, and in an inline query."""
    return f"{ITEM}{ref.issue_slug}_{ref.item_id}"


def item_refs(payload: str) -> tuple[ItemRef, ...]:
    """The items that a payload may mean: an id may hold what parts it from the issue."""
    named = payload.removeprefix(ITEM)
    places = [place for place, char in enumerate(named) if char == "_"]
    return tuple(ItemRef(issue_slug=named[:place], item_id=named[place + 1 :]) for place in reversed(places))
