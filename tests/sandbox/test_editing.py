"""Messages that stand already: what is changed, what is taken away, and until when."""

from bot.sandbox import Sandbox
from tests.sandbox.conftest import GROUP, LIN, Client, Clock


async def test_a_text_is_edited_and_its_keyboard_with_it(
    call: Client, telegram: Sandbox, clock: Clock
) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    sent = await call.ok("sendMessage", chat_id=LIN, text="a", reply_markup=markup)
    own = {"chat_id": LIN, "message_id": sent["message_id"]}
    clock.forward(60)
    assert (await call.ok("editMessageText", **own, text="b"))["edit_date"] == sent["date"] + 60
    (message,) = telegram.chat(LIN).from_bot
    assert (message.text, message.reply_markup, message.edited) == ("b", None, clock.now)
    assert (await call.refused("editMessageText", **own, text="b")).startswith(
        "Bad Request: message is not modified: "
    )
    await call.ok("editMessageReplyMarkup", **own, reply_markup=markup)
    assert telegram.chat(LIN).from_bot[0].buttons


async def test_a_message_that_is_not_there_or_not_the_bot_s_is_not_edited(
    call: Client, telegram: Sandbox
) -> None:
    theirs = await telegram.say(LIN, "x")
    edit = {"chat_id": LIN, "text": "y"}
    assert await call.refused("editMessageText", **edit, message_id=99) == (
        "Bad Request: message to edit not found"
    )
    assert await call.refused("editMessageText", **edit, message_id=theirs.message_id) == (
        "Bad Request: message can't be edited"
    )


async def test_a_message_is_deleted_for_48_hours(call: Client, telegram: Sandbox, clock: Clock) -> None:
    old = await call.ok("sendMessage", chat_id=LIN, text="old")
    clock.forward(48 * 3600 + 1)
    new = await call.ok("sendMessage", chat_id=LIN, text="new")
    await call.ok("deleteMessage", chat_id=LIN, message_id=new["message_id"])
    assert (await call.refused("deleteMessage", chat_id=LIN, message_id=old["message_id"])).startswith(
        "Bad Request: message can't be deleted"
    )
    assert [message.text for message in telegram.chat(LIN).messages] == ["old"]


async def test_a_test_can_age_the_messages_of_one_chat(call: Client, telegram: Sandbox) -> None:
    sent = await call.ok("sendMessage", chat_id=LIN, text="x")
    elsewhere = await call.ok("sendMessage", chat_id=GROUP, text="x")
    telegram.age(LIN, hours=49)
    assert await call.refused("deleteMessage", chat_id=LIN, message_id=sent["message_id"]) == (
        "Bad Request: message can't be deleted for everyone"
    )
    await call.ok("editMessageText", chat_id=LIN, message_id=sent["message_id"], text="y")
    await call.ok("deleteMessage", chat_id=GROUP, message_id=elsewhere["message_id"])


async def test_an_edit_brings_a_preview_or_takes_it_away(call: Client, telegram: Sandbox) -> None:
    sent = await call.ok("sendMessage", chat_id=LIN, text="x")
    own = {"chat_id": LIN, "message_id": sent["message_id"], "text": "x"}
    await call.ok("editMessageText", **own, link_preview_options={"url": "https://example.com/p.png"})
    assert telegram.chat(LIN).from_bot[0].preview
    await call.ok("editMessageText", **own)
    assert telegram.chat(LIN).from_bot[0].preview is None
