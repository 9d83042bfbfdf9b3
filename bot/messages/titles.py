"""What to call an issue or an item, and what stands in where its editor left the title out."""

from bot.messages.links import accepted, host
from bot.messages.markup import visible
from bot.messages.templating import clipped
from bot.model import Issue, Item, RichText

_AFTER_TITLE = " ：:"
_WORDS = 60  # characters of a summary that stand in for a title


def issue_title(issue: Issue) -> str:
    """The title without date and highlights, which have lines of their own; the slug where there is none."""
    title = issue.title or ""
    bare = _without_highlights(title, issue.highlights)
    for day in (f"({issue.date})", f"（{issue.date}）"):
        bare = bare.replace(day, "")
    return next(filter(visible, (bare.strip(_AFTER_TITLE), title)), issue.slug)


def _without_highlights(title: str, highlights: tuple[str, ...]) -> str:
    start = title.find(highlights[0]) if highlights else -1
    return title[:start] if start > 0 else title


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
