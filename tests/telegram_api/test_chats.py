"""What the bot does in its chats besides sending, over a real connection."""

import pytest

from bot.errors import ChatClosed, MessageGone, MessageRefused, SendError, TryLater
from bot.messages import Button, Message
from bot.model import Destination
from bot.telegram_api import Chats, Client, PublicProfile, PublicTexts, Sender, make_client
from tests.telegram_api.server import TOKEN, BotApi, refusal

HELLO = Message(
    "<b>你好</b>", ((Button("全部", data="rest:1"),),), silent=True, picture="https://example.com/p.png"
)
SAME = "Bad Request: message is not modified: specified new message content is exactly the same"


class Menu:
    """The texts of the menu."""

    def menu(self, language: str) -> tuple[tuple[str, str], ...]:
        return (("help", f"help in {language}"),)


async def test_an_edit_brings_the_text_with_its_preview_and_buttons_and_no_more(
    client: Client, api: BotApi
) -> None:
    await Sender(client, paid=True).edit(7, 42, HELLO)
    (edited,) = api.said("editMessageText")
    rest = {name: value for name, value in HELLO.params(7).items() if name != "disable_notification"}
    assert edited == rest | {"message_id": 42}


async def test_a_message_that_is_the_same_already_is_well(client: Client, api: BotApi) -> None:
    api.answers += [refusal(400, SAME)] * 2
    await Chats(client).edit(7, 42, HELLO)
    await Chats(client).drop_buttons(7, 42)
    assert api.answers == []


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Bad Request: message to edit not found", MessageGone),
        ("Bad Request: MESSAGE_ID_INVALID", MessageGone),
        ("Bad Request: message can't be edited", MessageRefused),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", ChatClosed),
    ],
)
async def test_an_edit_that_fails_says_what_to_do(
    client: Client, api: BotApi, description: str, expected: type[SendError]
) -> None:
    api.answers.append(refusal(400, description))
    with pytest.raises(SendError) as caught:
        await Chats(client).edit(7, 42, HELLO)
    assert type(caught.value) is expected


async def test_a_message_is_taken_away(client: Client, api: BotApi) -> None:
    await Chats(client).delete(7, 42)
    assert api.said("deleteMessage") == [{"chat_id": 7, "message_id": 42}]


@pytest.mark.parametrize("gone", ["message to delete not found", "MESSAGE_ID_INVALID"])
async def test_a_message_that_is_gone_need_not_be_taken_away(client: Client, api: BotApi, gone: str) -> None:
    api.answers.append(refusal(400, f"Bad Request: {gone}"))
    await Chats(client).delete(7, 42)
    assert api.answers == []


async def test_a_message_that_may_not_be_taken_away_is_refused(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(400, "Bad Request: message can't be deleted"))
    with pytest.raises(MessageRefused):
        await Chats(client).delete(7, 42)


async def test_a_reply_goes_through_the_chats_as_through_a_sender(client: Client, api: BotApi) -> None:
    message_id = await Chats(client).send(Destination(7), HELLO, reply_to=5)
    assert message_id == 42
    assert api.said("sendMessage")[0]["reply_parameters"]["message_id"] == 5


async def test_buttons_are_dropped_and_taps_answered_in_two_hundred_characters(
    client: Client, api: BotApi
) -> None:
    await Chats(client).drop_buttons(7, 42)
    (dropped,) = api.said("editMessageReplyMarkup")
    assert dropped == {"chat_id": 7, "message_id": 42, "reply_markup": {}}
    await Chats(client).answer_tap("9", "长" * 300)
    assert api.said("answerCallbackQuery") == [{"callback_query_id": "9", "text": "长" * 200}]


async def test_the_menu_is_set_in_each_language_and_in_english_for_the_others(
    client: Client, api: BotApi
) -> None:
    await Chats(client).introduce(Menu(), ("zh", "en"))
    told = [
        (set_.get("language_code"), set_["commands"][0]["description"]) for set_ in api.said("setMyCommands")
    ]
    assert told == [("zh", "help in zh"), ("en", "help in en"), (None, "help in en")]


async def test_a_webhook_that_somebody_set_is_dropped(client: Client, api: BotApi) -> None:
    await Chats(client).listen_by_polling()
    assert len(api.said("deleteWebhook")) == 1


async def test_warming_opens_the_connections_that_the_messages_then_go_by(
    client: Client, api: BotApi
) -> None:
    await Chats(client).warm(12)
    opened = set(api.callers)
    await Chats(client).send(Destination(7), HELLO)
    assert len(opened) == 12
    assert api.callers == opened


async def test_warming_opens_no_more_than_there_may_be(api: BotApi) -> None:
    async with (
        api.server() as server,
        make_client(TOKEN, api_url=str(server.make_url("/")), connections=3) as client,
    ):
        await Chats(client).warm(50)
    assert len(api.callers) == 3
    assert len(api.said("getMe")) == 1 + 3


async def test_warming_survives_a_dead_server(api: BotApi) -> None:
    async with api.server() as server:
        client = make_client(TOKEN, api_url=str(server.make_url("/")))
        await client.initialize()
    await Chats(client).warm(8)
    with pytest.raises(TryLater):
        await Chats(client).send(Destination(7), HELLO)
    await client.shutdown()
    await Chats(client).warm(8)


async def test_only_what_differs_of_the_public_profile_is_set(client: Client, api: BotApi) -> None:
    api.results["setMyDescription"] = True
    texts = PublicTexts(name="简报", description="说明", short_description="短")
    api.results |= {
        "getMyName": {"name": "简报"},
        "getMyDescription": {"description": ""},
        "getMyShortDescription": {"short_description": "短"},
    }
    await PublicProfile(client).bring_to({"zh": texts})
    assert api.said("setMyName") == api.said("setMyShortDescription") == []
    assert api.said("setMyDescription") == [{"description": "说明", "language_code": "zh"}]
