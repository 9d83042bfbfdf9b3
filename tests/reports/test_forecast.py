"""How many messages an issue is, counted as they are sent: to one person, and where many read."""

from bot.model import Cut
from bot.reports.forecast import CutForecast


def test_groups_count_by_what_a_group_gets_and_who_wants_nothing_gets_nothing() -> None:
    cut = CutForecast(cut=Cut(), chats=10, messages=2, empty=True, unwanted=3, groups=2, group_messages=5)
    assert cut.total == (10 - 2 - 3) * 2 + 2 * 5
