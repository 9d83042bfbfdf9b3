"""Freed memory goes back to the system where the C library can give it."""

from bot.runtime.memory import give_back


def test_giving_back_memory_twice_does_no_harm() -> None:
    give_back()
    give_back()
