"""The command line: ``jianbao COMMAND``. The table is its contents; one command a module."""

from collections.abc import Callable

import typer

from bot.cli import demo, parse, preview, publish, run, sandbox, status, subscribers

__all__ = ["app"]

app = typer.Typer(
    name="jianbao",
    help="A Telegram bot that publishes a Markdown digest to the people who subscribe to it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

COMMANDS: tuple[Callable[..., None], ...] = (
    run.run,
    demo.demo,
    parse.parse,
    preview.preview,
    publish.publish,
    status.status,
    status.health,
    sandbox.sandbox,
)

for command in COMMANDS:
    app.command()(command)
app.add_typer(subscribers.app, name="subscribers")
