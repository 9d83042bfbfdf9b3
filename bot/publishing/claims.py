"""The code by which a chat becomes the admin chat: made for the operator, and tried by whoever sends one."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.model import Language

LASTS = timedelta(minutes=15)
TRIES = 5  # of one person in a day
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look like others
_LENGTH = 12
_MOST = 10_000  # of all people in a day


class Chats(Protocol):
    """Where codes and the chat are kept."""

    async def offer(self, digest: str, until: datetime) -> None:
        """Let the code with this digest claim a chat until then, and no other."""

    async def claim(self, digest: str, chat_id: int, language: Language, now: datetime) -> bool:
        """Make a chat the admin chat if the code is good, which ends the code."""


async def new_code(chats: Chats, choose: Callable[[str], str], now: datetime) -> str:
    """A code that claims a chat, once, within :data:`LASTS`; those before it are void.

    Only its hash is kept. ``choose`` picks a letter at random.
    """
    letters = "".join(choose(_LETTERS) for _ in range(_LENGTH))
    await chats.offer(_digest(letters), now + LASTS)
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))


class Claims:
    """Tries codes. How often each person tried today is counted in this process alone."""

    def __init__(self, chats: Chats, now: Callable[[], datetime]) -> None:
        self._chats = chats
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

    async def claim(self, code: str, chat_id: int, language: Language) -> bool:
        """Make a chat the admin chat; False if the code is wrong, used or too old."""
        return await self._chats.claim(_digest(code), chat_id, language, self._now())


def _digest(code: str) -> str:
    """Of a code as it is typed: blanks, dashes and small letters do not matter."""
    typed = "".join(filter(str.isalnum, code.upper()))
    return hashlib.sha256(typed.encode()).hexdigest()
