"""One command from its arguments to its exit code. No command ends in a traceback."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import structlog
import typer

from bot import __version__
from bot.cli.logs import Quiet, configure
from bot.cli.output import FAILED, TO_CORRECT, say, write
from bot.errors import BadInput, JianbaoError
from bot.settings.folder import configured_in

#: The commands, each in the module of its name, with the first sentence of its help. Only the one
#: that is called is imported: Telegram and a database take most of a second, and many need neither.
COMMANDS = {
    "run": "Run the bot until SIGTERM or Ctrl-C.",
    "demo": "Try the bot without a Telegram account: a page in your browser stands in for Telegram.",
    "parse": "Show what the bot understands of issues: sections, items, topics and their words, warnings.",
    "new": "Write the file of a new issue: named, dated and with the headings of the last ones.",
    "check": "Find mistakes in issues: broken links, repeats, leftovers of a template, and more.",
    "profile": "Propose a profile for issues: how well it and the shipped ones fit, and an issue as read.",
    "schema": "Print the JSON Schema of a configuration file.",
    "topics": "Explain, measure and improve topics.",
    "preview": "Show exactly what a subscriber gets of an issue.",
    "plan": "Show what publishing an issue would send: to how many, which cuts, and for how long.",
    "publish": "Publish an issue now, whatever its date.",
    "approve": "Let an issue go out on its day with the text that it has now.",
    "hold": "Stop the pushes of an issue, or all, before the next message, until they are resumed.",
    "resume": "Let an issue that was held, or everything, go on where it stopped.",
    "unschedule": "Let an issue that waits not come out on its day, but only once it is published.",
    "retract": "Take an issue back from every chat that has it, and from the archive.",
    "notice": "Send a word to everybody who gets issues, or to some: one message, in the language of each.",
    "deliveries": "Show deliveries: how many pushes are in each state and why, or a list of all.",
    "status": "Show issues, subscribers, deliveries by state, and which process sends.",
    "report": "Show what readers did in the last week that was counted, by topic.",
    "doctor": "Look whether the bot can do its work: what is wrong, and what to do about it.",
    "subscribers": "Import and export subscribers as CSV; show or forget all that is kept of one.",
    "migrate": "Make the database, or bring an older one up to date; stop a bot that is at work first.",
    "backup": "Write all that cannot be made anew into one file: as it is at one moment, while the bot runs.",
    "restore": "Fill an empty database from a backup; without --yes only say what the backup holds.",
    "admin": "Claim, show and forget the chat that is told what matters and takes commands.",
    "editors": "Claim, show and forget the chat where editors see drafts and approve them.",
    "health": "Ask the running bot whether it is ready.",
    "sandbox": "Start only the stand-in for Telegram.",
}

_CONFIG, _VERSION = "--config", "--version"
_EVERYWHERE = "Before or behind every command: --config FOLDER, --version, -h."


def execute(arguments: Sequence[str]) -> int:
    """Run ``jianbao`` with these arguments; returns the exit code, or exits with it as typer does."""
    configure(Quiet())  # no tracebacks; `run` says more
    try:
        own, words = _parted(arguments)
        called = next((name for name in COMMANDS if name in words[:1]), None)
        application = _with_command(called) if called else _with_help()
        application([*own, *words], prog_name="jianbao")
    except BadInput as error:
        say(f"jianbao: {error}")
        return TO_CORRECT
    except JianbaoError as error:
        say(f"jianbao: {error}")
    except Exception as error:  # noqa: BLE001  # the last line of defence before the person
        structlog.get_logger().debug("command_failed", exc_info=error)
        say(f"jianbao: internal error ({type(error).__name__}: {error})")
    return FAILED


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is meant for the program itself, wherever it stands, and the command with all that is its own."""
    own: list[str] = []
    words: list[str] = []
    left = iter(arguments)
    for word in left:
        if word == "--":
            words += [word, *left]
        elif word == _CONFIG:
            if (folder := next(left, None)) is None:
                return [_CONFIG], []  # which is refused as it stands
            own += [word, folder]
        elif word == _VERSION or word.startswith(f"{_CONFIG}="):
            own.append(word)
        else:
            words.append(word)
    return own, words


def _with_command(name: str) -> typer.Typer:
    """The application with one of its commands."""
    application = _application()
    command = getattr(import_module(f"bot.cli.{name}"), name)
    if isinstance(command, typer.Typer):
        for one in command.registered_commands:
            one.epilog = _EVERYWHERE
        application.add_typer(command, name=name, epilog=_EVERYWHERE)
    else:
        application.command(name, epilog=_EVERYWHERE)(command)
    return application


def _with_help() -> typer.Typer:
    """The application for whoever names no command: all of them by their help, which does nothing."""
    application = _application()
    for name, line in COMMANDS.items():
        application.command(name, help=line)(_nothing)
    return application


def _application() -> typer.Typer:
    application = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_jianbao)
    return application


def _nothing() -> None:
    """No command was named."""


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # typer passes it so
    if wanted:
        write(f"jianbao {__version__}")
        raise typer.Exit


def _jianbao(
    context: typer.Context,
    *,
    config: Annotated[
        str | None,
        typer.Option(
            _CONFIG,
            metavar="FOLDER",
            help="The folder of bot.yml, digest.yml and their like. Without it: JIANBAO_CONFIG, or the first"
            " that there is of ./config, /etc/jianbao and the shipped one.",
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option(_VERSION, is_eager=True, callback=_print_version, help="Show the version and exit."),
    ] = False,
) -> None:
    """A Telegram bot that publishes a Markdown digest to the people who subscribe to it."""
    context.with_resource(configured_in(config))
