"""What goes to a channel: nothing that only its administrators could tap, and a way to all that it names."""

from dataclasses import replace

import pytest

from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.job import as_rendered
from bot.messages import Button, Message
from bot.messages.wording import Wording
from bot.model import Channel, Cut, Delivery, Purpose
from tests.delivery.world import SLUG, edition

CHANNEL = -1001002004
EARLIER = Message("Came out before", ((Button("2026-02-23", data="issue:2026-02-23"),),))
NAMED = replace(edition("1/1"), messages=(EARLIER,))


class Channels:
    """One channel, with the buttons or without."""

    def __init__(self, *, buttons: bool) -> None:
        self._channel = Channel(chat_id=CHANNEL, title="Digest", buttons=buttons)

    async def get(self, chat_id: int) -> Channel | None:
        return self._channel if chat_id == CHANNEL else None


async def posted(chat_id: int, *, buttons: bool) -> Message:
    """What becomes of a message that names an earlier issue."""
    make = ChannelPosts(
        as_rendered,
        Channels(buttons=buttons),
        Wording(),
        issue_link=lambda slug: f"https://t.me/bot?start=issue_{slug}",
        now=lambda: 0.0,
    )
    row = Delivery(issue_slug=SLUG, chat_id=chat_id, purpose=Purpose.PUSH, cut=Cut())
    (message,) = (await make(row, NAMED)).messages
    return message


@pytest.mark.parametrize("buttons", [False, True])
async def test_an_issue_that_a_post_names_opens_where_one_person_reads_it(*, buttons: bool) -> None:
    post = await posted(CHANNEL, buttons=buttons)
    assert post.buttons == ((Button("2026-02-23", url="https://t.me/bot?start=issue_2026-02-23"),),)


async def test_elsewhere_the_button_asks_the_bot_for_it() -> None:
    assert (await posted(-1, buttons=False)) == EARLIER
