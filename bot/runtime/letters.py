"""What readers report comes into the editors' chat, and what an editor answers to the reader.

Both are kept until then. An answer is noted as sent before it leaves: a process that dies in between leaves
it out rather than send it twice.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Never, Protocol

from bot.errors import ChatClosed, ChatGone, ChatMoved, JianbaoError, MessageRefused, Uncertain
from bot.handlers import KnownChat, mistake_about
from bot.messages import Message
from bot.model import Destination
from bot.runtime.board import Board
from bot.runtime.chat_language import language_of
from bot.runtime.letter_voice import LetterVoice
from bot.runtime.showing import Look, Tries, keep_looking
from bot.storage import Storage
from bot.storage.desk_messages import DeskKind
from bot.storage.mistakes import AnswerState, Mistake
from bot.storage.role_chats import RoleChat

REST = 3.0  # seconds between two looks
MOST = 20  # at once


class Gateway(Protocol):
    """How a message comes to a chat. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...


class Letters:
    """Brings them, one after the other."""

    def __init__(
        self,
        *,
        storage: Storage,
        place: KnownChat,
        board: Board,
        gateway: Gateway,
        voice: LetterVoice,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._mistakes = storage.mistakes
        self._place = place
        self._board = board
        self._gateway = gateway
        self._voice = voice
        self._now = now
        self._tries = Tries(place, storage.subscribers, now)
        self._wake_up = asyncio.Event()

    def look_now(self) -> None:
        """Look at once: there is something new."""
        self._wake_up.set()

    async def run(self) -> Never:
        """Bring them as long as this process leads; ends never."""
        await keep_looking("letters", self.look, REST, self._wake_up)

    async def look(self) -> None:
        """Bring what there is."""
        chat = await self._place.get()
        if chat is None:
            return
        for one in await self._mistakes.unshown(limit=MOST):
            await self._try("show", one, chat.chat_id, partial(self._show, one, chat))
        for one in await self._mistakes.unanswered(limit=MOST):
            await self._try("answer", one, chat.chat_id, partial(self._answer, one, chat))

    async def _try(self, what: str, one: Mistake, chat_id: int, act: Look) -> None:
        key = f"{what} {one.key}"
        if self._tries.is_due(key):
            await self._tries.run(key, one.issue_slug, chat_id, act)

    async def _show(self, one: Mistake, chat: RoleChat) -> None:
        language = await language_of(chat, self._storage.subscribers, self._voice.language)
        message = await self._voice.mistake(one, language)
        unsent = self._board.unsent(DeskKind.MISTAKE, mistake_about(one), chat.chat_id)
        await self._board.show(unsent, message)
        await self._mistakes.note_shown(one.key)

    async def _answer(self, one: Mistake, chat: RoleChat) -> None:
        await self._mistakes.note_answer(one.key, AnswerState.LEFT)
        try:
            await self._gateway.send(one.destination, self._voice.answer(one))
        except Uncertain:
            outcome = "uncertain"
        except (ChatGone, ChatClosed, MessageRefused):
            await self._mistakes.note_answer(one.key, AnswerState.REFUSED)
            outcome = "refused"
        except ChatMoved as error:
            await self._mistakes.note_answer(one.key, AnswerState.WAITING)
            await self._storage.subscribers.move(one.chat_id, error.chat_id, self._now())
            return
        except JianbaoError:
            await self._mistakes.note_answer(one.key, AnswerState.WAITING)
            raise
        else:
            outcome = "arrived"
        language = await language_of(chat, self._storage.subscribers, self._voice.language)
        await self._gateway.send(Destination(chat.chat_id), self._voice.outcome(one, outcome, language))
