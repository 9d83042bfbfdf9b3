"""What should be on top of a channel comes there; who set it up is told once where it may not."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from bot.delivery.changed_chats import ChangedChats
from bot.errors import ChatClosed, ChatGone, MessageRefused, SendError, StoreBusy, TryLater, Uncertain
from bot.model import Channel
from bot.runtime.channel_pins import ChannelPins
from bot.storage.pins import PinChange
from tests.waiting import until

CHANNEL, OTHER, LIN = -1001002004, -1001002005, 1001
REFUSED = ChatClosed("not enough rights to manage pinned messages in the chat")


@dataclass
class Pins:
    """What the database says: ``wanted`` by channel, against what was noted."""

    wanted: dict[int, int | None]
    channels: dict[int, Channel] = field(default_factory=dict)
    host: int | None = LIN
    is_away: bool = False

    async def due(self, chats: frozenset[int] | None = None) -> tuple[PinChange, ...]:
        if self.is_away:
            raise StoreBusy("locked")
        known = [self.channel(one) for one in self.wanted if chats is None or one in chats]
        return tuple(
            PinChange(channel=one, wanted=self.wanted[one.chat_id], host=self.host)
            for one in known
            if one.pinned != self.wanted[one.chat_id]
        )

    async def note(self, chat_id: int, message_id: int | None) -> None:
        self.channels[chat_id] = replace(self.channel(chat_id), pinned=message_id, may_not_pin=False)

    async def refused(self, chat_id: int) -> bool:
        known = self.channel(chat_id)
        self.channels[chat_id] = replace(known, may_not_pin=True)
        return not known.may_not_pin

    async def untold(self, chat_id: int) -> None:
        self.channels[chat_id] = replace(self.channel(chat_id), may_not_pin=False)

    def channel(self, chat_id: int) -> Channel:
        return self.channels.setdefault(chat_id, Channel(chat_id=chat_id, title="B", pins=True))


@dataclass
class Telegram:
    """What is on top of the chats, by the calls that came."""

    calls: list[tuple[str, int, int]] = field(default_factory=list)
    faults: dict[str, BaseException] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)

    async def pin(self, chat_id: int, message_id: int) -> None:
        self._do("pin", chat_id, message_id)

    async def unpin(self, chat_id: int, message_id: int) -> None:
        self._do("unpin", chat_id, message_id)

    async def tell(self, host: int, channel: Channel) -> None:
        assert channel.chat_id == CHANNEL
        if error := self.faults.get("tell"):
            raise error
        self.told.append(host)

    def _do(self, name: str, chat_id: int, message_id: int) -> None:
        if error := self.faults.get(name):
            raise error
        self.calls.append((name, chat_id, message_id))


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


def made(pins: Pins, telegram: Telegram) -> ChannelPins:
    return ChannelPins(pins, telegram, telegram.tell, ChangedChats())


async def test_the_new_one_comes_on_top_before_the_one_before_is_taken_down(telegram: Telegram) -> None:
    pins = Pins({CHANNEL: 11})
    assert await made(pins, telegram).look()
    pins.wanted[CHANNEL] = 21
    assert await made(pins, telegram).look()
    assert telegram.calls == [("pin", CHANNEL, 11), ("pin", CHANNEL, 21), ("unpin", CHANNEL, 11)]
    pins.wanted[CHANNEL] = None
    assert await made(pins, telegram).look()
    assert await made(pins, telegram).look()
    assert telegram.calls[3:] == [("unpin", CHANNEL, 21)]


@pytest.mark.parametrize("killed_at", ["pin", "unpin"])
async def test_a_process_that_is_killed_between_two_calls_leaves_it_to_the_next(
    telegram: Telegram, killed_at: str
) -> None:
    pins = Pins({CHANNEL: 21})
    await pins.note(CHANNEL, 11)
    telegram.faults[killed_at] = asyncio.CancelledError()
    with pytest.raises(asyncio.CancelledError):
        await made(pins, telegram).look()
    telegram.faults.clear()
    assert await made(pins, telegram).look()
    assert telegram.calls[-2:] == [("pin", CHANNEL, 21), ("unpin", CHANNEL, 11)]
    assert pins.channel(CHANNEL).pinned == 21


async def test_a_right_that_is_missing_is_told_once_and_keeps_nobody_else(telegram: Telegram) -> None:
    pins = Pins({CHANNEL: 11})
    telegram.faults["pin"] = REFUSED
    for _ in range(2):
        assert await made(pins, telegram).look()
    assert telegram.told == [LIN]
    telegram.faults.clear()
    assert await made(pins, telegram).look()
    assert telegram.calls == [("pin", CHANNEL, 11)]
    pins.wanted[CHANNEL] = 21
    telegram.faults["pin"] = REFUSED
    assert await made(pins, telegram).look()
    assert telegram.told == [LIN, LIN]


async def test_where_nobody_set_it_up_nobody_is_told(telegram: Telegram) -> None:
    telegram.faults["pin"] = REFUSED
    assert await made(Pins({CHANNEL: 11}, host=None), telegram).look()
    assert telegram.told == []


@pytest.mark.parametrize("error", [TryLater("429", after=60), Uncertain("no answer")])
async def test_what_telegram_does_not_take_now_is_tried_later_and_others_are_served(
    telegram: Telegram, error: SendError
) -> None:
    pins = Pins({CHANNEL: 11})
    telegram.faults["pin"] = error
    assert not await made(pins, telegram).look()
    telegram.faults.clear()
    assert await made(pins, telegram).look()
    assert telegram.calls == [("pin", CHANNEL, 11)]


async def test_a_host_who_cannot_be_told_now_is_told_later_and_one_who_never_can_is_left(
    telegram: Telegram,
) -> None:
    pins = Pins({CHANNEL: 11})
    telegram.faults = {"pin": REFUSED, "tell": TryLater("429", after=60)}
    assert not await made(pins, telegram).look()
    telegram.faults["tell"] = ChatGone("bot was blocked by the user", blocked=True)
    assert await made(pins, telegram).look()
    del telegram.faults["tell"]
    assert await made(pins, telegram).look()
    assert telegram.told == []


async def test_a_post_that_somebody_deleted_is_not_tried_again(telegram: Telegram) -> None:
    pins = Pins({CHANNEL: 11})
    telegram.faults["pin"] = MessageRefused("message to pin not found")
    assert await made(pins, telegram).look()
    telegram.faults.clear()
    assert await made(pins, telegram).look()
    assert telegram.calls == []


async def test_what_is_taken_down_already_is_no_trouble(telegram: Telegram) -> None:
    pins = Pins({CHANNEL: 21})
    await pins.note(CHANNEL, 11)
    telegram.faults["unpin"] = MessageRefused("message to unpin not found")
    assert await made(pins, telegram).look()
    assert pins.channel(CHANNEL).pinned == 21


async def test_all_channels_are_looked_at_in_the_beginning_and_then_those_where_something_happened() -> None:
    pins, telegram, changed = Pins({CHANNEL: 11, OTHER: 12}), Telegram(), ChangedChats()
    work = asyncio.create_task(ChannelPins(pins, telegram, telegram.tell, changed, rest=0).run())
    await seen(telegram, 2)
    pins.wanted = {CHANNEL: 21, OTHER: 22}
    changed.note(LIN)
    changed.note(CHANNEL)
    await seen(telegram, 4)
    work.cancel()
    assert telegram.calls[2:] == [("pin", CHANNEL, 21), ("unpin", CHANNEL, 11)]


async def test_a_database_that_is_away_is_asked_again() -> None:
    pins, telegram = Pins({CHANNEL: 11}, is_away=True), Telegram()
    work = asyncio.create_task(
        ChannelPins(pins, telegram, telegram.tell, ChangedChats(), rest=0, again=0.001).run()
    )
    await asyncio.sleep(0)
    pins.is_away = False
    await seen(telegram, 1)
    work.cancel()


async def seen(telegram: Telegram, calls: int) -> None:
    """Until so many calls have come."""

    async def is_so() -> bool:
        return len(telegram.calls) >= calls

    await until(is_so)
