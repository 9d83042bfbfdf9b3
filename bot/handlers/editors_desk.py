"""What editors work with in their chat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.handlers.editors import Editors
from bot.handlers.known_chat import KnownChat
from bot.handlers.questioning import Questions, Rounds
from bot.model import Cut, Issue
from bot.publishing.approving import Approving
from bot.publishing.holding import Holding
from bot.publishing.publisher import Publisher
from bot.readers.parsed_issues import ParsedIssue
from bot.storage.desk_messages import DeskMessages


class Previews(Protocol):
    """Brings into the editors' chat what a reader gets."""

    def may_ask(self, chat_id: int) -> int:
        """In how many minutes a chat may ask for a preview; 0 for now."""

    def ask(self, chat_id: int, issue: Issue, cut: Cut) -> bool:
        """Let a preview come; False while another is on its way."""

    def remove(self, chat_id: int, message_id: int) -> None:
        """Let what came with this message be taken away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorsDesk:
    """What there is to work with for ``who`` is an editor.

    ``read`` gives an issue by its slug, ``redraw`` brings its card up to date, and ``readers`` is how many
    would get an issue now. ``letters`` brings what
    readers and editors said. ``questions`` are those about topics, None where nobody can ask any.
    """

    who: Editors
    messages: DeskMessages
    approving: Approving
    holding: Holding
    publisher: Publisher
    read: Callable[[str], Awaitable[ParsedIssue | None]]
    readers: Callable[[], Awaitable[int]]
    previews: Previews
    questions: Questions | None
    rounds: Rounds
    redraw: Callable[[str], None]
    letters: Callable[[], None]
    now: Callable[[], datetime]

    @property
    def place(self) -> KnownChat:
        """The editors' chat."""
        return self.who.place
