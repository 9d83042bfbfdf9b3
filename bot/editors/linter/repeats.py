"""Rules about links that stood in an issue before."""

from collections.abc import Iterator

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.editors.linter.seen_before import Mention, first_mention, remember, when
from bot.model import Item


def repeats_here(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items with the page or paper of an item above them."""
    seen: dict[str, Mention] = {}
    for item in _news(draft, context):
        before = first_mention(item, seen)
        if before is not None:
            yield _repeated("repeated", draft, item, before)
        remember(item, draft.path, when(draft.issue), seen)


def repeats_earlier(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items with the page or paper of an earlier issue."""
    for item in _news(draft, context):
        before = context.seen.before(draft.issue, item)
        if before is not None:
            yield _repeated("told-before", draft, item, before)


def _news(draft: Draft, context: RuleContext) -> Iterator[Item]:
    """The items of sections that are not meant to repeat others."""
    for section in draft.issue.sections:
        habit = context.profile.sections.get(section.slug)
        if habit is None or not habit.repeats:
            yield from section.items


def _repeated(code: str, draft: Draft, item: Item, before: Mention) -> Finding:
    title = item.title or item.url or ""
    column = draft.source.column(item.line, title)
    return found(code, item.line, column, about=title, hint=f"see {before}")
