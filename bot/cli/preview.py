"""jianbao preview: exactly what a subscriber gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.issue_files import IssueFile
from bot.cli.left_out import summed_up
from bot.cli.output import Profile, say, write
from bot.cli.reading import Batch, issue_reader
from bot.digest.names import DigestNames
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.messages import Message, Renderer
from bot.messages.preview import as_html, as_json, as_text
from bot.model import LANGUAGES, Cut, Issue, Language, Mode
from bot.readers.topic_query import TopicQuery, parse_topic_query
from bot.settings import load

_READER = 1  # any chat will do: the parameters are complete, and sent to nobody


class PreviewFormat(StrEnum):
    """How the messages are written."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


def preview(  # noqa: PLR0913  # a command has the options that it has
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An issue file.")],
    *,
    topic: Annotated[
        list[str],
        typer.Option(help="Only this topic or word; a minus leaves it out. May be repeated."),
    ] = [],  # noqa: B006  # typer copies it
    section: Annotated[list[str], typer.Option(help="Only this section. May be repeated.")] = [],  # noqa: B006  # as above
    lang: Annotated[
        Language | None, typer.Option(help="The reader's language; without it, that of the digest.")
    ] = None,
    mode: Annotated[
        Mode,
        typer.Option(help="Whole items, headlines, one message whose sections unfold, or a rich one."),
    ] = Mode.FULL,
    form: Annotated[
        PreviewFormat, typer.Option("--format", help="Text, an HTML page that looks like the chat, or JSON.")
    ] = PreviewFormat.TEXT,
    watched: Annotated[
        bool,
        typer.Option("--watch", help="Show it in the browser, with what check finds, whenever it is saved."),
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1 of --watch.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page of --watch.")] = True,  # an option
    profile: Profile = None,
) -> None:
    """Show exactly what a subscriber gets of an issue."""
    if watched and form is not PreviewFormat.TEXT:
        raise BadInput("cannot be combined with --format", where="--watch")
    configuration = load(profile)
    names = DigestNames(configuration.profile, configuration.topics)
    query = _query(topic, configuration.topics)
    sections = tuple(sorted({_section(word, names) for word in section}))
    language = lang or configuration.profile.language
    cut = Cut(language=language, mode=mode, sections=sections).about(query.plus, excluded=query.minus)
    file = IssueFile(path=path, below=path.name)
    rendering = _Rendering(
        read=issue_reader(configuration),
        renderer=Renderer(names, configuration.profile.messages.habit),
        cut=cut,
    )
    if watched:
        from bot.cli.live_preview import watch  # noqa: PLC0415  # a server that a look need not have

        watch(configuration, file, lambda: rendering.page(rendering.read(file)), port=port, browser=browser)
        return
    ((_, issues),) = Batch().each([file], rendering.read)
    _show(rendering, issues, form)


def _show(rendering: "_Rendering", issues: Sequence[Issue], form: PreviewFormat) -> None:
    match form:
        case PreviewFormat.TEXT:
            write(as_text(rendering.messages(issues), language=rendering.cut.language))
        case PreviewFormat.JSON:
            write(as_json(rendering.messages(issues), chat_id=_READER))
        case PreviewFormat.HTML:
            write(rendering.page(issues))
    if gone := summed_up([one for issue in issues for one in issue.left_out]):
        say(gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendering:
    """How a file becomes what one reader gets."""

    read: Callable[[IssueFile], tuple[Issue, ...]]
    renderer: Renderer
    cut: Cut

    def messages(self, issues: Sequence[Issue]) -> list[Message]:
        """What the reader gets of the issues."""
        return [message for issue in issues for message in self.renderer.issue(issue, self.cut)]

    def page(self, issues: Sequence[Issue]) -> str:
        """The same as a page that looks like the chat."""
        title = issues[0].title or issues[0].slug
        return as_html(self.messages(issues), title=title, language=self.cut.language)


def _query(words: Sequence[str], topics: Topics) -> TopicQuery:
    query = parse_topic_query("\n".join(words), topics)
    if query.refused:
        raise BadInput(f"{query.refused[0]!r} is neither a topic nor a keyword", where="--topic")
    if query.unsure:
        raise BadInput(
            f"{' '.join(words)!r} is not clear; put a minus before what is left out", where="--topic"
        )
    for word in query.bare:
        near = topics.suggestions(word)
        hint = f"; similar topics: {', '.join(near)}" if near else ""
        say(f"--topic: no topic is called {word!r}; using it as a keyword{hint}")
    return query


def _section(word: str, names: DigestNames) -> str:
    for slug in names.sections:
        if word.casefold() in {slug, *(names.listed(slug, language).casefold() for language in LANGUAGES)}:
            return slug
    raise BadInput(f"no section is called {word!r}; known are {', '.join(names.sections)}", where="--section")
