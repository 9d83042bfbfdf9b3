"""The dispatcher while it, Telegram's end, or both stand still for 5 to 60 ms again and again."""

from collections.abc import Callable, Iterable

import pytest

from tests.nightly import by_day
from tests.pacing.broadcast import Broadcast
from tests.pacing.counting import COUNTINGS
from tests.pacing.stalls import NONE, Stall, Stalls

MOST_REFUSED = 3 / 20_000
EVERY = 0.3  # seconds

Where = Callable[[int], tuple[Stalls, Stalls]]
WHERE: dict[str, Where] = {
    "loop": lambda seed: (Stalls(2 * seed, every=EVERY), NONE),
    "there": lambda seed: (NONE, Stalls(2 * seed + 1, every=EVERY)),
    "both": lambda seed: (Stalls(2 * seed, every=EVERY), Stalls(2 * seed + 1, every=EVERY)),
}

SEEDS = [1, 2, 3]
CASES = [
    *(("both", "window", seed) for seed in SEEDS),
    *(("both", counting, 1) for counting in COUNTINGS if counting != "window"),
    *((where, "window", 1) for where in ("loop", "there")),
]
by_counting = pytest.mark.parametrize("counting", COUNTINGS)
by_place = pytest.mark.parametrize("where", WHERE)


def stalling(
    *,
    rate: int,
    seed: int,
    where: str = "both",
    limit: int | None = None,
    counting: str = "window",
    chats: Iterable[int] | None = None,
    lockout: float = 0.0,
) -> Broadcast:
    loop, there = WHERE[where](seed)
    return Broadcast(
        believed=rate,
        limit=limit or rate,
        seed=seed,
        chats=chats,
        counting=COUNTINGS[counting],
        loop=loop,
        there=there,
        lockout=lockout,
    )


def most_refused(broadcast: Broadcast) -> int:
    """Three of twenty thousand, and of fewer as many fewer."""
    return int(MOST_REFUSED * len(broadcast.server.taken))


@pytest.mark.parametrize(
    ("where", "counting", "seed"), by_day(2, CASES, "two ways of Telegram's counting are tried by day")
)
async def test_with_stalls_96_percent_of_thirty_a_second_are_used(
    where: str, counting: str, seed: int
) -> None:
    broadcast = stalling(rate=30, seed=seed, where=where, counting=counting)
    await broadcast.run(62.0)
    assert broadcast.share(2.0, 62.0) >= 0.96
    assert len(broadcast.server.refused) <= most_refused(broadcast)


@pytest.mark.parametrize(
    ("where", "counting", "seed"), by_day(2, CASES, "two ways of Telegram's counting are tried by day")
)
async def test_with_stalls_96_percent_of_a_thousand_a_second_are_used(
    where: str, counting: str, seed: int
) -> None:
    broadcast = stalling(rate=1000, seed=seed, where=where, counting=counting)
    await broadcast.run(7.0)
    assert broadcast.share(2.0, 7.0) >= 0.96
    assert len(broadcast.server.refused) <= most_refused(broadcast)


@pytest.mark.parametrize("ways", [(0.0005, 0.05), (0.02, 0.03)])
@pytest.mark.parametrize("until", [0.0, 0.03, 0.06, 0.1])
async def test_when_the_first_messages_are_held_up_on_their_way_no_later_one_is_refused(
    until: float, ways: tuple[float, float]
) -> None:
    there = Stall(begins=0.0, ends=until)
    broadcast = Broadcast(believed=1000, limit=1000, there=there, chats=range(1, 1400), ways=lambda: ways)
    await broadcast.run(1.3)
    assert broadcast.server.refused == []


@by_place
async def test_with_stalls_groups_get_their_twenty_a_minute_and_slow_nobody(where: str) -> None:
    chats = [*range(-8, 0), *range(1, 73)]
    broadcast = stalling(rate=30, seed=1, where=where, chats=chats)
    await broadcast.run(122.0)
    assert broadcast.share(2.0, 122.0) >= 0.96
    assert broadcast.server.refused == []
    for group in range(-8, 0):
        assert sum(chat == group for _, chat in broadcast.server.taken) >= 2 * 20


async def test_with_stalls_a_tenth_of_many_chats_being_groups_slow_nobody() -> None:
    broadcast = stalling(rate=200, seed=1, chats=[*range(-30, 0), *range(1, 271)])
    await broadcast.run(32.0)
    assert broadcast.share(22.0, 32.0) >= 0.96  # the groups have had their twenty, and wait
    assert broadcast.server.refused == []


@by_counting
async def test_with_stalls_what_telegram_asks_to_wait_is_kept_in_full(counting: str) -> None:
    broadcast = stalling(rate=30, limit=20, seed=1, counting=counting, lockout=5.0)
    await broadcast.run(60.0)
    assert broadcast.pauses
    for at, seconds in broadcast.pauses:
        assert not any(at < left < at + seconds for left, _ in broadcast.went)
    for refusal in broadcast.refusals:
        ends = refusal.at + refusal.after
        assert not any(refusal.at < left < ends for left, chat in broadcast.went if chat == refusal.chat_id)


@pytest.mark.parametrize(
    ("counting", "least"), [("window", 0.92), ("calendar", 0.92), ("bucket", 0.92), ("small bucket", 0.7)]
)
async def test_with_stalls_a_limit_of_twenty_is_found_where_thirty_were_believed(
    counting: str, least: float
) -> None:
    broadcast = stalling(rate=30, limit=20, seed=1, counting=counting)
    assert await broadcast.share_used(60.0) >= least
    assert len(broadcast.server.refused) <= 15
