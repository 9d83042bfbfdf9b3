"""What arrives at the Bot API, and what each of its answers makes us do."""

from dataclasses import dataclass, field

import pytest

from bot.errors import ChatClosed, ChatGone, ChatMoved, JianbaoError, MessageRefused, TryLater, Uncertain
from bot.messages import Button, Message
from bot.model import Destination
from bot.telegram_api import Chats, Client, Sender, make_client
from tests.telegram_api.server import TOKEN, BotApi, hang_up, never, page, refusal

HELLO = Message('<b>你好</b> &amp; <a href="https://example.com/a_b">link</a>', silent=True)


async def failure(client: Client) -> JianbaoError:
    with pytest.raises(JianbaoError) as caught:
        await Sender(client).send(Destination(7), HELLO)
    return caught.value


async def test_a_message_arrives_with_all_its_parameters(client: Client, api: BotApi) -> None:
    row = (Button("全部", data="rest:1"),)
    message = Message("<b>你好</b>", (row,), silent=True, picture="https://example.com/p.png")
    message_id = await Sender(client).send(Destination(7), message)
    method, seen = api.seen[-1]
    assert (method, message_id) == ("sendMessage", 42)
    assert seen == message.params(7)


@pytest.mark.parametrize(
    "odd",
    ['"quoted" \\ "', "简报 🎉👩‍👩‍👧", "one\ntwo", "a\u00a0b\u3000c", "&lt;b&gt; &amp;amp; &#34;", "'{}%s'"],
)
async def test_every_character_arrives_as_it_was_written(client: Client, api: BotApi, odd: str) -> None:
    message = Message(f"<b>x</b>{odd}x", ((Button(f"x{odd.splitlines()[0]}", data="d"),),))
    await Sender(client).send(Destination(-1001234567890), message)
    assert api.said("sendMessage") == [message.params(-1001234567890)]


async def test_a_reply_names_its_message_and_arrives_without_it_too(client: Client, api: BotApi) -> None:
    await Sender(client).send(Destination(7), HELLO, reply_to=5)
    reply = {"message_id": 5, "allow_sending_without_reply": True}
    assert api.said("sendMessage") == [HELLO.params(7) | {"reply_parameters": reply}]


async def test_a_message_to_a_topic_names_it_and_an_edit_needs_not(client: Client, api: BotApi) -> None:
    message_id = await Sender(client).send(Destination(-1009, 77), HELLO, reply_to=5)
    await Sender(client).edit(-1009, message_id, HELLO)
    sent, edited = api.said("sendMessage")[0], api.said("editMessageText")[0]
    assert (sent["chat_id"], sent["message_thread_id"]) == (-1009, 77)
    assert "message_thread_id" not in edited


async def test_a_file_comes_in_the_topic_too(client: Client, api: BotApi) -> None:
    for to in (Destination(-1009, 77), Destination(-1009)):
        await Chats(client).send_document(to, "all.json", b"{}")
    assert [one.get("message_thread_id") for one in api.said("sendDocument")] in ([77, None], ["77", None])


async def test_only_a_paid_sender_asks_for_a_paid_broadcast(client: Client, api: BotApi) -> None:
    await Sender(client, paid=True).send(Destination(7), HELLO, reply_to=5)
    await Sender(client, paid=True).send(Destination(7), HELLO)
    await Sender(client).send(Destination(7), HELLO)
    assert [sent.get("allow_paid_broadcast") for sent in api.said("sendMessage")] == [True, True, None]


@dataclass(frozen=True)
class Counted:
    """A message that counts how often it was asked for its parameters."""

    asked: list[None] = field(default_factory=list, compare=False)

    def params(self) -> dict[str, object]:
        self.asked.append(None)
        return {"text": "x"}


async def test_a_message_is_made_json_once_for_all_its_chats(client: Client, api: BotApi) -> None:
    message = Counted()
    await Sender(client).send(Destination(1), message)
    asked = len(message.asked)
    for chat_id in (2, 3):
        await Sender(client).send(Destination(chat_id), message)
    assert len(message.asked) == asked
    assert api.said("sendMessage") == [{"chat_id": chat_id, "text": "x"} for chat_id in (1, 2, 3)]


@pytest.mark.parametrize(
    ("description", "blocked"),
    [
        ("Forbidden: bot was blocked by the user", True),
        ("Forbidden: bot was kicked from the group chat", True),
        ("Forbidden: user is deactivated", False),
    ],
)
async def test_a_chat_that_shut_us_out_is_gone(
    client: Client, api: BotApi, description: str, *, blocked: bool
) -> None:
    api.answers.append(refusal(403, description))
    error = await failure(client)
    assert isinstance(error, ChatGone)
    assert (error.reason, error.blocked) == (description, blocked)


async def test_a_group_that_moved_says_where_to(client: Client, api: BotApi) -> None:
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    api.answers.append(refusal(400, upgraded, migrate_to_chat_id=-1001234567890))
    error = await failure(client)
    assert isinstance(error, ChatMoved)
    assert error.chat_id == -1001234567890


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (403, "Forbidden: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_chat_that_the_bot_may_not_write_in_is_closed(
    client: Client, api: BotApi, code: int, description: str
) -> None:
    api.answers.append(refusal(code, description))
    assert isinstance(await failure(client), ChatClosed)


async def test_a_429_is_waited_out_as_told(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(429, "Too Many Requests: retry after 10072", retry_after=10072))
    error = await failure(client)
    assert isinstance(error, TryLater)
    assert error.after == 10072


@pytest.mark.parametrize("code", [500, 502, 503])
async def test_a_server_fault_is_tried_later(client: Client, api: BotApi, code: int) -> None:
    api.answers.append(refusal(code, "Internal Server Error"))
    error = await failure(client)
    assert isinstance(error, TryLater)
    assert error.after == 0


@pytest.mark.parametrize("code", [302, 401, 403, 404, 502])
async def test_a_proxys_page_does_not_pass_for_telegrams_word(client: Client, api: BotApi, code: int) -> None:
    api.answers.append(page(code, "<html>no</html>"))
    assert isinstance(await failure(client), TryLater)


async def test_a_broken_connection_after_the_request_left_is_uncertain(client: Client, api: BotApi) -> None:
    api.answers.append(hang_up)
    assert isinstance(await failure(client), Uncertain)


async def test_an_answer_that_does_not_come_is_uncertain(client: Client, api: BotApi) -> None:
    answer, released = never()
    api.answers.append(answer)
    assert isinstance(await failure(client), Uncertain)
    released.set()


@pytest.mark.parametrize(
    "text",
    [
        "<html>welcome to our hotel</html>",
        '{"welcome": "to our hotel"}',
        '{"ok": true, "result": true}',
        "[]",
    ],
)
async def test_an_answer_nobody_can_read_is_uncertain(client: Client, api: BotApi, text: str) -> None:
    api.answers.append(page(200, text))
    assert isinstance(await failure(client), Uncertain)


async def test_a_request_that_never_left_is_tried_later() -> None:
    client = make_client(TOKEN, api_url="http://127.0.0.1:9")
    with pytest.raises(TryLater, match=r"no connection to 127\.0\.0\.1:9"):
        await client.initialize()
    await client.shutdown()


async def test_a_message_refused_for_good_says_why(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(400, "Bad Request: BUTTON_URL_INVALID"))
    error = await failure(client)
    assert isinstance(error, MessageRefused)
    assert error.reason == "Button_url_invalid"
