"""The code of a chat with a role: typed as people type, and tried only so often a day."""

from datetime import datetime, timedelta
from itertools import cycle

from bot.model import ChatRole
from bot.publishing.claims import TRIES, Claims, new_code
from tests.builders import NOON

ADA, LIN = 1002, 1001


class Chats:
    role = ChatRole.EDITORS

    def __init__(self) -> None:
        self.digest = ""
        self.until = NOON

    async def offer(self, digest: str, until: datetime) -> None:
        self.digest, self.until = digest, until

    async def claim(self, digest: str, *_: object) -> bool:
        return digest == self.digest


async def test_a_code_may_be_typed_in_small_letters_and_without_dashes_and_is_kept_as_a_hash() -> None:
    chats, letters = Chats(), cycle("ABCD2345")
    code = await new_code(chats, lambda _: next(letters), NOON)
    assert code == "ABCD-2345-ABCD"
    assert chats.digest != code
    assert chats.until == NOON + timedelta(minutes=15)
    claims = Claims((chats,), lambda: NOON)
    for typed in (code, "abcd2345abcd", " ABCD 2345 abcd "):
        assert await claims.claim(typed, ADA, "en") is ChatRole.EDITORS
    assert not await claims.claim("ABCD-2345-ABCE", ADA, "en")


async def test_each_person_may_try_so_often_a_day() -> None:
    moments = [NOON]
    claims = Claims((Chats(),), lambda: moments[-1])
    assert [claims.may_try(ADA) for _ in range(TRIES + 1)] == [True] * TRIES + [False]
    assert claims.may_try(LIN)
    moments.append(NOON + timedelta(days=1))
    assert claims.may_try(ADA)
