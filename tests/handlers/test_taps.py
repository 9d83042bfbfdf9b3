"""A tap finds its handler by the name in the button's data, and no other."""

import pytest

from bot.handlers import BUTTONS
from bot.handlers.help import outdated
from bot.handlers.rights import Right
from bot.handlers.taps import Tapped, Taps
from bot.handlers.topic import follow
from bot.handlers.topics import turn

TAPS = Taps(handlers=BUTTONS, other=outdated)


def test_what_follows_the_first_colon_is_the_handlers() -> None:
    assert TAPS.find("follow:ai:2") == Tapped(follow, Right.ADMINISTRATORS, words="ai:2")
    assert TAPS.find("board:") == Tapped(turn, Right.EVERYBODY, words="")


@pytest.mark.parametrize("data", ["", "gone:1", "follow", "stop", "following:ai", ":ai", "claim:x"])
def test_a_button_that_the_bot_no_longer_has_is_out_of_date(data: str) -> None:
    assert TAPS.find(data)[:2] == (outdated, Right.EVERYBODY)


def test_a_command_that_decides_is_no_button_that_does() -> None:
    assert TAPS.find("topic:ai").right is Right.EVERYBODY
