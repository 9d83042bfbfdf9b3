import asyncio
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacing import SLACK, Pacing
from tests.delivering.clock import VirtualClock


class Road:
    """Pacing on a virtual clock, and a note of when who went."""

    def __init__(self, rate: float = 30, per_chat: float = 1.0, late: float = 0.0) -> None:
        self.clock = VirtualClock()
        self._late = late
        self.pacing = Pacing(rate=rate, per_chat=per_chat, now=self.clock.now, sleep=self._sleep)
        self.went: list[tuple[float, int]] = []

    async def _sleep(self, seconds: float) -> None:
        await self.clock.sleep(seconds + self._late)

    async def go(self, chat_id: int, *, urgent: bool = False, after: float = 0.0) -> None:
        if after:
            await self.clock.sleep(after)
        await self.pacing.turn(chat_id, urgent=urgent)
        self.went.append((self.clock.now(), chat_id))

    async def all(self, *arrivals: tuple[int, float]) -> None:
        await asyncio.gather(*(self.go(chat_id, after=after) for chat_id, after in arrivals))

    def gaps(self, chat_id: int) -> list[float]:
        times = [at for at, chat in self.went if chat == chat_id]
        return [later - earlier for earlier, later in pairwise(times)]

    def most_within(self, seconds: float) -> int:
        times = [at for at, _ in self.went]
        return max(sum(start <= at < start + seconds for at in times) for start in times)


arrivals = st.lists(st.tuples(st.integers(0, 12), st.floats(0, 3, allow_nan=False)), min_size=1, max_size=60)


@given(
    arrivals=arrivals,
    rate=st.integers(1, 200),
    per_chat=st.floats(0, 2),
    late=st.floats(0, 0.02),
)
@settings(max_examples=60, deadline=None)
async def test_no_second_holds_more_than_the_rate_and_no_chat_is_written_to_too_soon(
    arrivals: list[tuple[int, float]], rate: int, per_chat: float, late: float
) -> None:
    road = Road(rate, per_chat, late)
    await road.clock.run(road.all(*arrivals))
    assert len(road.went) == len(arrivals)
    assert road.most_within(1.0) <= rate
    for chat_id in range(13):
        assert all(gap >= per_chat - 1e-6 for gap in road.gaps(chat_id))


async def test_the_rate_is_used_up_to_its_share_even_when_wake_ups_are_late() -> None:
    road = Road(rate=30, late=0.004)
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(300))))
    assert 300 / (30 * 0.97) - 1 < road.clock.now() < 300 / (30 * 0.97) * 1.02


async def test_a_thousand_a_second_can_be_reached() -> None:
    road = Road(rate=1000, late=0.001)
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(2000))))
    assert road.clock.now() < 2000 / 970 * 1.02
    assert road.most_within(1.0) <= 1 + (1 + SLACK) * 970


async def test_a_chat_that_must_rest_holds_up_nobody_else() -> None:
    road = Road(rate=30, per_chat=5.0)
    await road.clock.run(road.all((1, 0.0), (1, 0.0), (2, 0.0), (3, 0.0)))
    assert [chat for _, chat in road.went] == [1, 2, 3, 1]
    assert road.went[2][0] < 0.1


async def test_a_reply_goes_before_a_broadcast_that_waits() -> None:
    road = Road(rate=1, per_chat=0)

    async def everybody() -> None:
        await asyncio.gather(*(road.go(chat_id) for chat_id in (1, 2, 3)), road.go(9, urgent=True, after=0.5))

    await road.clock.run(everybody())
    assert [chat for _, chat in road.went] == [1, 9, 2, 3]


async def test_who_gives_up_waiting_costs_no_turn() -> None:
    road = Road(rate=1, per_chat=0)

    async def one_gives_up() -> None:
        await road.go(1)
        waiting = asyncio.create_task(road.go(2))
        await road.clock.sleep(0.1)
        waiting.cancel()
        await road.go(3)

    await road.clock.run(one_gives_up())
    assert [chat for _, chat in road.went] == [1, 3]
    assert road.clock.now() < 1.1


async def test_a_first_message_does_not_wait() -> None:
    road = Road()
    await road.clock.run(road.go(1))
    assert road.clock.now() == 0.0
