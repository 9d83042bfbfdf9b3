"""What goes to a channel: posts that link to each other, without buttons unless they are wanted."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.delivery.job import Finish
from bot.delivery.reconcile import Posts, RenderedIssue
from bot.messages.posts import plain_post, with_issues_opened
from bot.messages.wording import Wording
from bot.model import Channel, Delivery

FRESH = 2.0  # seconds for which the database is not asked again for a channel
_KEPT = 1000


class Channels(Protocol):
    """What is known of channels."""

    async def get(self, chat_id: int) -> Channel | None: ...


class ChannelPosts:
    """Makes posts of what ``finish`` makes of a delivery. ``now`` is a monotonic clock in seconds.

    ``issue_link`` is the address that sends an issue to whoever opens it, in their private chat: a button
    that asks the bot for it would answer administrators alone.
    """

    def __init__(
        self,
        finish: Finish,
        channels: Channels,
        wording: Wording,
        *,
        issue_link: Callable[[str], str | None],
        now: Callable[[], float],
    ) -> None:
        self._finish = finish
        self._issue_link = issue_link
        self._channels = channels
        self._wording = wording
        self._now = now
        self._known: OrderedDict[int, tuple[float, Channel | None]] = OrderedDict()

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue) -> RenderedIssue:
        """The same messages for all chats but channels."""
        finished = await self._finish(delivery, rendered)
        channel = await self._channel(delivery.chat_id) if delivery.chat_id < 0 else None
        if channel is None:
            return finished
        messages = tuple(with_issues_opened(one, self._issue_link) for one in finished.messages)
        if not channel.buttons:
            messages = tuple(map(plain_post, messages))
        up = self._wording.label("up_to_contents", delivery.cut.language)
        return replace(finished, messages=messages, posts=Posts(channel=channel, up=up))

    async def _channel(self, chat_id: int) -> Channel | None:
        at, channel = self._known.pop(chat_id, (-FRESH, None))
        if self._now() - at >= FRESH:
            at, channel = self._now(), await self._channels.get(chat_id)
        self._known[chat_id] = (at, channel)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return channel
