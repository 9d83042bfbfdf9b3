"""Rules about the file: its name, its bytes, and how its title ends."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Edit, Finding, found
from bot.editors.linter.rule import RuleContext

_COLON = re.compile(r"\s*[：:]\s*$")


def saved_otherwise(draft: Draft, context: RuleContext | None = None) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """What saving the text as UTF-8 with line feeds mends."""
    saved = draft.saved
    crlf = saved.text.find("\r")
    slips = (
        ("encoding", saved.guessed, 1, 1),
        ("byte-order-mark", saved.marked, 1, 1),
        ("line-ends", crlf >= 0, saved.text.count("\n", 0, crlf) + 1, crlf - saved.text.rfind("\n", 0, crlf)),
    )
    for code, is_so, line, column in slips:
        if is_so:
            yield replace(found(code, line, column), mends=True)


def misnamed(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """A file that the bot would not take for an issue."""
    if not context.profile.file_pattern.match(draft.name):
        yield found("file-name", 1, 1, about=draft.name)


def colon_after_title(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """A title that announces highlights and names none."""
    for number, line in draft.source.numbered():
        colon = _COLON.search(line)
        if number in draft.source.headings:
            if colon and line.lstrip().startswith("# "):
                column = len(line.rstrip())
                edit = Edit(line=number, start=colon.start(), end=colon.end(), replacement="")
                yield found("title-colon", number, column, edits=(edit,))
            return
