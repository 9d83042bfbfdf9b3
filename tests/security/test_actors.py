"""Who may do what: every command and every button that there is, by everybody who could try."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.handlers import BUTTONS, COMMANDS
from bot.handlers.admin_commands import ADMIN_COMMANDS
from bot.handlers.rights import DECISIONS, ENDINGS
from bot.model import Cut, Destination, SubscriberState
from bot.runtime.clock import utc_now
from bot.storage import ImportRow
from bot.storage.index_schema import items
from tests.nightly import NIGHTLY, nightly
from tests.security.forging import (
    ADMINISTERS,
    CHANNEL,
    GROUP,
    INTRUDES,
    IS_MEMBER,
    IS_STRANGE,
    OWNS,
    STRANGER,
    WATCHES,
    Actor,
    damaged,
)
from tests.security.room import ADMINISTRATOR, Room, make_room

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHARED = {"deliveries", "saved_items"}  # what a group asks for and collects, any of its members may
OWN = {"readings"}  # what is counted of whoever does it
WORDS = ("", "quantization", "-pruning", "clear", "2026-03-02", "topic_quantization")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(tmp_path_factory: pytest.TempPathFactory, sqlite_file: Path) -> AsyncIterator[Room]:
    """Handlers that all tests here share; a channel subscribes."""
    folder = tmp_path_factory.mktemp("actors")
    async with make_room(folder, Path(shutil.copy(sqlite_file, folder))) as made:
        channel = [ImportRow(chat_id=CHANNEL, language="zh")]
        await made.storage.subscribers.import_rows(channel, utc_now())
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def real(room: Room) -> tuple[str, ...]:
    """What stands behind verbs: of each verb that knows any, some."""
    async with room.storage.database.reading() as connection:
        row = (await connection.execute(sa.select(items.c.issue_slug, items.c.item_id).limit(1))).one()
    item = f"{row.issue_slug}/{row.item_id}"
    before = await room.storage.named_texts.note(Cut(language="en").signature)
    return (
        *("quantization", "quantization:0", "quantization:pruning", '"剪枝', "0:quantization"),
        *(item, f"{item}:2:i{row.issue_slug}", f"{item}:news", row.issue_slug, f"{row.issue_slug}:news"),
        *("language:en", "mode:headlines", "hide:news", "1-2", before),
    )


Changed = set[tuple[str, str]]  #: table, and chat or mark


async def changed(room: Room, actor: Actor, name: str, data: str) -> Changed:
    """What a command or a button changes, said or tapped by the actor."""
    before = room.rows()
    update = actor.says(f"{name} {data}") if name.startswith("/") else actor.taps(f"{name}:{data}")
    await room.gets(update)
    return {(table, whose) for table, whose, _ in before ^ room.rows()}


def may_change(actor: Actor) -> Changed:
    """What any member of a group may."""
    return {(table, str(actor.chat)) for table in SHARED} | {(table, str(actor.who)) for table in OWN}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def effective(room: Room, real: tuple[str, ...]) -> dict[str, str]:
    """Commands and buttons that change what a person has, each with the data by which it did."""
    found: dict[str, str] = {}
    tables = ((f"/{name}", WORDS) for name in COMMANDS), ((name, real) for name in BUTTONS)
    for name, given in chain(*tables):
        for data in given:
            if await changed(room, OWNS, name, data):
                found[name] = data
                break
    return found


async def test_what_changes_what_a_chat_gets_is_known_as_a_decision(
    room: Room, effective: dict[str, str]
) -> None:
    """Else a new command would be anybody's in a group."""
    await room.gets(ADMINISTERS.says("/start"))
    decide = set()
    for name, data in effective.items():
        if {table for table, _ in await changed(room, ADMINISTERS, name, data)} - SHARED - OWN:
            decide.add(name.removeprefix("/"))
    assert {"topic", "set", "clear", "enough", "leave", "erase"} <= decide <= DECISIONS | ENDINGS


@pytest.mark.parametrize("actor", [IS_MEMBER, replace(IS_MEMBER, sender=CHANNEL)])
async def test_members_of_a_group_change_nothing_of_what_it_gets(
    room: Room, effective: dict[str, str], actor: Actor
) -> None:
    await room.gets(ADMINISTERS.says("/start"))
    for name, data in effective.items():
        assert await changed(room, actor, name, data) <= may_change(actor), name


@pytest.mark.parametrize("actor", [IS_STRANGE, IS_MEMBER, WATCHES])
async def test_nobody_votes_for_what_never_came_to_the_chat(room: Room, actor: Actor) -> None:
    for part in ("contents", "papers", "news", ""):
        for verb in ("up", "down"):
            assert not await changed(room, replace(actor, chat=actor.chat - 9), verb, f"2026-03-02:{part}")


async def test_members_cannot_subscribe_their_group(room: Room, effective: dict[str, str]) -> None:
    away = replace(IS_MEMBER, chat=GROUP - 1)
    for name, data in effective.items():
        assert await changed(room, away, name, data) <= may_change(away), name


async def test_an_administrator_who_stays_anonymous_decides(room: Room) -> None:
    group = replace(IS_MEMBER, chat=GROUP - 2)
    hidden = replace(group, sender=group.chat)
    assert await changed(room, hidden, "/start", "") >= {("subscribers", str(group.chat))}
    assert not await changed(room, group, "set", "language:en")
    assert await changed(room, replace(group, who=ADMINISTRATOR), "set", "language:en")


async def test_whoever_reads_a_channel_changes_nothing_and_makes_it_get_nothing(
    room: Room, effective: dict[str, str]
) -> None:
    for name, data in effective.items():
        assert not await changed(room, WATCHES, name, data), name
    for name in BUTTONS:
        calls = await room.gets(WATCHES.taps(f"{name}:2026-03-02"))
        assert {call.method for call in calls} <= {"getChatAdministrators", "answerCallbackQuery"}, name
    assert not await room.gets(WATCHES.says("/latest", "channel_post"))
    assert not await room.gets(WATCHES.says("/latest", "edited_channel_post"))


async def test_nobody_acts_in_the_chat_of_another(room: Room, effective: dict[str, str]) -> None:
    """Telegram brings no such update; whoever found a way to make it would still get nothing."""
    for name, data in effective.items():
        before = len(room.wire.calls)
        assert not await changed(room, INTRUDES, name, data), name
        assert len(room.wire.calls) == before, name


@pytest.mark.parametrize("is_blocked", [False, True])
async def test_whoever_did_not_subscribe_changes_their_own_chat_alone(
    room: Room, effective: dict[str, str], *, is_blocked: bool
) -> None:
    stranger = replace(IS_STRANGE, who=STRANGER + is_blocked, chat=STRANGER + is_blocked)
    if is_blocked:
        await room.gets(stranger.says("/start"))
        await room.storage.subscribers.set_state(
            Destination(stranger.chat), SubscriberState.BLOCKED, utc_now()
        )
    for name, data in effective.items():
        touched = await changed(room, stranger, name, data)
        assert all(str(stranger.chat) in whose for _, whose in touched), name


@pytest.mark.parametrize("actor", [OWNS, IS_STRANGE, IS_MEMBER, ADMINISTERS, WATCHES])
async def test_what_is_for_the_admin_chat_is_nobodys_elsewhere(room: Room, actor: Actor) -> None:
    """It is answered as a command that there is not, in a group not at all."""
    for name in ADMIN_COMMANDS:
        if name in COMMANDS:
            continue
        for words in ("", "2026-03-02"):
            assert not await changed(room, actor, f"/{name}", words), name
            said = [call.given["text"] for call in await room.gets(actor.says(f"/{name} {words}"))]
            assert len(said) == (actor.kind == "private"), name
            assert all(text.startswith(f"没有 /{name} 这个命令") for text in said), said


@pytest.mark.parametrize("code", ["", "x", "0" * 9999, "' OR 1=1 --", "\x00"])
async def test_no_code_but_the_right_one_makes_an_admin_chat(room: Room, code: str) -> None:
    assert not await changed(room, IS_STRANGE, "/claim", code)


async def test_no_button_fails_whatever_is_made_of_its_data(room: Room, real: tuple[str, ...]) -> None:
    """An old button is told to be old; the log has no fault of ours."""
    await room.gets(OWNS.says("/start"))
    given = tuple(damaged(*(real if NIGHTLY else real[5:6])))
    for name in (*BUTTONS, "", "nobody", "__init__"):
        for data in given:
            await room.gets(OWNS.taps(f"{name}:{data}"))
    for nothing in (None, "", "x", "\x00", ":"):
        await room.gets(OWNS.taps(nothing))
    for update in (OWNS.taps("save:", message=None), OWNS.taps("save:", message=None, inline_message_id="1")):
        await room.gets(update)
    assert room.logged == []


@nightly("every button is tried by day, with such data")
async def test_no_command_fails_whatever_stands_behind_it(room: Room) -> None:
    for name in COMMANDS:
        for words in damaged("issue_2026-03-02"):
            await room.gets(OWNS.says(f"/{name} {words}"))
    assert room.logged == []
