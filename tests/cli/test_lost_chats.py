"""A chat with a role that put the bot out is told of wherever an operator looks, with what to do."""

import pytest

from bot.storage.role_chats import RoleChats
from tests.builders import NOON
from tests.cli.conftest import Run
from tests.cli.ledger import Ledger, change

GROUP = -4001
ROLES = pytest.mark.parametrize(
    ("role", "words"),
    [
        ("admin", "the admin chat put the bot out on 2026-03-02 12:00 UTC, so nobody is told what matters"),
        ("editors", "the editors' chat put the bot out on 2026-03-02 12:00 UTC, so nobody is asked there"),
    ],
)


def chats_of(ledger: Ledger, role: str) -> RoleChats:
    return ledger.storage.admin_chats if role == "admin" else ledger.storage.editors_chats


@pytest.fixture
def lost(jianbao: Run, role: str) -> None:
    """The group that had claimed the role put the bot out."""
    assert jianbao("migrate").code == 0

    async def lose(ledger: Ledger) -> None:
        chats = chats_of(ledger, role)
        await chats.offer("digest", NOON)
        assert await chats.claim("digest", GROUP, "en", NOON)
        assert await chats.lose(GROUP, None, NOON)

    change(lose)


@ROLES
@pytest.mark.usefixtures("lost")
def test_it_is_told_with_what_to_do_until_another_is_claimed_or_it_is_forgotten(
    jianbao: Run, role: str, words: str
) -> None:
    do = f"jianbao {role} code makes a code for another"
    assert f"LOST: {words}; {do}\n" in jianbao("status").out
    assert jianbao("status", "--format", "json").json["lost_chats"] == {role: NOON.isoformat()}
    assert f"{words}; {do}\n" in jianbao(role, "show").out
    assert words in jianbao("doctor").out
    assert jianbao(role, "forget").code == 0
    assert "LOST" not in jianbao("status").out


@ROLES
@pytest.mark.usefixtures("lost")
def test_another_that_is_claimed_takes_its_place(jianbao: Run, role: str, words: str) -> None:
    async def claim(ledger: Ledger) -> None:
        chats = chats_of(ledger, role)
        await chats.offer("digest", NOON)
        assert await chats.claim("digest", GROUP, "en", NOON)

    change(claim)
    assert words not in jianbao("status").out
    assert jianbao("status", "--format", "json").json["lost_chats"] == {}


@pytest.mark.parametrize("role", ["admin", "editors"])
def test_of_one_that_the_settings_name_it_is_told_to_let_the_bot_in(
    jianbao: Run, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jianbao("migrate").code == 0
    monkeypatch.setenv(f"JIANBAO_{role.upper()}__CHAT", str(GROUP))

    async def lose(ledger: Ledger) -> None:
        assert await chats_of(ledger, role).lose(GROUP, GROUP, NOON)

    change(lose)
    assert f"{GROUP} put the bot out on 2026-03-02 12:00 UTC" in jianbao("status").out
    assert jianbao("status").out.count("; let the bot in again") == 1
