"""The rule about titles that are lost: an address in their place, a source without one, or nothing at all."""

import re
from collections.abc import Iterator

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.model import Item

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NAMELESS = re.compile(r"\s*(?:[-*+]\s+)?(?:\[[^\[\]]+\]\s*)*(?P<mark>\[?\s*[|｜])")
_PART = 2  # one in so many items, at most; if it is more, the digest has no titles


def lost_titles(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items whose title is lost, where most items have one."""
    items = draft.issue.items
    lost = [column for column in (_lost(item, draft) for item in items) if column]
    if len(lost) * _PART <= len(items):
        yield from (found("no-item-title", line, column) for line, column in lost)
    yield from _second_summaries(draft, context)


def _lost(item: Item, draft: Draft) -> tuple[int, int] | None:
    """Where a title should be that is an address, or only has a source."""
    line = draft.source.lines[item.line - 1] if 0 < item.line <= len(draft.source.lines) else ""
    nameless = _NAMELESS.match(line)
    # A bar before a title that has its source is one too many.
    if item.title and nameless and not item.source and not line.lstrip().startswith("|"):
        return item.line, nameless.start("mark") + 1
    if item.title and _ADDRESS.fullmatch(item.title):
        return item.line, draft.source.column(item.line, item.title)
    return None


def _second_summaries(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Summaries of an item that has one already: the title between them is gone."""
    labels = "|".join(map(re.escape, context.profile.labels.summary))
    labelled = re.compile(rf"(?:[-*+]\s+)?(?P<label>{labels})\s*[：:]", re.IGNORECASE) if labels else None
    seen: set[tuple[int, str]] = set()
    for number, line in draft.source.numbered() if labelled else ():
        label = labelled.match(line) if labelled else None
        if label is None:
            continue
        key = (draft.span_at(number), label["label"].casefold())
        if key in seen:
            hint = "the item above has a summary already"
            yield found("no-item-title", number, label.start("label") + 1, about=line, hint=hint)
        seen.add(key)
