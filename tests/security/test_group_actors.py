"""Every command, button and saying in a group, by everybody who is in it or pretends to be."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bot.handlers import BUTTONS, COMMANDS
from bot.handlers.rights import DECISIONS, ENDINGS, Right, right_of
from bot.messages.templating import TEMPLATES
from bot.messages.wording import Wording
from bot.runtime.clock import utc_now
from tests.security.forging import ADMINISTERS, GROUP, IS_MEMBER, STRANGER, Actor
from tests.security.room import EDITOR, LINKED, Call, Room, make_room

pytestmark = pytest.mark.asyncio(loop_scope="module")

ANONYMOUS, AS_CHANNEL = 1087968824, 136817688  # in whose names Telegram has those write
HOST = replace(IS_MEMBER, who=EDITOR)
MASTERS = {
    "administrator": ADMINISTERS,
    "host": HOST,
    "anonymous": replace(IS_MEMBER, who=ANONYMOUS, sender=GROUP),
    "linked channel": replace(IS_MEMBER, who=AS_CHANNEL, sender=LINKED),
}
OTHERS = {
    "member": IS_MEMBER,
    "stranger": replace(IS_MEMBER, who=STRANGER),
    "other channel": replace(IS_MEMBER, who=AS_CHANNEL, sender=-1044),
    "administrator as another channel": replace(ADMINISTERS, sender=-1044),
    "bot's name without the sender": replace(IS_MEMBER, who=ANONYMOUS),
}
SAYINGS = {
    "start": "订阅",
    "stop": "退订",
    "settings": "设置",
    "when": "安静时段",
    "mydata": "我的数据",
    "forget": "忘记我",
}
TOLD = "管理员"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(tmp_path_factory: pytest.TempPathFactory, sqlite_file: Path) -> AsyncIterator[Room]:
    """A group that somebody let the bot into who does not administer it, and that is subscribed."""
    folder = tmp_path_factory.mktemp("groups")
    minutes = count(step=60.0)  # a group takes twenty messages in one
    async with make_room(folder, Path(shutil.copy(sqlite_file, folder)), clock=minutes.__next__) as made:
        await made.storage.group_chats.note_added(GROUP, HOST.who, utc_now())
        await made.gets(ADMINISTERS.says("/start"))
        yield made


def without_questions(calls: list[Call]) -> list[Call]:
    """What is sent and answered, without what Telegram was asked about members."""
    return [call for call in calls if not call.method.startswith("getChat")]


def is_refusal(calls: list[Call]) -> bool:
    """Whether all that was answered is the one line of who may not."""
    answers = without_questions(calls)
    return len(answers) == 1 and TOLD in str(answers[0].given.get("text")) and "群" in str(answers[0].given)


async def test_every_decision_is_a_command_or_a_button_that_there_is() -> None:
    assert {*COMMANDS, *BUTTONS, "claim"} >= DECISIONS | ENDINGS
    said = {Wording().meaning(way) for table in TEMPLATES.glob("*/sayings.j2") for way in ways_of(table)}
    assert SAYINGS.keys() == {name for name in said if name and right_of(name) is not Right.EVERYBODY}


def ways_of(table: Path) -> list[str]:
    """What people say, of all that stands in a table."""
    lines = [line.partition(":")[2] for line in table.read_text("utf-8").splitlines() if ":" in line]
    return [way for line in lines for way in line.split("|")]


@pytest.mark.parametrize("actor", OTHERS.values(), ids=OTHERS)
async def test_nobody_else_taps_what_decides(room: Room, actor: Actor) -> None:
    before = room.rows()
    for verb in BUTTONS:
        if right_of(verb) is not Right.EVERYBODY:
            calls = await room.gets(replace(actor, sender=None).taps(f"{verb}:language:en"))
            if actor.who != ADMINISTERS.who:  # a tap comes in no channel's name
                assert is_refusal(calls), verb
                assert without_questions(calls)[0].method == "answerCallbackQuery"
                assert room.rows() == before, verb


@pytest.mark.parametrize("actor", OTHERS.values(), ids=OTHERS)
async def test_nobody_else_types_what_decides_and_one_short_reply_says_so(room: Room, actor: Actor) -> None:
    for name in (*COMMANDS, "claim"):
        before = room.rows()
        calls = await room.gets(actor.says(f"/{name} quantization"))
        if right_of(name) is Right.EVERYBODY:
            assert not is_refusal(calls), name
        else:
            assert is_refusal(calls), name
            (answer,) = without_questions(calls)
            assert answer.given["reply_parameters"]["message_id"] == 8
            assert room.rows() == before, name


@pytest.mark.parametrize("actor", OTHERS.values(), ids=OTHERS)
async def test_nobody_else_says_in_words_what_decides(room: Room, actor: Actor) -> None:
    before = room.rows()
    for name, words in SAYINGS.items():
        assert is_refusal(await room.gets(actor.says(f"@jianbao_bot {words}"))), name
        assert is_refusal(await room.gets(actor.says(f"@Jianbao_Bot /{name}"))), name
        assert await room.gets(actor.says(words)) == [], name
    assert room.rows() == before


@pytest.mark.parametrize("actor", MASTERS.values(), ids=MASTERS)
async def test_masters_are_refused_nothing(room: Room, actor: Actor) -> None:
    await room.storage.group_chats.note_added(GROUP, HOST.who, utc_now())
    for name in COMMANDS:
        if name != "claim":
            assert not is_refusal(await room.gets(actor.says(f"/{name}"))), name
    for name, words in SAYINGS.items():
        assert not is_refusal(await room.gets(actor.says(f"@jianbao_bot {words}"))), name
    if actor.sender is None:
        for verb in (*(verb for verb in BUTTONS if verb != "erase"), "erase"):
            assert not is_refusal(await room.gets(actor.taps(f"{verb}:language:en"))), verb
    await room.gets(ADMINISTERS.says("/start"))


@pytest.mark.parametrize("actor", [*MASTERS.values(), *OTHERS.values()], ids=[*MASTERS, *OTHERS])
async def test_everybody_searches_opens_and_asks_for_back_issues(room: Room, actor: Actor) -> None:
    asked = ("/search 量化", "/issues", "/issue 2026-01-05", "/topics", "/help", "@jianbao_bot 剪枝")
    for text in asked:
        calls = without_questions(await room.gets(actor.says(text)))
        assert not is_refusal(calls), text
        assert all(call.given["chat_id"] == GROUP for call in calls), text


@pytest.mark.parametrize("actor", [*MASTERS.values(), *OTHERS.values()], ids=[*MASTERS, *OTHERS])
async def test_a_link_opens_what_it_names_to_everybody_and_changes_nothing_the_group_gets(
    room: Room, actor: Actor
) -> None:
    before = {row for row in room.rows() if row[0] == "subscribers"}
    for named in ("issue_2026-01-05", "issue_1999-01-01", "item_2026-01-05_none", "topic_quantization"):
        for command in ("/start", "/start@jianbao_bot", "@jianbao_bot /start"):
            calls = without_questions(await room.gets(actor.says(f"{command} {named}")))
            assert calls, named
            assert not is_refusal(calls), named
    assert {row for row in room.rows() if row[0] == "subscribers"} == before


@pytest.mark.parametrize("actor", [*MASTERS.values(), *OTHERS.values()], ids=[*MASTERS, *OTHERS])
@pytest.mark.parametrize(
    "text",
    ["量化", "退订", "/stop@other_bot", "/latest@other_bot @jianbao_bot", "@other_bot 量化", "/nothing"],
)
async def test_what_is_said_to_nobody_or_to_another_bot_is_never_answered(
    room: Room, actor: Actor, text: str
) -> None:
    assert await room.gets(actor.says(text)) == []


async def test_an_unknown_command_that_names_the_bot_is_answered(room: Room) -> None:
    (answer,) = await room.gets(IS_MEMBER.says("/newest@jianbao_bot"))
    assert "/help" in answer.given["text"]


async def test_an_adding_that_telegram_tells_twice_is_greeted_once(room: Room) -> None:
    def member(status: str) -> dict[str, object]:
        return {"user": {"id": 515151, "is_bot": True, "first_name": "简报"}, "status": status} | (
            {"until_date": 0} if status == "kicked" else {}
        )

    elsewhere = replace(IS_MEMBER, chat=GROUP - 7)
    said = elsewhere.says("x")["message"]
    change = {"chat": said["chat"], "from": said["from"], "date": 1}
    change |= {"old_chat_member": member("kicked"), "new_chat_member": member("member")}
    update = {"update_id": 99, "my_chat_member": change}
    (hello,) = await room.gets(update)
    assert hello.method == "sendMessage"
    assert "管理员" in hello.given["text"]
    assert await room.gets(update) == []
