"""A subscriber's choices as the columns of a row."""

from datetime import datetime

from bot.model import Cut, Destination, SubscriberState


def new_row(to: Destination, cut: Cut, now: datetime) -> dict[str, object]:
    """The row of a chat or thread that joins now."""
    return {
        "chat_id": to.chat,
        "thread": to.thread,
        "state": SubscriberState.ACTIVE,
        "joined_at": now,
        "updated_at": now,
        **columns_of(cut),
    }


def columns_of(cut: Cut) -> dict[str, str]:
    """The cut as the signature to plan with, which holds all of it, and what is searched by, in columns."""
    return {
        "language": cut.language,
        "mode": cut.mode,
        "topics": ",".join(cut.topics),
        "sections": ",".join(cut.sections),
        "cut": cut.signature,
    }
