"""Rules about an item as readers get it."""

from collections.abc import Iterable, Iterator

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.messages.limits import MESSAGE
from bot.model import Item, Section, plain

_FAR = 2  # times what an item has is less than a message holds
_MISFIT = "`topics` of the profile names a file that hardly fits this issue"


def items_without_topic(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items that no follower of a topic gets, where the editor says nothing of their topics.

    Text that stands for itself has no topic to miss.
    """
    for item in draft.issue.items:
        if item.title and not item.topics and not item.said:
            column = draft.source.column(item.line, item.title)
            nearest = next(iter(context.candidates(item)), None)
            hint = f"{nearest.slug} comes nearest, for {nearest.matched}" if nearest else ""
            yield found("no-topic", item.line, column, about=item.title, hint=hint, habit=_MISFIT)


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
    if _is_short(item):
        return ""
    count = context.messages(section, item)
    return f"it takes {count} messages" if count > 1 else ""


def _is_short(item: Item) -> bool:
    """Whether an item is so far from every limit of a message that nobody need make one of it."""
    spans = tuple(span for line in item.summary for span in line.spans)
    urls = (item.url or "", *(link.url for link in item.links), *(span.url or "" for span in spans))
    labels = (link.words for link in item.links)
    text = "".join((item.title or "", item.source or "", *item.tags, *labels, *(span.text for span in spans)))
    # what Telegram makes entities of by itself has one of these, or many digits
    entities = len(urls) + sum(map(text.count, "#@$/:.")) + sum(map(str.isdigit, text)) // 10
    return len(text) * _FAR < MESSAGE.length and entities * _FAR < MESSAGE.entities and _fit(urls)


def _fit(urls: Iterable[str]) -> bool:
    return sum(len(url.encode()) for url in urls) * _FAR < MESSAGE.entity_bytes
