"""What Telegram says of the bot when it is asked and nothing is changed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.errors import ChatGone, Uncertain
from bot.telegram_api.client import Client
from bot.telegram_api.failures import done
from bot.telegram_api.transport import Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookState:
    """Where Telegram brings updates, "" if nowhere; how many wait, and what went wrong last, if anything."""

    url: str
    waiting: int
    failed_at: datetime | None
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The bot as Telegram knows it.

    ``clock_ahead``: by how many seconds this machine's clock is ahead of Telegram's, so far as the way
    there lets one tell; None if Telegram does not say what time it is. ``strangers`` are those of the chats
    that were asked about which the bot may not write to, as people who never wrote to it.
    """

    id: int
    name: str
    username: str
    inline: bool
    joins_groups: bool
    reads_groups: bool
    webhook: WebhookState
    clock_ahead: float | None
    strangers: frozenset[int] = frozenset()


async def ask_account(client: Client, now: Callable[[], datetime], chats: Collection[int] = ()) -> Account:
    """Ask with a client that is not open yet, also about some ``chats``.

    Raises SendError, or BadInput for an unknown token.
    """
    try:
        return await _asked(client, now, chats)
    except (TypeError, KeyError, ValueError):  # another program's JSON, as the library meets it
        raise Uncertain("the answer is not from the Bot API") from None


async def _asked(client: Client, now: Callable[[], datetime], chats: Collection[int]) -> Account:
    asked = now()
    async with client:
        answered, me = now(), client.bot
        date = client.request.date if isinstance(client.request, Transport) else None
        info = await done(client.get_webhook_info())
        strangers = frozenset([chat for chat in chats if await _is_stranger(client, chat)])
    return Account(
        id=me.id,
        name=me.first_name,
        username=me.username or "",
        inline=bool(me.supports_inline_queries),
        joins_groups=bool(me.can_join_groups),
        reads_groups=bool(me.can_read_all_group_messages),
        webhook=WebhookState(
            url=info.url if info else "",
            waiting=info.pending_update_count if info else 0,
            failed_at=info.last_error_date if info else None,
            failure=(info.last_error_message if info else None) or "",
        ),
        clock_ahead=_ahead(date, asked, answered),
        strangers=strangers,
    )


async def _is_stranger(client: Client, chat_id: int) -> bool:
    try:
        await done(client.get_chat(chat_id))
    except ChatGone:
        return True
    return False


def _ahead(date: str | None, asked: datetime, answered: datetime) -> float | None:
    """By how much the clock is ahead at least: Telegram told its time, in whole seconds, in between."""
    try:
        told = parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return None
    if told > answered.timestamp():
        return answered.timestamp() - told
    return max(0.0, asked.timestamp() - (told + 1))
