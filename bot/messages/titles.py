"""What to call an issue or an item, and what stands in where its editor left the title out."""

from bot.messages.links import accepted, host
from bot.messages.markup import visible
from bot.messages.pictures import as_links
from bot.messages.templating import clipped
from bot.model import Issue, Item, LineKind, RichText

_AFTER_TITLE = " ：:"
_WORDS = 60  # characters of a summary that stand in for a title


def issue_title(issue: Issue) -> str:
    """The title without date and highlights, which have lines of their own; the slug if there is none."""
    title = issue.title or ""
    bare = _without_highlights(title, issue.highlights)
    for day in (f"({issue.date})", f"（{issue.date}）"):
        bare = bare.replace(day, "")
    return next(filter(visible, (bare.strip(_AFTER_TITLE), title)), issue.slug)


def _without_highlights(title: str, highlights: tuple[str, ...]) -> str:
    start = title.find(highlights[0]) if highlights else -1
    return title[:start] if start > 0 else title


def is_plain(item: Item) -> bool:
    """Whether an item is paragraphs alone: no title, link, source or tag makes an entry of it."""
    if _titled(item) or item.url or item.source or item.tags:
        return False
    shown = any(visible(line.text) for line in as_links(item.summary, "picture"))
    return shown or (bool(item.links) and not item.summary)


def item_title(item: Item, *, untitled: str) -> str:
    """The title, or the summary's first words, or the link's host, or ``untitled``."""
    if _titled(item):
        return item.title or ""
    address = accepted(item.url) if item.url else None
    first = clipped(item.summary[_first_text(item.summary)].text, _WORDS) if item.summary else ""
    return first or (host(address) if address else untitled)


def shown_summary(item: Item) -> RichText:
    """The summary, without its first line where that stands as the title, whole and with no link to lose.

    A plain item has no title above it: its summary is shown as it is.
    """
    if _titled(item) or is_plain(item) or not item.summary:
        return item.summary
    at = _first_text(item.summary)
    first = item.summary[at]
    says_all = len(first.text) <= _WORDS and not any(span.url for span in first.spans)
    return item.summary[:at] + item.summary[at + says_all :]


def _first_text(summary: RichText) -> int:
    """Which line comes first; a picture only if there is nothing else."""
    return next((at for at, line in enumerate(summary) if line.kind is not LineKind.PICTURE), 0)


def _titled(item: Item) -> bool:
    return bool(item.title) and visible(item.title or "")
