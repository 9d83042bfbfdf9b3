"""The stand-in as one object: its server, and the people in its chats."""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Self

from aiohttp import web

from bot.errors import BadInput
from bot.sandbox import attachments, pages, people, tdlib
from bot.sandbox import inline as inline_mode
from bot.sandbox.api import BotApi
from bot.sandbox.chat import Chat, Group, Person
from bot.sandbox.control import Control
from bot.sandbox.drops import Drop, Drops
from bot.sandbox.faults import Faults
from bot.sandbox.forums import say_in
from bot.sandbox.group_acts import GroupActs
from bot.sandbox.guard import LARGEST_BODY, add_headers, guard
from bot.sandbox.inline_queries import InlineAnswer
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Limits
from bot.sandbox.profile import BotProfile, BotTexts
from bot.sandbox.state import CallbackAnswer, Json, Message
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World

PEOPLE = (
    Person(id=1001, first_name="小林", username="xiaolin", language_code="zh-hans"),
    Person(id=1002, first_name="Ada", username="ada", language_code="en"),
    Person(id=1003, first_name="阿德", username=None, language_code="zh-hans"),
)
#: A group of all of them, which the first administers, to try the bot in.
GROUPS = (Group(id=-2001, title="读者群 · Readers", owner=1001),)
#: A group to be an editor in.
EDITORS = Group(id=-2002, title="编辑部 · Editors", owner=1001)
_TOKEN = re.compile(r"\d{1,16}:[A-Za-z0-9_-]+")
PATIENCE = 10.0


def _wall_clock() -> datetime:
    return datetime.now(UTC)


def _profile(token: str, username: str) -> BotProfile:
    if not _TOKEN.fullmatch(token):
        raise BadInput("a bot token looks like 123456:AbC-dEf", where="token")
    tdlib.require()
    return BotProfile(id=int(token.partition(":")[0]), username=username)


class Sandbox(GroupActs):
    """A stand-in for Telegram's Bot API on this machine, with a page that shows the chats.

    ``port`` 0 takes a free one; ``people`` are those who may write to the bot, ``groups`` those it was let
    into; ``drop`` is what the page's button "drop a new issue" runs, None hides the button; ``inline`` is
    whether inline mode is on, which @BotFather sets. ``clock`` (aware times), ``sleep`` and ``random`` are
    for tests. BadInput if the token has not Telegram's shape or TDLib is not installed.

    State lives in memory and ends with the object. Channels and payments do not exist here.
    """

    def __init__(  # noqa: PLR0913  # each is a choice of whoever starts the stand-in
        self,
        *,
        token: str,
        host: str = "127.0.0.1",
        port: int = 0,
        people: tuple[Person, ...] = PEOPLE,
        groups: tuple[Group, ...] = (),
        limits: Limits | None = None,
        drop: Drop | None = None,
        inline: bool = True,
        username: str = "jianbao_bot",
        clock: Callable[[], datetime] = _wall_clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Random | None = None,
    ) -> None:
        random = random or Random()  # noqa: S311  # ids that look random, nothing secret
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._world = World(
            bot=_profile(token, username),
            people=people,
            groups=groups,
            limits=limits or Limits(),
            clock=clock,
            random=random,
        )
        self._world.inline.enabled = inline
        self.faults, self.requests = Faults(random), Journal()
        self._webhook = WebhookSender(
            self._world.updates,
            clock=clock,
            sleep=sleep,
            on_change=lambda: self._world.feed.publish("webhook"),
        )
        self._app = self._make_app(token, drop, sleep)

    def _make_app(
        self, token: str, drop: Drop | None, sleep: Callable[[float], Awaitable[None]]
    ) -> web.Application:
        api = BotApi(
            token=token,
            world=self._world,
            webhook=self._webhook,
            faults=self.faults,
            journal=self.requests,
            sleep=sleep,
        )
        control = Control(
            world=self._world,
            webhook=self._webhook,
            faults=self.faults,
            journal=self.requests,
            drops=Drops(drop, clock=self._world.clock, sleep=sleep),
        )
        app = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
        app.on_response_prepare.append(add_headers)
        app.add_routes([*api.routes(), *control.routes(), *pages.routes()])
        return app

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The address of the page, without a slash; ``url + "/bot"`` is the base of the Bot API."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def start(self) -> None:
        """Listen; BadInput if the port is taken."""
        self._runner = web.AppRunner(
            self._app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise BadInput(
                f"cannot listen: {error.strerror}; name another port", where=f"port {self._port}"
            ) from None
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection and stop listening. Harmless to repeat."""
        self._world.feed.close()
        self._world.updates.end_poll()
        await self._webhook.stop()
        runner, self._runner = self._runner, None
        if runner:
            with contextlib.suppress(asyncio.CancelledError):
                await runner.cleanup()

    @property
    def polled(self) -> bool:
        """Whether the bot waits for updates in a long poll."""
        return self._world.updates.polled

    @property
    def webhook(self) -> Json:
        """The ``WebhookInfo`` that the bot would get."""
        return self._webhook.info()

    def chat(self, chat_id: int) -> Chat:
        """The chat of a person or group; KeyError if there is none. A group's old id keeps its messages."""
        return self._world.chats[chat_id]

    async def say(
        self,
        chat_id: int,
        text: str,
        *,
        by: int | None = None,
        in_name_of: int | None = None,
        reply_to: int | None = None,
        thread: int = 0,
    ) -> Message:
        """A person writes to the bot; commands, links and hashtags get their entities.

        In a group it is the person with the id ``by`` who writes, by default the first of the people;
        ``in_name_of`` the group, who stays anonymous, or in that of a channel.
        """
        return say_in(
            self._world, chat_id, text, by=by, in_name_of=in_name_of, reply_to=reply_to, thread=thread
        )

    async def send(self, chat_id: int, kind: str, caption: str = "", *, by: int | None = None) -> Message:
        """A person sends a file of a kind (``photo``, ``sticker``, ``voice`` …) or their ``location``."""
        return attachments.send(self._world, chat_id, kind, caption, by=by)

    async def edit(self, chat_id: int, message_id: int, text: str, *, by: int | None = None) -> Message:
        """A person writes one of their texts anew."""
        return people.edit(self._world, chat_id, message_id, text, by=by)

    async def press(self, chat_id: int, message_id: int, data_or_label: str, *, by: int | None = None) -> str:
        """A person (in a group: ``by``) presses an inline button, named by its callback data or its label.

        Returns the query's id.
        """
        return people.press(self._world, chat_id, message_id, data_or_label, by=by).query_id

    async def answer(self, query_id: str, *, timeout: float = PATIENCE) -> CallbackAnswer:  # noqa: ASYNC109  # a test says how patient it is
        """What the bot answers to a pressed button, as soon as it does; TimeoutError if it does not."""
        await self.until(lambda: people.answered(self._world, query_id) is not None, timeout=timeout)
        answer = people.answered(self._world, query_id)
        assert answer is not None  # noqa: S101  # what was waited for
        return answer

    async def ask_inline(
        self,
        person_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        offset: str = "",
        timeout: float = PATIENCE,  # noqa: ASYNC109  # a test says how patient it is
    ) -> InlineAnswer:
        """A person types ``@bot text`` and sees what the bot answers, or what Telegram still knows.

        ``chat_id`` says where: None is the chat with the bot, a group's id the group, another person's id the
        chat with them. ``offset`` is the ``next_offset`` of an answer before. BadInput if inline mode is off,
        the bot did not answer in time, or Telegram refused its answer (with the refusal's text).
        """
        typed = inline_mode.typing(self._world, person_id, chat_id, text, offset)
        return await inline_mode.ask(self._world, typed, patience=timeout)

    async def pick(self, person_id: int, result_id: str, chat_id: int | None = None) -> Message:
        """A person picks one of the results that they see in a chat, which posts it there via the bot."""
        return inline_mode.pick(self._world, person_id, result_id, chat_id)

    def between(self, one: int, other: int) -> Chat:
        """The chat of two people, which the bot is not in."""
        return people.chat_of(self._world, people.person(self._world, one), other)

    def profile(self, language: str = "") -> BotTexts:
        """The bot's name and descriptions as people of a language (``zh``, ``zh-hans``) read them."""
        return self._world.bot.read_in(language)

    async def received(self, chat_id: int, n: int, *, timeout: float = PATIENCE) -> tuple[Message, ...]:  # noqa: ASYNC109  # a test says how patient it is
        """The bot's messages in a chat, as soon as there are ``n``; TimeoutError if that takes too long."""
        chat = self.chat(chat_id)
        await self.until(lambda: len(chat.from_bot) >= n, timeout=timeout)
        return chat.from_bot

    async def until(self, reached: Callable[[], bool], *, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109  # a test says how patient it is
        """Return as soon as ``reached()`` holds, looked at after everything that happens here."""
        async with asyncio.timeout(timeout):
            await self._world.feed.until(reached)

    def block(self, chat_id: int) -> None:
        """A person blocks the bot."""
        people.block(self._world, chat_id)

    def unblock(self, chat_id: int) -> None:
        """A person lets the bot write again."""
        people.unblock(self._world, chat_id)

    def deactivate(self, chat_id: int) -> None:
        """A person deletes their account."""
        people.deactivate(self._world, chat_id)

    def commands(self, chat_id: int) -> tuple[str, ...]:
        """The commands that a chat shows, in order."""
        return tuple(one["command"] for one in self._world.bot.commands_for(self.chat(chat_id).party))

    def age(self, chat_id: int, hours: float) -> None:
        """Let all messages that stand in a chat be older by ``hours``, whatever the clock says."""
        self._world.age(self.chat(chat_id), timedelta(hours=hours))
