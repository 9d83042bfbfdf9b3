"""What to call an issue or an item, and what stands in where its editor left the title out."""

from bot.messages.links import accepted, host
from bot.messages.markup import visible
from bot.messages.templating import clipped
from bot.model import Issue, Item, RichText

_WORDS = 60  # characters of a summary that stand in for a title


def issue_title(issue: Issue) -> str:
    """The title without the date in brackets, which has a line of its own; the slug where there is none."""
    day = issue.date.isoformat() if issue.date else None
    bare = (issue.title or "").replace(f"({day})", "").replace(f"（{day}）", "").strip()
    return next(filter(visible, (bare, issue.title or "")), issue.slug)


def item_title(item: Item, *, untitled: str) -> str:
    """The title, or the summary's first words, or the link's host, or ``untitled``."""
    if _titled(item):
        return item.title or ""
    address = accepted(item.url) if item.url else None
    first = clipped(item.summary[0].text, _WORDS) if item.summary else ""
    return first or (host(address) if address else untitled)


def told_summary(item: Item) -> RichText:
    """The summary, without its first line where that stands as the title, whole and with no link to lose."""
    if _titled(item) or not item.summary:
        return item.summary
    first = item.summary[0]
    says_all = len(first.text) <= _WORDS and not any(span.url for span in first.spans)
    return item.summary[says_all:]


def _titled(item: Item) -> bool:
    return bool(item.title) and visible(item.title or "")
