"""Forums: topics that are made, closed, opened and deleted, and what the bot may write where."""

import aiohttp
import pytest

from bot.errors import BadInput
from bot.sandbox import FORUM, Group, Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN, PEOPLE, TOKEN, Client

PLACE = {"chat_id": FORUM.id, "text": "x"}


@pytest.fixture
async def telegram(telegram: Sandbox) -> Sandbox:
    del telegram
    return Sandbox(token=TOKEN, people=PEOPLE, groups=(FORUM, Group(id=GROUP, title="读者群")))


@pytest.fixture
async def call(http: aiohttp.ClientSession, telegram: Sandbox) -> Client:
    await telegram.start()
    return Client(http, telegram.url)


async def test_a_message_stands_in_the_topic_that_it_names(call: Client, telegram: Sandbox) -> None:
    papers = telegram.forum(FORUM.id).create("Papers")
    sent = await call.ok("sendMessage", **PLACE, message_thread_id=papers)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (papers, True)
    assert sent["chat"]["is_forum"] is True
    general = await call.ok("sendMessage", **PLACE)
    assert "message_thread_id" not in general
    await telegram.stop()


async def test_a_topic_that_is_not_there_or_is_closed_is_refused_as_telegram_does(
    call: Client, telegram: Sandbox
) -> None:
    forum = telegram.forum(FORUM.id)
    papers = forum.create("Papers")
    for thread in (1, 99):
        refusal = await call.refused("sendMessage", **PLACE, message_thread_id=thread)
        assert refusal == "Bad Request: message thread not found"
    forum.close(papers)
    assert await call.refused("sendMessage", **PLACE, message_thread_id=papers) == "Bad Request: TOPIC_CLOSED"
    await call.ok("sendMessage", **PLACE)
    forum.reopen(papers)
    await call.ok("sendMessage", **PLACE, message_thread_id=papers)
    forum.delete(papers)
    refusal = await call.refused("sendMessage", **PLACE, message_thread_id=papers)
    assert refusal == "Bad Request: message thread not found"
    assert all(one.thread == 0 for one in telegram.chat(FORUM.id).messages)
    forum.close(0)
    assert await call.refused("sendMessage", **PLACE) == "Bad Request: TOPIC_CLOSED"
    await telegram.stop()


async def test_nothing_is_known_of_threads_where_there_are_no_topics(call: Client, telegram: Sandbox) -> None:
    sent = await call.ok("sendMessage", chat_id=GROUP, text="x", message_thread_id=77)
    assert "is_topic_message" not in sent
    await telegram.say(LIN, "/start")
    refusal = await call.refused("sendMessage", chat_id=LIN, text="x", message_thread_id=77)
    assert refusal == "Bad Request: message thread not found"
    await telegram.stop()


async def test_the_bot_is_told_what_happens_to_topics_but_not_that_one_was_deleted(
    call: Client, telegram: Sandbox
) -> None:
    forum = telegram.forum(FORUM.id)
    papers = forum.create("Papers")
    forum.close(papers)
    forum.reopen(papers)
    forum.delete(papers)
    updates = [update["message"] for update in await call.ok("getUpdates")]
    told = [name for update in updates for name in update if name.startswith("forum_topic_")]
    assert told == ["forum_topic_created", "forum_topic_closed", "forum_topic_reopened"]
    assert {update["message_thread_id"] for update in updates} == {papers}
    await telegram.stop()


async def test_in_a_closed_topic_only_an_administrator_writes(call: Client, telegram: Sandbox) -> None:
    forum = telegram.forum(FORUM.id)
    papers = forum.create("Papers")
    forum.close(papers)
    with pytest.raises(BadInput, match="this topic is closed"):
        await telegram.say(FORUM.id, "hello", by=ADA, thread=papers)
    said = await telegram.say(FORUM.id, "hello", by=LIN, thread=papers)
    assert said.thread == papers
    with pytest.raises(BadInput, match="no such topic"):
        await telegram.say(FORUM.id, "hello", by=LIN, thread=999)
    await telegram.stop()
    del call


async def test_the_page_makes_and_closes_topics(
    call: Client, telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    async def ask(**given: object) -> dict[str, int]:
        async with http.post(f"{telegram.url}/sandbox/topic", json={"chat_id": FORUM.id, **given}) as answer:
            assert answer.status == 200
            found: dict[str, int] = await answer.json()
            return found

    papers = (await ask(name="Papers"))["thread"]
    await ask(thread=papers, do="close")
    async with http.get(f"{telegram.url}/sandbox/state") as answer:
        chats = (await answer.json())["chats"]
    topics = next(chat["topics"] for chat in chats if chat["id"] == FORUM.id)
    assert topics[1:] == [{"id": papers, "name": "Papers", "closed": True}]
    await telegram.stop()
    del call


def test_only_a_supergroup_is_a_forum(telegram: Sandbox) -> None:
    with pytest.raises(BadInput, match="only a supergroup has topics"):
        Group(id=-5, title="x", is_forum=True)
    with pytest.raises(BadInput, match="this is no forum"):
        telegram.forum(GROUP)


async def test_whatever_is_said_in_a_topic_replies_at_least_to_what_opened_it(
    call: Client, telegram: Sandbox
) -> None:
    papers = telegram.forum(FORUM.id).create("Papers")
    first = await call.ok("sendMessage", **PLACE, message_thread_id=papers)
    await telegram.say(FORUM.id, "hello", by=LIN, thread=papers)
    await telegram.say(FORUM.id, "yes", by=LIN, thread=papers, reply_to=first["message_id"])
    await telegram.say(FORUM.id, "in General", by=LIN)
    opening, hello, yes, general = [one["message"] for one in await call.ok("getUpdates")]
    assert "reply_to_message" not in opening
    assert hello["reply_to_message"] == opening
    assert hello["reply_to_message"]["forum_topic_created"]["name"] == "Papers"
    assert yes["reply_to_message"]["message_id"] == first["message_id"]
    assert "reply_to_message" not in yes["reply_to_message"]
    assert "reply_to_message" not in general
    await telegram.stop()
