"""The code by which a chat gets a role: made for the operator, and tried by whoever sends one."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.model import ChatRole, Language

LASTS = timedelta(minutes=15)
TRIES = 5  # of one person in a day
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look like others
_LENGTH = 12
_MOST = 10_000  # of all people in a day


class Chats(Protocol):
    """Where the codes and the chat of one role are kept."""

    role: ChatRole

    async def offer(self, digest: str, until: datetime) -> None:
        """Let the code with this digest claim the role until then, and no other."""

    async def claim(self, digest: str, chat_id: int, language: Language, now: datetime) -> bool:
        """Give a chat the role if the code is good, which ends the code."""


async def new_code(chats: Chats, choose: Callable[[str], str], now: datetime) -> str:
    """A code that claims a role, once, within :data:`LASTS`; those before it are void.

    Only its hash is kept. ``choose`` picks a letter at random.
    """
    letters = "".join(choose(_LETTERS) for _ in range(_LENGTH))
    await chats.offer(_digest(letters), now + LASTS)
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))


class Claims:
    """Tries codes for the roles that are to be had.

    How often each person tried today is counted in this process alone.
    """

    def __init__(self, free: Sequence[Chats], now: Callable[[], datetime]) -> None:
        self.free = free
        self._now = now
        self._day: date | None = None
        self._tries: Counter[int] = Counter()

    def may_try(self, person: int) -> bool:
        """Whether this person may try another code today; counts it."""
        if self._day != self._now().date():
            self._day = self._now().date()
            self._tries.clear()
        if self._tries[person] >= TRIES or self._tries.total() >= _MOST:
            return False
        self._tries[person] += 1
        return True

    async def claim(self, code: str, chat_id: int, language: Language) -> ChatRole | None:
        """Give a chat the role that the code is for, and return it; None if it is wrong, used or too old."""
        for chats in self.free:
            if await chats.claim(_digest(code), chat_id, language, self._now()):
                return chats.role
        return None


def _digest(code: str) -> str:
    """Of a code as it is typed: blanks, dashes and small letters do not matter."""
    typed = "".join(filter(str.isalnum, code.upper()))
    return hashlib.sha256(typed.encode()).hexdigest()
