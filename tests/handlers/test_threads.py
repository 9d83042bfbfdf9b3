"""Which topic of a forum an update is in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import (
    CallbackQuery,
    Chat,
    ForumTopicCreated,
    ForumTopicEdited,
    ForumTopicReopened,
    InaccessibleMessage,
    Message,
    Update,
    User,
)

from bot.handlers.asked import request_in
from bot.handlers.threads import thread_of
from bot.model import Destination

FORUM = Chat(id=-1009, type="supergroup", title="Forum", is_forum=True)
GROUP = Chat(id=-5, type="supergroup", title="Readers")
PRIVATE = Chat(id=7, type="private")
ADA = User(id=7, first_name="Ada", is_bot=False)
AT = datetime(2026, 3, 2, tzinfo=UTC)


def message(chat: Chat, **fields: Any) -> Message:
    return Message(message_id=1, date=AT, chat=chat, from_user=ADA, **fields)


@pytest.mark.parametrize(
    ("given", "thread"),
    [
        (message(FORUM, message_thread_id=77, is_topic_message=True), 77),
        (message(FORUM), 0),
        (message(FORUM, message_thread_id=77), 0),  # an answer in General: where its conversation began
        (message(FORUM, message_thread_id=1, is_topic_message=True), 0),
        (message(GROUP, message_thread_id=77), 0),
        (message(GROUP, message_thread_id=77, is_topic_message=False), 0),
        (message(PRIVATE, message_thread_id=77, is_topic_message=True), 0),
        (message(FORUM, message_thread_id=77, forum_topic_reopened=ForumTopicReopened()), 77),
        (message(FORUM, message_thread_id=77, forum_topic_edited=ForumTopicEdited(name="论文")), 77),
    ],
)
def test_only_a_message_of_a_topic_is_in_a_thread(given: Message, thread: int) -> None:
    assert thread_of(Update(update_id=1, message=given)) == thread


@pytest.mark.parametrize(
    ("tapped", "thread"),
    [
        (message(FORUM, message_thread_id=77, is_topic_message=True), 77),
        (message(GROUP, message_thread_id=77), 0),
        (InaccessibleMessage(chat=FORUM, message_id=1), 0),
    ],
)
def test_a_tap_is_in_the_topic_of_its_message(tapped: Message, thread: int) -> None:
    query = CallbackQuery(id="1", from_user=ADA, chat_instance="1", message=tapped, data="latest:")
    assert thread_of(Update(update_id=1, callback_query=query)) == thread


def test_what_is_asked_in_a_topic_is_about_the_topic() -> None:
    update = Update(update_id=1, message=message(FORUM, message_thread_id=77, is_topic_message=True))
    request = request_in(update, "words")
    assert request is not None
    assert request.destination == Destination(FORUM.id, 77)


OPENED = message(FORUM, forum_topic_created=ForumTopicCreated(name="Papers", icon_color=0))
IN_77 = {"message_thread_id": 77, "is_topic_message": True}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (message(FORUM, **IN_77, reply_to_message=OPENED), "Papers"),
        (message(FORUM, **IN_77, reply_to_message=message(FORUM, **IN_77)), ""),
        (message(FORUM, **IN_77), ""),
        (message(FORUM, **IN_77, forum_topic_edited=ForumTopicEdited(name="论文")), "论文"),
        (message(FORUM, **IN_77, forum_topic_edited=ForumTopicEdited(icon_custom_emoji_id="7")), ""),
        (message(GROUP, reply_to_message=OPENED), ""),
    ],
)
def test_what_a_topic_is_called_stands_in_what_opened_or_renamed_it(given: Message, name: str) -> None:
    request = request_in(Update(update_id=1, message=given), "words")
    assert request is not None
    assert request.topic_name == name
