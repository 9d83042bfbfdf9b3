"""The rule about a draft that does not say so clearly, and a moment that is none."""

from collections.abc import Iterator
from datetime import UTC

from bot.digest.said_moments import Clock
from bot.digest.said_release import unclear_lines
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext


def unclear_release(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """What the front matter says of whether and when the issue goes out, and nobody can understand."""
    lines = unclear_lines(draft.source.text, context.profile, Clock(zone=UTC), day=draft.issue.date)
    for line, what in lines:
        yield found("unclear-release", line, 1, about=what.split(", which is ", maxsplit=1)[0])
