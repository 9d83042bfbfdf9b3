"""jianbao doctor: whether the bot can do its work, from beside it; what is wrong, and what to do."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Annotated

import typer

from bot.cli.output import Format, write, write_json
from bot.errors import BadInput, JianbaoError
from bot.reports.checkup.checks import checkup
from bot.reports.checkup.finding import Finding, Level, error, worst
from bot.reports.checkup.program import program
from bot.runtime.clock import utc_now
from bot.runtime.examination import examine
from bot.settings import (
    Configuration,
    Settings,
    load,
    passwords_of,
    proxy_of_environment,
    read_proxy,
    read_reader_key,
    read_token,
    read_webhook_secret,
)
from bot.storage.addresses import password_of_database
from bot.words.redaction import hiding

_EXIT_CODES = {Level.OK: 0, Level.WARNING: 1, Level.ERROR: 2}


def doctor(
    *, form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT
) -> None:
    """Look whether the bot can do its work: what is wrong, and what to do about it.

    It changes nothing and may run beside the bot. The exit code is 0 if all is well, 1 if there are warnings,
    and 2 if there is an error.
    """
    try:
        configuration = load()
    except BadInput as wrong:
        findings = [program(), error("configuration", str(wrong))]
    else:
        findings = list(_examined(configuration))
    _show(findings, form)
    raise typer.Exit(_EXIT_CODES[worst(findings)])


def _examined(configuration: Configuration) -> Iterator[Finding]:
    """The findings, without a secret even where an error should have quoted one."""
    hide = hiding(_secrets(configuration.settings))
    for found in checkup(asyncio.run(examine(configuration, utc_now))):
        yield replace(found, what=hide(found.what), advice=hide(found.advice))


def _secrets(settings: Settings) -> Iterator[str]:
    """Those that can be read; what cannot is nowhere else either."""
    with suppress(JianbaoError):
        token = read_token(settings)
        yield token.get_secret_value()
        yield read_webhook_secret(settings, token).get_secret_value()
    with suppress(JianbaoError):
        yield from passwords_of(read_proxy(settings))
    with suppress(JianbaoError):
        key, url = read_reader_key(settings), settings.topics.reader.url
        yield from [key.get_secret_value()] if key else []
        yield from passwords_of(proxy_of_environment(url) if url else None)
    with suppress(JianbaoError):
        yield from filter(None, [password_of_database(settings.database_url.get_secret_value())])


def _show(findings: Sequence[Finding], form: Format) -> None:
    if form is Format.JSON:
        write_json({"level": worst(findings), "findings": [asdict(one) for one in findings]})
        return
    for one in findings:
        advice = f" → {one.advice}" if one.advice else ""
        write(f"{one.level:<8} {one.name:<14} {one.what}{advice}")
