"""Who may do what in the editors' chat: every button there is, by everybody who could try."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from bot.handlers import BUTTONS, COMMANDS, EDITORS_BUTTONS
from bot.model import EDITION, ChatRole, IssueRecord, IssueState
from bot.runtime.clock import utc_now
from bot.storage.desk_messages import DeskKind, DeskMessage
from tests.nightly import nightly
from tests.security.forging import (
    ADMINISTERS,
    INTRUDES,
    IS_MEMBER,
    IS_STRANGE,
    OWNS,
    WATCHES,
    Actor,
    damaged,
)
from tests.security.room import ADMINISTRATOR, EDITOR, Room, make_room

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEWSROOM, CARD = -1005, 9  # forged taps are under message 9
SLUG = "2999-01-04"
CHECKSUM = "c" * 64
SHOWN = CHECKSUM[:EDITION]

EDITS = Actor(who=EDITOR, chat=NEWSROOM, kind="supergroup")
WAS_PUT_OUT = replace(EDITS, who=704)
OTHERS = (
    *(WAS_PUT_OUT, replace(WAS_PUT_OUT, who=ADMINISTRATOR), replace(EDITS, chat=-1006)),
    *(replace(EDITS, kind="channel"), replace(EDITS, chat=EDITOR, kind="private")),
    *(OWNS, INTRUDES, IS_STRANGE, IS_MEMBER, ADMINISTERS, WATCHES),
    replace(IS_STRANGE, chat=NEWSROOM),
)
#: What a button changes where it is tapped by an editor, in an order in which each has something to do.
DEEDS = {"approve": "approvals", "halt": "holds", "release": "holds", "pushed": "issues"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(tmp_path_factory: pytest.TempPathFactory, sqlite_file: Path) -> AsyncIterator[Room]:
    """A room whose editors' chat has the card of a draft, as other chats seem to have."""
    folder = tmp_path_factory.mktemp("editors")
    async with make_room(folder, Path(shutil.copy(sqlite_file, folder))) as made:
        now, chats = utc_now(), made.storage.editors_chats
        assert chats.role is ChatRole.EDITORS
        await chats.offer("digest", now)
        assert await chats.claim("digest", NEWSROOM, "zh", now)
        record = IssueRecord(
            slug=SLUG,
            title="简报",
            date=date(2999, 1, 4),
            checksum=CHECKSUM,
            state=IssueState.WAITING,
            found_at=now,
            published_at=None,
        )
        await made.storage.issues.add(record, "# 简报\n\n## 论文\n\n- [x](https://example.com/x)\n")
        for chat in {NEWSROOM, *(one.chat for one in OTHERS)}:
            card = DeskMessage(chat_id=chat, message_id=CARD, kind=DeskKind.CARD, about=SLUG, at=now)
            await made.storage.desk_messages.put(card)
        yield made


async def changed(room: Room, actor: Actor, verb: str, words: str) -> set[str]:
    """The tables that a tap changes."""
    before = room.rows()
    await room.gets(actor.taps(f"{verb}:{words}"))
    return {table for table, *_ in before ^ room.rows()}


async def test_no_button_of_editors_is_one_of_readers() -> None:
    assert not EDITORS_BUTTONS.keys() & (BUTTONS.keys() | COMMANDS.keys())


@pytest.mark.parametrize("verb", EDITORS_BUTTONS)
@pytest.mark.parametrize("actor", OTHERS)
async def test_no_button_of_a_card_does_anything_for_anybody_but_an_editor(
    room: Room, actor: Actor, verb: str
) -> None:
    """In the chat, elsewhere, forged or under a forwarded card: a line says whom it is for, if at all."""
    before = room.rows()
    calls = await room.gets(actor.taps(f"{verb}:{SHOWN}"))
    assert room.rows() == before
    asked = [call for call in calls if call.method != "getChatMember"]
    assert [call.method for call in asked] in ([], ["answerCallbackQuery"])
    assert all("只对编辑聊天里的编辑有效" in call.given["text"] for call in asked)


@nightly("every button is tried by day, as everybody")
async def test_no_button_fails_or_decides_whatever_is_made_of_its_data(room: Room) -> None:
    """Nor of a text that is not the one that the card shows."""
    for verb in EDITORS_BUTTONS:
        for words in (*damaged(SHOWN), "d" * EDITION):
            assert await changed(room, EDITS, verb, words) <= (
                {"holds"} if verb in ("halt", "release") else set()
            )
            await room.storage.holds.release(SLUG)
    assert room.logged == []


async def test_an_editor_decides_once_each_and_only_by_a_card(room: Room) -> None:
    for verb, table in DEEDS.items():
        elsewhere = EDITS.taps(f"{verb}:{SHOWN}")
        elsewhere["callback_query"]["message"]["message_id"] = CARD + 1
        before = room.rows()
        await room.gets(elsewhere)
        assert room.rows() == before, verb
        assert table in await changed(room, EDITS, verb, SHOWN), verb
    assert not await changed(room, EDITS, "pushed", SHOWN)
