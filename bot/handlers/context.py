"""What handlers work with."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from bot.delivery.newcomers import Newcomers
from bot.digest.names import DigestNames
from bot.digest.topics.vocabulary import Topics
from bot.handlers.admin_desk import AdminDesk
from bot.handlers.administrators import Administrators
from bot.handlers.callback_data import LongTexts, read_refs, write_refs
from bot.handlers.channel_desk import ChannelDesk
from bot.handlers.editors_desk import EditorsDesk
from bot.handlers.identity import Identity
from bot.handlers.known_chat import KnownChat
from bot.handlers.once_a_day import OncePerDay, PerDay
from bot.handlers.request import Reply, Request
from bot.messages import Button, Buttons, Message, Renderer
from bot.messages.wording import Wording
from bot.model import (
    Choice,
    Cut,
    Destination,
    Interests,
    Language,
    Parked,
)
from bot.publishing.claims import Claims
from bot.readers.allowance import Allowance
from bot.readers.archive import Archive
from bot.readers.feedback import Feedback
from bot.readers.forgetting import Forgetting, PersonalData
from bot.readers.items import Items
from bot.readers.missed import CatchUp
from bot.readers.next_issue import NextIssue
from bot.readers.reading_hours import ReadingHours
from bot.readers.requests import IssueRequests
from bot.readers.saved import Saved
from bot.readers.search import Search
from bot.readers.subscriptions import Joined, Subscriptions
from bot.readers.topic_items import TopicItems
from bot.storage.group_chats import GroupChats

_AS_BEFORE = Choice()
_EXAMPLES = 3
_PAGE_DIGITS = 6
_JOINING = {"subscribe": "subscribe:", "resume": "resume:"}  #: what the buttons send, by their labels
_ANY_WORDS = ("AI", "Linux", "Python")  # examples if a digest has no topics


class Trial(Protocol):
    """Where a rich message is tried."""

    async def takes(self, to: Destination, sample: Message) -> bool:
        """Whether Telegram takes a sample, which is then in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerContext:
    """What handlers need.

    ``written_in`` is the digest's language; ``per_page`` counts back issues, ``newest`` items of a topic.
    ``unfolds`` counts what is unfolded in groups. ``wake`` wakes the worker after something was planned.
    """

    digest: str
    written_in: Language
    identity: Identity
    archive: Archive
    items: Items
    saved: Saved
    topic_items: TopicItems
    search: Search
    subscriptions: Subscriptions
    hours: ReadingHours
    requests: IssueRequests
    long_texts: LongTexts
    catch_up: CatchUp
    next_issue: NextIssue
    personal_data: PersonalData
    forgetting: Forgetting
    renderer: Renderer
    wording: Wording
    topics: Topics
    names: DigestNames
    once_a_day: OncePerDay
    data_sent: PerDay
    unfolds: Allowance
    rich_trial: Trial
    desk: AdminDesk
    editors: EditorsDesk
    feedback: Feedback
    claims: Claims
    groups: GroupChats
    administrators: Administrators
    channels: ChannelDesk
    per_page: int
    newest: int
    newcomers: Newcomers
    wake: Callable[[], None]

    @property
    def places(self) -> tuple[KnownChat, KnownChat]:
        """The chats that have a role."""
        return self.desk.place, self.editors.place

    async def has_role(self, chat_id: int) -> bool:
        """Whether this is one of these chats."""
        return any([await place.is_here(chat_id) for place in self.places])

    async def is_muted(self, chat_id: int) -> bool:
        """Whether it is a group in which the bot may not write, although people write to it."""
        return chat_id < 0 and (await self.groups.get(chat_id)).parked is Parked.MUTED

    @contextmanager
    def answering(self, chat_id: int) -> Iterator[None]:
        """Wake the worker at the end, so that what a reply announces does not arrive before it."""
        try:
            yield
        finally:
            self.newcomers.greeted(chat_id)
            self.wake()

    async def join(self, request: Request, choice: Choice = _AS_BEFORE) -> Joined:
        """Subscribe the chat or topic that asks; the newest issue comes once it was answered."""
        self.newcomers.join(request.chat_id)
        return await self.subscriptions.join(
            request.destination,
            language=request.language,
            choice=choice,
            by=request.person,
            name=request.topic_name,
        )

    async def unsubscribed(self, request: Request) -> Request:
        """The request of who is not subscribed: a group's is in its own language, or else the digest's.

        In a chat with a role, whoever asks is spoken to in their language, as in a private one.
        """
        if request.chat_id > 0 or await self.has_role(request.chat_id):
            return request
        chosen = (await self.groups.get(request.chat_id)).language
        return replace(request, language=chosen or self.written_in)

    def say(
        self, name: str, request: Request, *, buttons: Iterable[Iterable[Button]] = (), **values: object
    ) -> Message:
        """The reply ``name`` in the person's language."""
        return self.renderer.reply(
            name, request.language, buttons=buttons, examples=self._examples(request), **values
        )

    def _examples(self, request: Request) -> tuple[str, ...]:
        """Some one-word topics of this digest, as examples of what to follow."""
        names = self.topic_names(tuple(self.topics), request)
        return tuple(name for name in names if " " not in name)[:_EXAMPLES] or _ANY_WORDS

    def button(self, data: str, request: Request, label: str, **values: object) -> Button:
        """A button that sends ``data`` to the bot."""
        return Button(self.wording.label(label, request.language, **values), data=data)

    def row(self, data: str | None, request: Request, label: str, **values: object) -> tuple[Button, ...]:
        """The button as a row; an empty one if there is no data."""
        return () if data is None else (self.button(data, request, label, **values),)

    def notice(self, label: str, request: Request, **values: object) -> str:
        """The label as a short notice in the person's language."""
        return self.wording.label(label, request.language, **values)

    def topic_names(self, slugs: Iterable[str], request: Request) -> tuple[str, ...]:
        """The names of these topics in the person's language."""
        return tuple(self.names.topic(slug, request.language) for slug in slugs)

    def called(self, interests: Interests, request: Request) -> tuple[str, ...]:
        """The names of these topics and keywords in the person's language."""
        return interests.called(lambda slug: self.names.topic(slug, request.language))

    async def about(self, verb: str, one: Interests, request: Request, label: str = "") -> tuple[Button, ...]:
        """A row with the button ``<verb>:<refs>`` of topics and keywords, however many and long.

        It is empty if they cannot be kept now; :meth:`interests` reads the refs.
        """
        data = await self.long_texts.data(f"{verb}:", write_refs(one))
        return self.row(data, request, label or verb, topic=", ".join(self.called(one, request)))

    async def interests(self, refs: str) -> Interests:
        """The interests in the data of a button; those that no longer exist are left out."""
        return read_refs(await self.long_texts.whole(refs) or "", self.topics)

    def interest_values(self, cut: Cut, request: Request) -> dict[str, object]:
        """The values of the template ``following.j2``: what the person follows and leaves out, and gets."""
        return {
            "following": self.called(cut.followed, request),
            "excluded": self.called(cut.excluded, request),
            "subscribed": request.subscriber is not None,
            "active": request.active,
        }

    def joining(self, request: Request) -> tuple[Button, ...]:
        """A button that subscribes, or goes on after a stop; none for who gets issues."""
        if request.active:
            return ()
        joining = "subscribe" if request.subscriber is None else "resume"
        return (self.button(_JOINING[joining], request, joining),)

    def turns(
        self,
        request: Request,
        page: int,
        data: Callable[[int], str],
        labels: tuple[str, str] = ("back", "further"),
        *,
        total: int,
        size: int,
    ) -> tuple[Button, ...]:
        """Buttons to the pages before and behind, of ``total`` things, ``size`` a page.

        ``data`` makes what the button of a page sends.
        """
        turns = zip((page - 1, page + 1), labels, strict=True)
        there = [(number, label) for number, label in turns if 0 <= number * size < total]
        return tuple(self.button(data(number), request, label) for number, label in there)

    async def undo_button(self, before: Cut, request: Request) -> tuple[Button, ...]:
        """A button that brings back what was followed, left out and shown before."""
        name = await self.requests.note(before)
        return (self.button(f"undo:{name}", request, "undo"),)


def without_joining(buttons: Buttons) -> Buttons:
    """The buttons of a message without the one that subscribes."""
    rows = (tuple(one for one in row if one.data not in _JOINING.values()) for row in buttons)
    return tuple(filter(None, rows))


def in_rows(buttons: Sequence[Button], each: int) -> list[tuple[Button, ...]]:
    """The buttons in rows of so many."""
    return [tuple(buttons[start : start + each]) for start in range(0, len(buttons), each)]


def page_of(text: str) -> int:
    """The page that a button's data names; the first if it is not a number, or is one that no list has."""
    return int(text) if text.isdecimal() and len(text) <= _PAGE_DIGITS else 0


Handler = Callable[[Request, HandlerContext], Awaitable[Reply]]
