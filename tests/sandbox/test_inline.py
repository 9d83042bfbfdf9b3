"""Inline mode: what people type behind the bot's name, what it answers, and what is posted."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.errors import BadInput
from bot.sandbox import InlineAnswer, InlineButton, Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN, SUPERGROUP, TOKEN, Client, Clock

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYBOARD = {"inline_keyboard": [[{"text": "好", "callback_data": "yes"}]]}
READING = "can't parse InlineQueryResult: "


def article(result_id: str = "1", **fields: Any) -> dict[str, Any]:
    """A result that Telegram takes."""
    plain: dict[str, Any] = {"type": "article", "id": result_id, "title": "四比特"}
    return plain | {"input_message_content": {"message_text": f"条目 {result_id}"}} | fields


def saying(**message: Any) -> dict[str, Any]:
    """A result with such a message."""
    return article(input_message_content=message)


class Asked:
    """A query on its way, and the update that it came to the bot in."""

    def __init__(self, answer: asyncio.Task[InlineAnswer], query: dict[str, Any]) -> None:
        self.answer, self.query = answer, query


async def ask(call: Client, telegram: Sandbox, person: int, text: str, **where: Any) -> Asked:
    """Type something that Telegram has no answer to yet."""
    answer = asyncio.create_task(telegram.ask_inline(person, text, **where))
    (update,) = await call.ok("getUpdates", timeout=50)
    await call.ok("getUpdates", offset=update["update_id"] + 1)
    return Asked(answer, update["inline_query"])


async def answered(call: Client, telegram: Sandbox, text: str = "量化", **answer: Any) -> InlineAnswer:
    """Type something as Ada does, in her chat with the bot, and let the bot answer."""
    asked = await ask(call, telegram, ADA, text)
    answer.setdefault("results", [article()])
    await call.ok("answerInlineQuery", inline_query_id=asked.query["id"], **answer)
    return await asked.answer


@pytest.mark.parametrize(
    ("chat_id", "kind"),
    [(None, "sender"), (ADA, "sender"), (LIN, "private"), (GROUP, "group"), (SUPERGROUP, "supergroup")],
)
async def test_the_bot_learns_what_is_asked_by_whom_and_in_what_sort_of_chat(
    call: Client, telegram: Sandbox, chat_id: int | None, kind: str
) -> None:
    asked = await ask(call, telegram, ADA, " 量化 ", chat_id=chat_id)
    assert asked.query.pop("id")
    assert asked.query == {
        "from": {
            "id": ADA,
            "is_bot": False,
            "first_name": "Ada",
            "username": "ada",
            "language_code": "en",
        },
        "query": "量化",
        "offset": "",
        "chat_type": kind,
    }
    asked.answer.cancel()


async def test_the_results_are_shown_with_the_button_above_them(call: Client, telegram: Sandbox) -> None:
    row = {"description": "量化", "url": "https://example.com", "thumbnail_url": "https://example.com/a.png"}
    button = {"text": "往期", "start_parameter": "issues"}
    answer = await answered(call, telegram, results=[article(**row)], button=button, next_offset="5")
    (result,) = answer.results
    assert (result.result_id, result.title, result.text) == ("1", "四比特", "条目 1")
    assert (result.description, result.url, result.thumbnail_url) == tuple(row.values())
    assert answer.button == InlineButton(text="往期", start_parameter="issues")
    assert (answer.next_offset, answer.cached) == ("5", False)


async def test_who_asks_the_same_again_is_answered_without_the_bot(
    call: Client, telegram: Sandbox, clock: Clock
) -> None:
    await answered(call, telegram, cache_time=60)
    for person, where in ((ADA, GROUP), (LIN, None)):
        again = await telegram.ask_inline(person, "量化", chat_id=where)
        assert (again.cached, [result.title for result in again.results]) == (True, ["四比特"])
    clock.forward(60)
    asked = await ask(call, telegram, LIN, "量化")
    asked.answer.cancel()


async def test_a_personal_answer_is_kept_for_one_person(call: Client, telegram: Sandbox) -> None:
    await answered(call, telegram, is_personal=True)
    assert (await telegram.ask_inline(ADA, "量化")).cached
    asked = await ask(call, telegram, LIN, "量化")
    asked.answer.cancel()


async def test_nothing_is_kept_for_no_time_and_not_for_another_offset(
    call: Client, telegram: Sandbox
) -> None:
    await answered(call, telegram, cache_time=0)
    await answered(call, telegram, cache_time=300)
    asked = await ask(call, telegram, ADA, "量化", offset="5")
    assert asked.query["offset"] == "5"
    asked.answer.cancel()


async def test_what_is_picked_is_posted_via_the_bot(call: Client, telegram: Sandbox) -> None:
    message = {
        "message_text": "<b>四比特</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    url = {"inline_keyboard": [[{"text": "全文", "url": "https://example.com"}]]}
    results = [article(input_message_content=message, reply_markup=url)]
    await answered(call, telegram, results=results)
    posted = await telegram.pick(ADA, "1")
    assert (posted.text, posted.entities[0].kind, posted.buttons[0].url) == (
        "四比特",
        "bold",
        "https://example.com",
    )
    (update,) = await call.ok("getUpdates")
    assert update["message"]["via_bot"]["is_bot"]
    assert update["message"]["from"]["id"] == ADA
    assert update["message"]["link_preview_options"] == {"is_disabled": True}
    assert telegram.chat(ADA).messages == (posted,)


async def test_a_group_that_the_bot_is_in_tells_it_what_was_picked(call: Client, telegram: Sandbox) -> None:
    await answered(call, telegram)
    await telegram.ask_inline(LIN, "量化", chat_id=GROUP)
    await telegram.pick(LIN, "1", GROUP)
    (update,) = await call.ok("getUpdates")
    assert (update["message"]["chat"]["id"], update["message"]["from"]["id"]) == (GROUP, LIN)


async def test_between_two_people_the_bot_sees_nothing(call: Client, telegram: Sandbox) -> None:
    await answered(call, telegram)
    await telegram.ask_inline(ADA, "量化", chat_id=LIN)
    posted = await telegram.pick(ADA, "1", LIN)
    assert telegram.between(LIN, ADA).messages == (posted,)
    assert not telegram.chat(ADA).started
    assert await call.ok("getUpdates") == []
    refused = await call.refused("sendMessage", chat_id=posted.chat_id, text="x")
    assert refused == "Bad Request: chat not found"


async def test_buttons_of_a_posted_message_name_it_by_its_inline_id(call: Client, telegram: Sandbox) -> None:
    await answered(call, telegram, results=[article(reply_markup=KEYBOARD)])
    await telegram.ask_inline(ADA, "量化", chat_id=LIN)
    posted = await telegram.pick(ADA, "1", LIN)
    pressed = await telegram.press(posted.chat_id, posted.message_id, "好", by=LIN)
    (update,) = await call.ok("getUpdates")
    query = update["callback_query"]
    assert (query["from"]["id"], query["inline_message_id"], "message" in query) == (
        LIN,
        posted.inline_id,
        False,
    )
    await call.ok("answerCallbackQuery", callback_query_id=pressed)
    own = {"inline_message_id": posted.inline_id}
    assert await call.ok("editMessageText", **own, text="改过了") is True
    assert telegram.between(ADA, LIN).messages[0].text == "改过了"
    assert await call.refused("editMessageText", inline_message_id="x", text="y") == (
        "Bad Request: MESSAGE_ID_INVALID"
    )


async def test_more_results_are_picked_like_the_first_and_another_query_replaces_them(
    call: Client, telegram: Sandbox
) -> None:
    await answered(call, telegram, next_offset="1")
    more = await ask(call, telegram, ADA, "量化", offset="1")
    await call.ok("answerInlineQuery", inline_query_id=more.query["id"], results=[article("2")])
    await more.answer
    for result_id in ("1", "2"):
        await telegram.pick(ADA, result_id)
    other = await ask_after_updates(call, telegram)
    await call.ok("answerInlineQuery", inline_query_id=other.query["id"], results=[])
    assert (await other.answer).results == ()
    with pytest.raises(BadInput, match="no result '1'"):
        await telegram.pick(ADA, "1")


async def ask_after_updates(call: Client, telegram: Sandbox) -> Asked:
    last = (await call.ok("getUpdates"))[-1]
    await call.ok("getUpdates", offset=last["update_id"] + 1)
    return await ask(call, telegram, ADA, "别的")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"results": [article(str(n)) for n in range(51)]}, "too many inline query results specified"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_EMPTY"),
        ({"results": [article("字" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(thumbnail_url="http://localhost/a")]}, "WEBDOCUMENT_URL_INVALID"),
        ({"results": ["x"]}, READING + "Inline query result must be an object"),
        ({"results": [{"type": "article", "id": "1"}]}, READING + 'Can\'t find field "message_text"'),
        ({"results": [saying(message_text="")]}, READING + "Input message content is not specified"),
        ({"results": [saying(message_text="字" * 4097)]}, "MESSAGE_TOO_LONG"),
        (
            {"results": [saying(message_text="<br>", parse_mode="HTML")]},
            READING + 'Can\'t parse entities: Unsupported start tag "br" at byte offset 0',
        ),
        (
            {"results": [article(reply_markup={"inline_keyboard": [[{"text": "x"}]]})]},
            READING + "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"results": [article(reply_markup={"keyboard": [["x"]]})]},
            "inline keyboard expected",
        ),
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "x", "start_parameter": ""}}, "can't use empty start_parameter"),
        ({"button": {"text": "x", "start_parameter": "x" * 65}}, "too long start_parameter specified"),
        (
            {"button": {"text": "x", "start_parameter": "字"}},
            "unallowed characters in start_parameter are used",
        ),
    ],
)
async def test_a_bad_answer_is_refused_and_who_waits_for_it_learns_why(
    call: Client, telegram: Sandbox, given: dict[str, Any], reason: str
) -> None:
    asked = await ask(call, telegram, ADA, "量化")
    refused = await call.refused("answerInlineQuery", inline_query_id=asked.query["id"], **given)
    assert refused == f"Bad Request: {reason}"
    with pytest.raises(BadInput) as raised:
        await asked.answer
    assert refused in str(raised.value)


async def test_a_query_is_answered_once_and_within_ten_seconds(
    call: Client, telegram: Sandbox, clock: Clock
) -> None:
    first, second = await ask(call, telegram, ADA, "a"), await ask(call, telegram, ADA, "b")
    answer = {"inline_query_id": first.query["id"], "results": [article()]}
    await call.ok("answerInlineQuery", **answer)
    assert await call.refused("answerInlineQuery", **answer) == TOO_OLD
    clock.forward(11)
    late = answer | {"inline_query_id": second.query["id"]}
    assert await call.refused("answerInlineQuery", **late) == TOO_OLD
    with pytest.raises(BadInput, match="too old"):
        await second.answer
    assert await call.refused("answerInlineQuery", **answer | {"inline_query_id": "7"}) == TOO_OLD


async def test_a_bot_that_does_not_want_inline_queries_is_not_asked(call: Client, telegram: Sandbox) -> None:
    await call.ok("getUpdates", allowed_updates=["message"])
    with pytest.raises(BadInput, match="did not answer"):
        await telegram.ask_inline(ADA, "量化", timeout=0)
    assert await call.ok("getUpdates") == []


async def test_who_is_gone_or_not_in_a_chat_cannot_ask_there(telegram: Sandbox) -> None:
    for person, chat_id in ((7, None), (ADA, 7)):
        with pytest.raises(BadInput, match="no such person"):
            await telegram.ask_inline(person, "x", chat_id=chat_id)
    telegram.deactivate(ADA)
    with pytest.raises(BadInput, match="gone"):
        await telegram.ask_inline(ADA, "x")


@pytest.fixture
async def disabled() -> AsyncIterator[Sandbox]:
    async with Sandbox(token=TOKEN, inline=False) as sandbox:
        yield sandbox


async def test_inline_mode_can_be_off(call: Client, disabled: Sandbox) -> None:
    assert (await call.ok("getMe"))["supports_inline_queries"] is True
    off = Client(call.http, disabled.url)
    assert (await off.ok("getMe"))["supports_inline_queries"] is False
    assert await off.refused("answerInlineQuery", inline_query_id="7", results=[]) == (
        "Bad Request: USER_BOT_INVALID"
    )
    with pytest.raises(BadInput, match="inline mode"):
        await disabled.ask_inline(ADA, "量化")
