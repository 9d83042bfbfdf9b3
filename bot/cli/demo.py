"""jianbao demo: the bot and a stand-in for Telegram, on the sample issues, in the browser."""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.cli.browser import open_page
from bot.cli.demo_stage import ISSUES, IssuesFolder, IssuesRepository, Stage
from bot.cli.logs import configure
from bot.cli.output import write
from bot.cli.run import stop_on_signals
from bot.cli.sandbox import DEMO_PORT, DEMO_TOKEN
from bot.errors import BadInput
from bot.runtime.serve import serve
from bot.sandbox import CHANNEL, EDITORS, FORUM, GROUPS, Sandbox
from bot.settings import Configuration, Settings, load, place_of
from bot.settings.sections import (
    EditorsSettings,
    LogSettings,
    PublishingSettings,
    ScheduleSettings,
    SourceSettings,
    TelegramSettings,
    Times,
)
from bot.sources import markdown_below
from bot.words.natural_order import numbers_of

_KEPT_BACK = 3  # issues that the page's button drops into the folder
_GUESTS = {1002: ("/start",), 1003: ("/topic 量化 推理部署",)}  # who is subscribed already
_TOPICS = {"论文 · Papers": "/topic 量化", "新闻 · News": "/start"}  # of the forum, with what is said in each
_SOON = Times(every=1)
_STOP = "Press Ctrl-C to stop it."


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1.")] = DEMO_PORT,
    browser: Annotated[bool, typer.Option(help="Open the page if there is a browser.")] = True,  # noqa: FBT002  # an option
    *,
    approve: Annotated[
        bool, typer.Option("--approve", help="Let issues wait for the group of editors.")
    ] = False,
    git: Annotated[
        bool, typer.Option("--git", help="Read the issues from a git repository that you may push to.")
    ] = False,
) -> None:
    """Try the bot without a Telegram account: a page in your browser stands in for Telegram.

    It sends the sample issues, or those in JIANBAO_ISSUES. One of its groups is the editors' chat.
    """
    configuration = load()
    with tempfile.TemporaryDirectory(prefix="jianbao-demo-") as folder:
        stage = set_up(Path(folder), configuration, git=git)
        made = partial(configured, configuration, stage.home, approve=approve, source=stage.place.source)
        asyncio.run(_play(stage, made, configuration.settings.log, port=port, browser=browser))
    write("The demo has ended and removed its files.")


def set_up(home: Path, configuration: Configuration, *, git: bool) -> Stage:
    """The stage below ``home``, with all samples that are not to come."""
    samples = samples_of(configuration)
    stage = Stage(
        home=home,
        place=IssuesRepository(home) if git else IssuesFolder(home),
        samples=configuration.settings.issues,
        to_come=iter(samples[-_KEPT_BACK:]),
    )
    for sample in samples[:-_KEPT_BACK]:
        stage.put(sample)
    return stage


def samples_of(configuration: Configuration) -> list[str]:
    """The issues of the configured folder, oldest first; numbers in names count as numbers."""
    folder, pattern = configuration.settings.issues, configuration.profile.file_pattern
    names = markdown_below(folder) if folder.is_dir() else ()
    samples = [name for name in names if pattern.match(name)]
    if not samples:
        raise BadInput(
            "no file in this folder is named as the profile expects",
            where=f"{place_of('issues', configuration.settings)}: {folder}",
        )
    return sorted(samples, key=lambda name: (numbers_of(name), name))


async def _play(
    stage: Stage, made: Callable[[str], Configuration], log: LogSettings, *, port: int, browser: bool
) -> None:
    stopping = asyncio.Event()
    stop_on_signals(stopping)
    configure(LogSettings(level="warning", format=log.format), secrets=(DEMO_TOKEN,))
    groups = (*(replace(group, joined=False) for group in GROUPS), FORUM, CHANNEL, EDITORS)
    async with Sandbox(token=DEMO_TOKEN, port=port, groups=groups, drop=stage.drop) as telegram:
        write("\n".join(filter(None, (f"Jianbao runs at {telegram.url}", stage.place.hint, _STOP))))
        for group in GROUPS:
            telegram.let_in(group.id, by=group.owner)
        for person, texts in _GUESTS.items():
            for text in texts:
                await telegram.say(person, text)
        for name, text in _TOPICS.items():
            await telegram.say(FORUM.id, text, thread=telegram.forum(FORUM.id).create(name))
        if browser:
            await asyncio.to_thread(open_page, telegram.url)
        await serve(made(telegram.url), stopping)


def configured(
    configuration: Configuration,
    folder: Path,
    api_url: str,
    *,
    approve: bool = False,
    source: SourceSettings | None = None,
) -> Configuration:
    """The configuration for a demo in this folder: the same digest, and nothing that leads outside."""
    given = configuration.settings
    changes = {
        "token": SecretStr(DEMO_TOKEN),
        "api_url": api_url,
        "issues": folder / ISSUES,
        "source": source or SourceSettings(),
        "database_url": SecretStr(f"sqlite+aiosqlite:///{folder / 'jianbao.sqlite'}"),
        "schedule": ScheduleSettings(
            timezone=given.schedule.timezone, read=_SOON, publish=_SOON, deliver=_SOON
        ),
        "publishing": PublishingSettings(  # samples are of any age, and whoever looks wants to see them
            settle=0,
            hold_until_date=False,
            hold_doubtful_dates=False,
            most_messages=10_000,
            approve=approve,
        ),
        "editors": EditorsSettings(chat=EDITORS.id),
        "telegram": TelegramSettings(),  # a proxy or a webhook is of no use between two parts of one program
    }
    settings: Settings = given.model_copy(update=changes)
    return Configuration(settings=settings, profile=configuration.profile, topics=configuration.topics)
