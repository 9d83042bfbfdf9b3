"""Questions about topics in the editors' chat: one message, an answer a tap, and each kept at once."""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BadInput
from bot.handlers import TopicQuestion
from bot.handlers.questioning import Rounds
from bot.model import Beside, IssueState
from bot.runtime.clock import utc_now
from bot.storage.desk_messages import DeskKind, DeskMessage
from tests.security.forging import Actor
from tests.security.room import EDITOR, Room, make_room
from tests.storage.rows import record

NEWSROOM, CARD, SLUG = -1005, 9, "2999-01-04"
EDITS = Actor(who=EDITOR, chat=NEWSROOM, kind="supergroup")


def question(topic: str, *, has: bool = False, proposed: bool | None = None) -> TopicQuestion:
    return TopicQuestion(
        key=topic,
        title=f"关于 {topic} 的一条",
        topic=topic,
        words=("int8",),
        probability=0.456,
        has=has,
        proposed=proposed,
    )


@dataclass
class Asked:
    """Two questions, and the answers that were kept; all are refused while ``broken``."""

    questions: tuple[TopicQuestion, ...] = (question("quantization"), question("pruning", has=True))
    kept: list[tuple[str, str, bool]] = field(default_factory=list)
    broken: bool = False

    async def of(self, slug: str) -> Sequence[TopicQuestion]:
        assert slug == SLUG
        return self.questions

    async def answer(self, slug: str, question: TopicQuestion, *, yes: bool) -> None:
        if self.broken:
            raise BadInput("the file of topics is broken")
        self.kept.append((slug, question.topic, yes))

    async def sidecar(self, slug: str) -> Beside | None:
        if self.broken:
            raise BadInput("the file of topics is broken")
        return Beside(name=f"{slug}.topics.yml", text="一条: +pruning\n") if self.kept else None


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
async def room(tmp_path: Path, sqlite_file: Path, asked: Asked) -> AsyncIterator[Room]:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path)), questions=asked) as made:
        now, chats = utc_now(), made.storage.editors_chats
        await chats.offer("digest", now)
        await chats.claim("digest", NEWSROOM, "zh", now)
        await made.storage.issues.add(record(SLUG, state=IssueState.WAITING), "# 简报\n")
        card = DeskMessage(chat_id=NEWSROOM, message_id=CARD, kind=DeskKind.CARD, about=SLUG, at=now)
        await made.storage.desk_messages.put(card)
        yield made


async def tapped(room: Room, data: str) -> dict[str, Any]:
    """What the bot asks of Telegram after a tap, by the method."""
    calls = await room.gets(EDITS.taps(data))
    return {call.method: call.given for call in calls if call.method != "getChatMember"}


def shown(given: dict[str, Any]) -> tuple[str, list[str]]:
    rows = given.get("reply_markup", {}).get("inline_keyboard", ())
    return given["text"], [button["callback_data"] for row in rows for button in row]


async def test_questions_come_one_after_the_other_and_each_answer_is_kept(room: Room, asked: Asked) -> None:
    sent = (await tapped(room, "ask:x"))["sendMessage"]
    text, (yes, no, skip, stop) = shown(sent)
    assert "1/2" in text
    assert "是关于「<b>量化</b>」的吗？现在不算，把握 46%，因「int8」" in text
    assert sent["disable_notification"]
    text, (_, no, *_) = shown((await tapped(room, yes))["editMessageText"])
    assert "2/2" in text
    assert "现在算是" in text
    text, left = shown((await tapped(room, no))["editMessageText"])
    assert (text, left) == (f"🏷 谢谢，{SLUG} 的主题问完了。卡片几秒后换成带这些答案的版本，之后再批准。", [])
    assert asked.kept == [(SLUG, "quantization", True), (SLUG, "pruning", False)]
    assert "editMessageReplyMarkup" in await tapped(room, yes)  # an old question loses its buttons
    assert len(asked.kept) == 2
    assert {skip.rpartition(":")[2], stop.rpartition(":")[2]} == {"s", "q"}


async def test_what_the_second_reader_says_stands_below_the_question(room: Room, asked: Asked) -> None:
    asked.questions = (question("cpu", proposed=False), question("pruning", proposed=True), question("gpu"))
    text, (_, _, skip, _) = shown((await tapped(room, "ask:x"))["sendMessage"])
    assert text.endswith("\n\n第二读者（语言模型）认为：不是")
    text, (_, _, skip, _) = shown((await tapped(room, skip))["editMessageText"])
    assert text.endswith("\n\n第二读者（语言模型）认为：是")
    text, _ = shown((await tapped(room, skip))["editMessageText"])
    assert "第二读者" not in text
    assert asked.kept == []


async def test_a_question_may_be_skipped_and_enough_is_enough(room: Room, asked: Asked) -> None:
    _, (_, _, skip, _) = shown((await tapped(room, "ask:x"))["sendMessage"])
    text, (*_, stop) = shown((await tapped(room, skip))["editMessageText"])
    assert "2/2" in text
    text, left = shown((await tapped(room, stop))["editMessageText"])
    assert (text, left) == (f"🏷 {SLUG} 的主题没有回答，一切照旧。", [])
    assert asked.kept == []


async def test_an_answer_that_cannot_be_kept_is_told_and_asked_again(room: Room, asked: Asked) -> None:
    _, (yes, *_) = shown((await tapped(room, "ask:x"))["sendMessage"])
    asked.broken = True
    told = await tapped(room, yes)
    assert "the file of topics is broken" in told["answerCallbackQuery"]["text"]
    assert "editMessageText" not in told
    asked.broken = False
    assert "2/2" in shown((await tapped(room, yes))["editMessageText"])[0]


async def test_what_the_bot_keeps_comes_as_the_file_to_commit(room: Room, asked: Asked) -> None:
    assert "没有由机器人保管的回答" in (await tapped(room, "kept:x"))["answerCallbackQuery"]["text"]
    _, (yes, *_) = shown((await tapped(room, "ask:x"))["sendMessage"])
    await tapped(room, yes)
    assert (await tapped(room, "kept:x"))["sendDocument"] == {"chat_id": NEWSROOM}
    asked.broken = True
    assert "is broken" in (await tapped(room, "kept:x"))["answerCallbackQuery"]["text"]


async def test_where_nothing_is_uncertain_that_is_said(room: Room, asked: Asked) -> None:
    asked.questions = ()
    assert "没有拿不准的主题" in (await tapped(room, "ask:x"))["answerCallbackQuery"]["text"]


@pytest.mark.parametrize("number", ["0", "2", "-1", "²", "", "9" * 99])
async def test_an_answer_to_no_question_keeps_nothing(room: Room, asked: Asked, number: str) -> None:
    _, (yes, *_) = shown((await tapped(room, "ask:x"))["sendMessage"])
    name = yes.split(":")[1]
    for said in ("x", "", "yes"):
        await tapped(room, f"answer:{name}:{number}:{said}")
    await tapped(room, f"answer:other:{number}:y")
    assert (asked.kept, room.logged) == ([], [])


def test_of_many_rounds_the_oldest_are_forgotten() -> None:
    names = iter(map(str, range(100)))
    rounds = Rounds(lambda: next(names))
    for _ in range(60):
        rounds.begin(SLUG, ())
    assert rounds.get("0") is None
    assert rounds.get("59") is not None
