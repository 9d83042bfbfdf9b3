"""jianbao notice: a word to everybody, or to some."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.confirming import LEFT_ALONE, Yes, confirmed
from bot.cli.output import read_text, write
from bot.cli.progress import sends_when
from bot.cli.publish import Wait
from bot.cli.watching import follow
from bot.digest.free_text import free_text
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput, InvalidMessage
from bot.messages import Message, Renderer
from bot.messages.markup import parse
from bot.model import WRITTEN, Notice, Written
from bot.pacing import SHARE
from bot.publishing.notices import NoticePublisher, readers_of
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_calendar, make_editorial
from bot.settings import Configuration, load
from bot.storage import Access, Storage
from bot.words.durations import duration
from bot.words.english import plural

_TITLE = 60  # characters of the text that lists show

Messages = Mapping[Written, Message]


def notice(  # noqa: PLR0913  # a command has the options that it has
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[LANGUAGE=TEXT]...", show_default=False, hidden=True)
    ] = None,
    *,
    lang: Annotated[
        list[str] | None,
        typer.Option(
            "--lang", metavar="LANGUAGE=TEXT", help="A text in Markdown, or @FILE that holds it; for each."
        ),
    ] = None,
    default: Annotated[
        str | None,
        typer.Option("--default", metavar="LANGUAGE", help="What readers of another language get."),
    ] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option(
            "--topic", metavar="NAME", help="Only to those who follow this topic, or one of several."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say to how many it would go, and show the messages.")
    ] = False,
    wait: Wait = False,
    yes: Yes = False,
) -> None:
    """Send a word to everybody who gets issues, or to some: one message, in the language of each.

    It goes as issues do, and `retract`, `deliveries` and `status` know it by its name.
    """
    configuration = load()
    written = Notice(
        texts=_texts([*(lang or ()), *(more or ())]),
        otherwise=_language(default, "--default") if default else None,
        topics=tuple(_topic(name, configuration.topics) for name in topic or ()),
    )
    if written.otherwise and written.otherwise not in written.texts:
        raise BadInput(f"there is no text in {default}", where="--default")
    asyncio.run(_notice(configuration, written, dry_run=dry_run, wait=wait, yes=yes))


async def _notice(
    configuration: Configuration, written: Notice, *, dry_run: bool, wait: bool, yes: bool
) -> None:
    async with open_storage(configuration.settings, Access.READ if dry_run else Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        messages = _messages(written, editorial.renderer)
        readers = readers_of(written, await storage.subscribers.cuts())
        languages = ", ".join(f"{chats} in {language}" for language, chats in sorted(readers.items()))
        seconds = readers.total() / (configuration.settings.delivery.rate * SHARE)
        forecast = f"{plural(readers.total(), 'reader')} ({languages}), about {duration(seconds)}"
        if dry_run:
            _show(messages, forecast)
        elif not (yes or confirmed(f"Send it to {forecast}?")):
            write("nothing was sent")
            raise typer.Exit(LEFT_ALONE)
        else:
            await _send(configuration, storage, written, messages, wait=wait)


async def _send(
    configuration: Configuration, storage: Storage, written: Notice, messages: Messages, *, wait: bool
) -> None:
    first = " ".join(parse(next(iter(messages.values())).html).text.split())
    publisher = NoticePublisher(storage.planner, make_calendar(configuration.settings))
    sent = await publisher.send(written, first[:_TITLE], utc_now())
    sends = await sends_when(storage, sent.slug)
    write(f"{sent.slug} is planned for {plural(sent.planned, 'subscriber')}; {sends}")
    write(f"to take it back: jianbao retract {sent.slug}")
    if wait:
        await follow(storage, sent.slug)


def _show(messages: Messages, forecast: str) -> None:
    write(f"would go to {forecast}")
    for language, message in messages.items():
        write(f"\n{language}:\n{message.html}")


def _messages(written: Notice, renderer: Renderer) -> Messages:
    """The message of each language. Raises BadInput for one that is too long, or empty."""
    messages: dict[Written, Message] = {}
    for language, text in written.texts.items():
        try:
            messages[language] = renderer.notice(free_text(text), language)
        except InvalidMessage as error:
            raise BadInput(f"it must fit into one message: {error}", where=f"--lang {language}") from None
    return messages


def _texts(given: Sequence[str]) -> dict[Written, str]:
    if not given:
        raise BadInput("needs a text, such as zh='今晚停机维护'", where="--lang")
    texts: dict[Written, str] = {}
    for one in given:
        name, equals, text = one.partition("=")
        if not equals:
            raise BadInput(f"{one!r} is not a language, an equals sign and a text", where="--lang")
        language = _language(name, "--lang")
        if language in texts:
            raise BadInput(f"{language} is there twice", where="--lang")
        texts[language] = read_text(Path(text[1:])) if text.startswith("@") else text
    return texts


def _language(name: str, where: str) -> Written:
    for language in WRITTEN:
        if name.strip().casefold() == language:
            return language
    raise BadInput(f"{name!r} is not one of {', '.join(WRITTEN)}", where=where)


def _topic(name: str, topics: Topics) -> str:
    slug = topics.find(name)
    if slug is None:
        near = topics.suggestions(name, limit=3)
        raise BadInput(f"no topic is called {name!r}" + (f"; near are {', '.join(near)}" if near else ""))
    return slug
