"""Names and words from outside stand in what the bot says as text: no markup, nothing turned around."""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
import pytest_asyncio

from bot.handlers import COMMANDS
from bot.messages import Button, Message
from bot.messages.inline_result import InlineResult
from bot.messages.wording import Wording
from tests.acceptance.world import ISSUE
from tests.security.forging import ADMINISTERS, IS_STRANGE, OWNS
from tests.security.room import Call, Room, make_room

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: Of markup that the bot never makes: a spoiler, a mention, a picture of emoji.
FOREIGN = re.compile(
    r"<tg-spoiler|<tg-emoji|<u>|<img|<script|href=\"(?:tg|javascript|file|data):",
    re.IGNORECASE,
)
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    "<tg-spoiler>量化</tg-spoiler>",
    "||量化|| *b* _i_ [x](tg://user?id=1) `c`",
    "<a href='javascript:x'>量化</a><img src=x>",
    "&lt;u&gt;量化&#60;u&#62; <u>",
    "\u202e量化\u2066 gpj.exe\u202d",
    "\u2067\u202b量化",
    "{{ 7*7 }} {% raw %} %s {0}",
    "]]> --> </b></i></a></blockquote>",
    "@everyone /stop #量化",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(tmp_path_factory: pytest.TempPathFactory, sqlite_file: Path) -> AsyncIterator[Room]:
    """An issue of hostile words is among those taken in."""
    folder = tmp_path_factory.mktemp("words")
    items = (
        f"- [{word} | 观察者](https://example.com/{number})\n摘要：{word}\n"
        for number, word in enumerate(HOSTILE)
    )
    hostile = "".join(items)
    more = hostile.replace("{", "{{").replace("}", "}}")
    async with make_room(folder, Path(shutil.copy(sqlite_file, folder)), text=ISSUE + more) as made:
        yield made


def check(calls: list[Call]) -> None:
    """Labels of buttons and notices are never read as markup; what a button sends is seen by nobody."""
    for given in (call.given for call in calls):
        rows = given.get("reply_markup", {}).get("inline_keyboard", ())
        labels = [button["text"] for row in rows for button in row]
        text = given.get("text") or ""
        assert not (given.get("parse_mode") and FOREIGN.search(text)), text
        assert not any(map(TURNS.search, (text, *labels))), (text, labels)


@pytest.mark.parametrize("word", HOSTILE)
async def test_words_of_people_are_text_in_every_reply(room: Room, word: str) -> None:
    names = replace(OWNS, name=word, title=word), replace(ADMINISTERS, name=word, title=word)
    seen = ""
    said = [f"/{name} {word}" for name in COMMANDS] + [word]
    for actor in (*names, replace(IS_STRANGE, name=word, title=word)):
        for text in said if actor is names[0] else said[:4]:
            calls = await room.gets(actor.says(text))
            check(calls)
            seen += str(calls)
    assert all(part in seen for part in re.findall(r"[a-z]{2,}", word)[:1])
    assert room.logged == []


TURNED = "\u202e量化\u2066"


async def test_nothing_is_turned_around_on_buttons_in_notices_and_inline() -> None:
    picked = Message(name="x", html="量化")
    result = InlineResult(name="x", title=TURNED, description=TURNED, message=picked)
    button = Button(TURNED, data="x").as_parameter()
    notice = Wording().label("followed", "zh", topic=TURNED)
    shown = orjson.dumps([result.as_parameter(), button, notice]).decode()
    assert "量化" in shown
    assert not TURNS.search(shown)
