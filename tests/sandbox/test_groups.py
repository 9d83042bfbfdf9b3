"""Groups that the bot is in: writing, being shut out, moving to another id."""

import aiohttp
import pytest

from bot.errors import BadInput
from bot.sandbox import GROUPS as SHIPPED
from bot.sandbox import PEOPLE, Group, Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN, SUPERGROUP, TOKEN, Client

MOVED = -100501
SEND = {"chat_id": GROUP, "text": "x"}


async def test_a_message_is_sent_edited_and_deleted_as_in_a_private_chat(
    call: Client, telegram: Sandbox
) -> None:
    sent = await call.ok("sendMessage", **SEND)
    assert sent["chat"] == {"id": GROUP, "type": "group", "title": "读者群"}
    assert sent["from"]["is_bot"]
    own = {"chat_id": GROUP, "message_id": sent["message_id"]}
    await call.ok("editMessageText", **own, text="y")
    (message,) = await telegram.received(GROUP, 1)
    assert message.text == "y"
    await call.ok("deleteMessage", **own)
    assert telegram.chat(GROUP).messages == ()


async def test_a_person_writes_in_a_group(call: Client, telegram: Sandbox) -> None:
    await telegram.say(SUPERGROUP, "/topic 量化", by=ADA)
    (update,) = await call.ok("getUpdates")
    message = update["message"]
    assert message["from"]["id"] == ADA
    assert message["chat"] == {"id": SUPERGROUP, "type": "supergroup", "title": "Readers"}
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert not telegram.chat(ADA).started


async def test_who_presses_a_button_in_a_group_is_told(call: Client, telegram: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "yes"}]]}
    sent = await call.ok("sendMessage", **SEND, reply_markup=markup)
    await telegram.press(GROUP, sent["message_id"], "yes", by=ADA)
    (update,) = await call.ok("getUpdates")
    assert update["callback_query"]["from"]["id"] == ADA
    assert update["callback_query"]["message"]["chat"]["id"] == GROUP


async def test_members_are_promoted_and_demoted_and_stay_so_in_the_supergroup(
    call: Client, telegram: Sandbox
) -> None:
    async def status(chat: int, who: int) -> str:
        member = await call.ok("getChatMember", chat_id=chat, user_id=who)
        return str(member["status"])

    assert await status(GROUP, LIN) == "creator"
    assert await status(GROUP, ADA) == "member"
    telegram.promote(GROUP, ADA)
    telegram.migrate(GROUP, MOVED)
    assert await status(MOVED, ADA) == "administrator"
    those = await call.ok("getChatAdministrators", chat_id=MOVED)
    assert [one["user"]["id"] for one in those] == [LIN, ADA]
    telegram.demote(MOVED, ADA)
    assert await status(MOVED, ADA) == "member"
    assert "member not found" in await call.refused("getChatMember", chat_id=MOVED, user_id=5)
    with pytest.raises(BadInput, match="no administrator"):
        telegram.demote(MOVED, ADA)


async def test_a_group_has_one_administrator_and_a_private_chat_has_none(call: Client) -> None:
    (owner,) = await call.ok("getChatAdministrators", chat_id=GROUP)
    assert (owner["status"], owner["user"]["id"], owner["is_anonymous"]) == ("creator", LIN, False)
    refused = await call.refused("getChatAdministrators", chat_id=LIN)
    assert refused == "Bad Request: there are no administrators in the private chat"


async def test_the_messages_of_others_are_not_deleted(call: Client, telegram: Sandbox) -> None:
    theirs = await telegram.say(GROUP, "x", by=LIN)
    assert await call.refused("deleteMessage", chat_id=GROUP, message_id=theirs.message_id) == (
        "Bad Request: message can't be deleted"
    )


async def test_a_closed_group_refuses_until_it_is_opened(call: Client, telegram: Sandbox) -> None:
    sent = await call.ok("sendMessage", **SEND)
    telegram.close(GROUP)
    refused = "Bad Request: not enough rights to send {} to the chat"
    assert await call.refused("sendMessage", **SEND) == refused.format("text messages")
    photo = await call.refused("sendPhoto", chat_id=GROUP, photo="https://example.com/a.png")
    assert photo == refused.format("photos")
    await call.ok("deleteMessage", chat_id=GROUP, message_id=sent["message_id"])
    telegram.open(GROUP)
    await call.ok("sendMessage", **SEND)
    assert await call.ok("getUpdates") == []


@pytest.mark.parametrize(("chat_id", "kind"), [(GROUP, "group"), (SUPERGROUP, "supergroup")])
async def test_an_expelled_bot_is_refused_and_told_until_it_is_let_back_in(
    call: Client, telegram: Sandbox, chat_id: int, kind: str
) -> None:
    telegram.expel(chat_id)
    refused = await call.refused("sendMessage", chat_id=chat_id, text="x")
    assert refused == f"Forbidden: bot was kicked from the {kind} chat"
    await telegram.say(chat_id, "what it does not hear", by=LIN)
    (update,) = await call.ok("getUpdates")
    assert update["my_chat_member"]["chat"]["id"] == chat_id
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    telegram.unblock(chat_id)
    await call.ok("sendMessage", chat_id=chat_id, text="x")


async def test_the_old_id_of_a_supergroup_answers_with_the_new_one(call: Client, telegram: Sandbox) -> None:
    telegram.migrate(GROUP, MOVED)
    for method in ("sendMessage", "editMessageText", "deleteMessage"):
        assert await call(method, **SEND, message_id=1) == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": MOVED},
        }
    sent = await call.ok("sendMessage", chat_id=MOVED, text="x")
    assert sent["chat"] == {"id": MOVED, "type": "supergroup", "title": "读者群"}


async def test_both_sides_of_a_move_are_told(call: Client, telegram: Sandbox) -> None:
    telegram.migrate(GROUP, MOVED)
    left, came = [update["message"] for update in await call.ok("getUpdates")]
    assert (left["chat"]["id"], left["chat"]["type"], left["migrate_to_chat_id"]) == (GROUP, "group", MOVED)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (MOVED, GROUP)


async def test_messages_stay_behind_when_a_group_moves(call: Client, telegram: Sandbox) -> None:
    sent = await call.ok("sendMessage", **SEND)
    telegram.migrate(GROUP, MOVED)
    old = {"chat_id": MOVED, "message_id": sent["message_id"]}
    assert await call.refused("editMessageText", **old, text="y") == (
        "Bad Request: message to edit not found"
    )
    assert await call.refused("deleteMessage", **old) == "Bad Request: message to delete not found"
    assert [message.text for message in telegram.chat(GROUP).from_bot] == ["x"]


async def test_what_cannot_happen_to_a_chat_is_refused(telegram: Sandbox) -> None:
    for act in (telegram.expel, telegram.close, telegram.open):
        with pytest.raises(BadInput, match="no group"):
            act(LIN)
    for impossible in ((LIN, MOVED), (SUPERGROUP, MOVED), (GROUP, SUPERGROUP), (GROUP, 7)):
        with pytest.raises(BadInput):
            telegram.migrate(*impossible)
    for chat_id, by in ((GROUP, 7), (LIN, ADA)):
        with pytest.raises(BadInput, match="no such person"):
            await telegram.say(chat_id, "x", by=by)
    telegram.migrate(GROUP, MOVED)
    with pytest.raises(BadInput, match=f"chat {MOVED} now"):
        await telegram.say(GROUP, "x")
    with pytest.raises(BadInput, match="negative"):
        Group(id=5, title="x")


async def test_the_page_lists_groups_by_their_title(telegram: Sandbox, http: aiohttp.ClientSession) -> None:
    telegram.migrate(GROUP, MOVED)
    async with http.post(f"{telegram.url}/sandbox/say", json={"chat_id": MOVED, "text": "x"}) as response:
        assert response.status == 200
    async with http.get(f"{telegram.url}/sandbox/state") as response:
        chats = {chat["id"]: chat for chat in (await response.json())["chats"]}
    assert [chats[chat_id]["name"] for chat_id in (SUPERGROUP, MOVED)] == ["Readers", "读者群"]
    assert [message["text"] for message in chats[MOVED]["messages"]] == [f"← {GROUP}", "x"]


async def test_an_event_is_shown_as_it_was_when_nobody_watched(
    call: Client, telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{telegram.url}/sandbox/state") as response:
        seq = (await response.json())["seq"]
    sent = await call.ok("sendMessage", **SEND)
    async with http.get(f"{telegram.url}/sandbox/events?after={seq}") as response:
        lines = [await response.content.readline() for _ in range(4)]
    assert f'"message_id":{sent["message_id"]}'.encode() in lines[3]


async def test_the_group_of_the_demo_has_several_members_of_whom_one_administers_it(
    http: aiohttp.ClientSession,
) -> None:
    async with (
        Sandbox(token=TOKEN, groups=SHIPPED) as telegram,
        http.get(f"{telegram.url}/sandbox/state") as response,
    ):
        chats = (await response.json())["chats"]
        (group,) = (chat for chat in chats if chat["kind"] == "group")
        assert group["administrators"] == [PEOPLE[0].id]
        written = [await telegram.say(group["id"], "/start", by=person.id) for person in PEOPLE]
    assert [message.sender for message in written] == [person.id for person in PEOPLE]


async def test_a_client_may_send_data_that_no_button_has(call: Client, telegram: Sandbox) -> None:
    sent = await call.ok("sendMessage", chat_id=GROUP, text="No buttons")
    await telegram.press(GROUP, sent["message_id"], "leave:", by=ADA)
    (update,) = await call.ok("getUpdates")
    assert update["callback_query"]["data"] == "leave:"
    assert update["callback_query"]["from"]["id"] == ADA
    with pytest.raises(BadInput, match="no button"):
        await telegram.press(GROUP, sent["message_id"], "Leave", by=ADA)
