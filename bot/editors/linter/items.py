"""Rules about an item as readers get it."""

from collections.abc import Iterator

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.messages.limits import MESSAGE
from bot.model import Item, Section, plain


def items_without_topic(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items that no follower of a topic gets; not if most items are so."""
    items = draft.issue.items
    if sum(bool(item.topics) for item in items) * 2 < len(items):
        return
    for item in items:
        if not item.topics:
            column = draft.source.column(item.line, item.title or "")
            nearest = next(iter(context.candidates(item)), None)
            hint = f"{nearest.slug} comes nearest, for {nearest.matched}" if nearest else ""
            yield found("no-topic", item.line, column, about=item.title or "", hint=hint)


def long_items(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items that take more than one message."""
    for section in draft.issue.sections:
        for item in section.items:
            excess = _excess(section, item, context)
            if excess:
                column = draft.source.column(item.line, item.title or "")
                yield found("long-item", item.line, column, about=item.title or "", hint=excess)


def _excess(section: Section, item: Item, context: RuleContext) -> str:
    """What of an item is too much for a message; nothing for one that fits."""
    characters = len(plain(item.summary))
    if characters > MESSAGE.length:
        return f"it has {characters} characters"
    links = sum(span.url is not None for line in item.summary for span in line.spans)
    if links > MESSAGE.entities:
        return f"it has {links} links"
    count = context.messages(section, item)
    return f"it takes {count} messages" if count > 1 else ""
