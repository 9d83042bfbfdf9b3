"""The dispatcher against a Telegram that counts: sliding windows of a second, over all and for each chat."""

import pytest

from tests.pacing.broadcast import Broadcast


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_of_thirty_a_second_96_percent_are_used_and_no_429_is_met(seed: int) -> None:
    broadcast = Broadcast(believed=30, limit=30, seed=seed)
    assert await broadcast.share_used(60.0) >= 0.96
    assert broadcast.server.refused == []


async def test_where_only_twenty_are_taken_95_percent_of_them_are_used_with_few_429s() -> None:
    broadcast = Broadcast(believed=30, limit=20)
    assert await broadcast.share_used(600.0) >= 0.95
    assert len(broadcast.server.refused) <= 25
    assert broadcast.dispatcher.report.limit < 22


async def test_where_each_429_locks_the_bot_out_for_five_seconds_85_percent_are_used() -> None:
    broadcast = Broadcast(believed=30, limit=20, lockout=5.0)
    assert await broadcast.share_used(600.0) >= 0.85
    assert len(broadcast.server.refused) <= 30


async def test_one_429_of_a_chat_costs_that_chat_a_second_and_the_others_nothing() -> None:
    broadcast = Broadcast(believed=30, limit=30)
    broadcast.server.refuse_next(5)
    assert await broadcast.share_used(20.0) >= 0.95
    assert [chat for _, chat in broadcast.server.refused] == [5]
    assert broadcast.dispatcher.report.limit == 30
