"""Messages of the editors' chat: sent once, edited, and known as they are, whatever goes wrong on the way."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import MessageGone, MessageRefused, SendError, TryLater, Uncertain
from bot.messages import Message
from bot.model import Destination
from bot.runtime.board import Board
from bot.storage import Database
from bot.storage.desk_messages import DeskKind, DeskMessage, DeskMessages
from tests.builders import NOON

GROUP = -4001
ONE, OTHER = Message("one"), Message("other")


class Chat:
    """A chat that takes messages, and once fails as told."""

    def __init__(self) -> None:
        self.shows: dict[int, str] = {}
        self.calls: list[str] = []
        self.fault: SendError | None = None

    async def send(self, to: Destination, message: Message) -> int:
        self._take("send")
        assert to == Destination(GROUP)
        number = 7 + len(self.calls)
        self.shows[number] = message.html
        return number

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        self._take("edit")
        assert chat_id == GROUP
        self.shows[message_id] = message.html

    def _take(self, call: str) -> None:
        self.calls.append(call)
        fault, self.fault = self.fault, None
        if fault:
            raise fault


@pytest.fixture
async def messages(database_url: str) -> AsyncIterator[DeskMessages]:
    async with Database(database_url) as database:
        yield DeskMessages(database)


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def board(messages: DeskMessages, chat: Chat) -> Board:
    return Board(messages, chat, lambda: NOON)


async def shown(board: Board, message: Message, *, anew: bool = False) -> DeskMessage:
    """As a process does that knows no more than the database."""
    known = (await board.messages.of(GROUP, DeskKind.CARD)).get("x")
    return await board.show(known or board.unsent(DeskKind.CARD, "x", GROUP), message, anew=anew)


async def test_a_message_is_sent_once_and_edited_only_when_it_is_to_show_something_else(
    board: Board, chat: Chat
) -> None:
    first = await shown(board, ONE)
    assert await shown(board, ONE) == first
    second = await shown(board, OTHER)
    assert (second.message_id, chat.calls) == (first.message_id, ["send", "edit"])
    await shown(board, OTHER, anew=True)
    assert chat.calls == ["send", "edit", "edit"]


@pytest.mark.parametrize("error", [MessageGone("gone"), MessageRefused("can't be edited")])
async def test_one_that_is_gone_is_sent_again_and_the_old_one_known_no_more(
    board: Board, chat: Chat, error: SendError
) -> None:
    first = await shown(board, ONE)
    chat.fault = error
    again = await shown(board, OTHER)
    assert chat.calls == ["send", "edit", "send"]
    assert await board.messages.about(GROUP, DeskKind.CARD, "x") == (again,)
    assert again.message_id != first.message_id


@pytest.mark.parametrize("error", [Uncertain("no answer"), TryLater("429", after=3)])
async def test_an_edit_without_an_answer_is_made_again(board: Board, chat: Chat, error: SendError) -> None:
    await shown(board, ONE)
    chat.fault = error
    with pytest.raises(type(error)):
        await shown(board, OTHER)
    await shown(board, OTHER)
    assert chat.calls == ["send", "edit", "edit"]
    assert [*chat.shows.values()] == ["other"]


async def test_what_could_not_be_sent_is_not_known(board: Board, chat: Chat) -> None:
    chat.fault = TryLater("429", after=3)
    with pytest.raises(TryLater):
        await shown(board, ONE)
    assert await board.messages.of(GROUP, DeskKind.CARD) == {}
