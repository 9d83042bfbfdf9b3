"""What the admin chat is answered."""

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import CAUSE, Cut, Destination, HeldBy, Hold, Language
from bot.publishing.claims import new_code
from bot.runtime.clock import utc_now
from bot.storage import EVERYTHING, SENDER
from tests.security.forging import Actor
from tests.security.room import ADMINISTRATOR, Room, make_room
from tests.storage.rows import record, recorded, row, with_part

DESK, READER = -1007, -1008
OPERATOR = Actor(who=ADMINISTRATOR, chat=DESK, kind="supergroup")


async def answers(room: Room, command: str, *, late: timedelta = timedelta()) -> list[str]:
    """What a command is answered that Telegram brings so late."""
    by = replace(OPERATOR, says_at=int((utc_now() - late).timestamp()))
    return [one.given["text"] for one in await room.gets(by.says(command)) if one.method == "sendMessage"]


async def answer(room: Room, command: str) -> str:
    (text,) = await answers(room, command)
    return text


async def claimed(room: Room) -> None:
    """The group is the admin chat."""
    now, chats = utc_now(), room.storage.admin_chats
    await chats.offer("digest", now)
    await chats.claim("digest", DESK, "zh", now)


@pytest.mark.parametrize("role", ["admin", "editors"])
@pytest.mark.parametrize(("app", "reads"), [("en", None), ("zh-hans", "en")])
async def test_a_group_that_is_claimed_is_spoken_to_in_the_language_of_who_claimed_it(
    tmp_path: Path, sqlite_file: Path, role: str, app: str, reads: Language | None
) -> None:
    """The one that they read issues in, or else that of their app; not the group's, which is the digest's."""
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        chats = room.storage.admin_chats if role == "admin" else room.storage.editors_chats
        if reads:
            await room.storage.subscribers.join(Destination(ADMINISTRATOR), Cut(language=reads), utc_now())
        made = await new_code(chats, secrets.choice, utc_now())
        said = replace(OPERATOR, language=app).says(f"/claim {made}")
        (told,) = (one.given["text"] for one in await room.gets(said) if one.method == "sendMessage")
        found = await chats.get(None)
        assert (found and found.language, f"{role} chat" in told or "editors' chat" in told) == ("en", True)


@contextmanager
def is_away(file: Path) -> Iterator[None]:
    """The database's file lies elsewhere."""
    elsewhere = file.rename(file.with_name("away"))
    yield
    elsewhere.rename(file)


@pytest.mark.parametrize("command", ["/hold", "/status", "/resume", "/hold 2026-03-02"])
async def test_while_the_database_is_away_the_admin_chat_is_told_that_and_that_nothing_changed(
    tmp_path: Path, sqlite_file: Path, command: str
) -> None:
    file = Path(shutil.copy(sqlite_file, tmp_path))
    async with make_room(tmp_path, file) as room:
        await claimed(room)
        assert "发送" in await answer(room, "/status")
        with is_away(file):
            told = await answer(room, command)
        assert told.startswith("⚠️ 数据库用不了，什么也没有查到，什么也没有改动：")
        assert await room.storage.holds.all() == {}


@pytest.mark.parametrize("command", ["/resume", "/retry 2026-03-02"])
async def test_what_was_asked_long_ago_is_not_done_and_said_to_be_asked_anew(
    tmp_path: Path, sqlite_file: Path, command: str
) -> None:
    """As what Telegram kept while the database was away, or the bot stopped."""
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        await answer(room, "/hold")
        (told,) = await answers(room, command, late=timedelta(minutes=12))
        assert re.match(r"⏳ 这是 \d{4}-\d\d-\d\d \d\d:\d\d .*的要求，已过 12 分钟.*没有执行", told)
        assert list(await room.storage.holds.all()) == [EVERYTHING]


async def test_what_only_stops_is_done_late_too_and_said_to_be_late(
    tmp_path: Path, sqlite_file: Path
) -> None:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        late, done = await answers(room, "/hold", late=timedelta(minutes=12))
        assert late.startswith("⏳")
        assert late.endswith("现在才执行：")
        assert done.startswith("⏸ 全部推送")
        assert list(await room.storage.holds.all()) == [EVERYTHING]


@pytest.mark.parametrize(
    ("command", "late"), [("/resume", 50), ("/status", 720), ("/deliveries 2026-03-02", 720)]
)
async def test_what_is_in_time_or_changes_nothing_is_answered_as_ever(
    tmp_path: Path, sqlite_file: Path, command: str, late: int
) -> None:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        await answer(room, "/hold")
        (told,) = await answers(room, command, late=timedelta(seconds=late))
        assert "⏳" not in told


@pytest.mark.parametrize("chat", [DESK, READER])
async def test_who_taps_while_the_database_is_away_is_told_so_in_a_chat_with_a_role_alone(
    tmp_path: Path, sqlite_file: Path, chat: int
) -> None:
    file = Path(shutil.copy(sqlite_file, tmp_path))
    async with make_room(tmp_path, file) as room:
        await claimed(room)
        await answer(room, "/status")
        with is_away(file):
            calls = await room.gets(Actor(who=ADMINISTRATOR, chat=chat, kind="supergroup").taps("issue:x"))
        (told,) = (one.given["text"] for one in calls if one.method == "answerCallbackQuery")
        assert told == ("数据库用不了，什么也没有改动" if chat == DESK else "出了点问题，请稍后再试")


async def test_an_issue_that_is_paused_on_its_way_is_not_told_as_out(
    tmp_path: Path, sqlite_file: Path
) -> None:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        await room.storage.subscribers.join(Destination(1), Cut(), utc_now())
        await room.storage.planner.push("2026-03-02", utc_now())
        assert "2026-03-02</b> 已发出\n" in await answer(room, "/status")
        assert "暂停" in await answer(room, "/hold 2026-03-02")
        assert "2026-03-02</b> 发送途中暂停 ⏸\n" in await answer(room, "/status")


async def test_a_correction_on_its_way_is_told_beside_what_was_sent(
    tmp_path: Path, sqlite_file: Path
) -> None:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        await room.storage.subscribers.join(Destination(1), Cut(), utc_now())
        await room.storage.planner.push("2026-03-02", utc_now())
        token = await room.storage.leases.acquire(SENDER, holder="host 7", seconds=30)
        assert token is not None
        whole = with_part(await row(room.storage.deliveries), 9, last=True)
        await recorded(room.storage.deliveries, whole, token)
        await room.storage.planner.correct("2026-03-02", utc_now())
        assert "送达 1/1\n更正中：0/1" in await answer(room, "/status")
        assert "送达 1\n更正中：0/1" in await answer(room, "/deliveries 2026-03-02")
        await room.storage.planner.retract("2026-03-02", utc_now())
        assert "送达 1/1\n撤回中：0/1" in await answer(room, "/status")


async def test_what_was_called_off_is_not_resumed_and_the_answer_names_what_sends_it(
    tmp_path: Path, sqlite_file: Path
) -> None:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        await room.storage.issues.add(record("2999-01-01"), "# 简报\n")
        await room.storage.issue_files.call_off("2999-01-01")
        assert "已取消，因为文件不在了" in await answer(room, "/resume 2999-01-01")


async def test_what_hold_and_resume_answer_is_what_the_chat_knows_of_it(
    tmp_path: Path, sqlite_file: Path
) -> None:
    """It would be told a second time else: what held an issue before a person did holds it again after."""
    slug = "2999-01-01"
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        await claimed(room)
        await room.storage.issues.add(
            record(slug), "# 简报\n", held=Hold(by=HeldBy.DATE, why="two dates", at=utc_now())
        )
        for command in (f"/hold {slug}", f"/resume {slug}", "/hold", "/resume"):
            await answer(room, command)
            known = {str(one.values["slug"]): one.values[CAUSE] for one in await room.storage.news.lasting()}
            holds = await room.storage.holds.all()
            assert known == {scope: holds[scope].cause for scope in known}, command
            assert (EVERYTHING in known) == (EVERYTHING in holds), command
