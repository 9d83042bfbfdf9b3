"""jianbao parse: what the bot understands of an issue."""

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.issue_files import issue_files
from bot.cli.left_out import summed_up
from bot.cli.output import Format, Profile, say, write, write_json
from bot.cli.reading import Batch, issue_reader
from bot.digest.account import account_of
from bot.editors.export import as_values
from bot.model import GivenBy, Issue, Item, TopicMatch
from bot.settings import load


def parse(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Issue files, or folders of them.")],
    form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT,
    profile: Profile = None,
) -> None:
    """Show what the bot understands of issues: sections, items, topics and their words, warnings."""
    configuration = load(profile)
    batch = Batch()
    done = batch.each(issue_files(paths, configuration.profile.file_pattern), issue_reader(configuration))
    issues = [(file.path, issue) for file, found in done for issue in found]
    if form is Format.JSON:
        write_json([as_values(issue) for _, issue in issues])
    else:
        for path, issue in issues:
            _show(path, issue)
    batch.end()


def _show(path: Path, issue: Issue) -> None:
    write(f"{issue.title or issue.slug}\n{'─' * 60}")
    for flash in issue.flash:
        write(f"  · {flash.subject or ''}  {' '.join(topic.slug for topic in flash.topics)}")
    for section in issue.sections:
        write(f"\n{' / '.join((*section.above, section.heading))} [{section.slug}]")
        for groups, items in groupby(section.items, key=lambda item: item.groups):
            if groups:
                write(f"  ‹{' › '.join(groups)}›")
            for item in items:
                write(f"  {_line(item)}")
    write(f"\n{_account(issue)}\n")
    for warning in issue.warnings:
        say(f"{path}:{warning.line}: {warning.code} {warning.message}")


def _account(issue: Issue) -> str:
    told = f"told: {account_of(issue).share:.1%} of what is written"
    return "; ".join(filter(None, (told, summed_up(issue.left_out))))


def _line(item: Item) -> str:
    topics = ", ".join(f"{topic.slug} ({_why(topic)})" for topic in item.topics)
    return f"{item.title or '—'} | {item.source or '—'}\n      {item.url or '—'}\n      {topics or '—'}"


def _why(topic: TopicMatch) -> str:
    return "by the editor" if topic.by is GivenBy.EDITOR else topic.matched
