"""Small valid values for tests; each argument replaces one field."""

from datetime import UTC, date, datetime
from typing import Any

from bot.model import (
    Cut,
    Entry,
    Flash,
    Hold,
    Issue,
    IssueText,
    Item,
    Line,
    LineKind,
    RichText,
    Section,
    Span,
    Subscriber,
    SubscriberState,
    entries_of,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def text(*lines: str) -> RichText:
    """Plain lines of text."""
    return tuple(Line(spans=(Span(text=line),)) for line in lines)


def picture(url: str | None = "https://example.com/p.png", name: str = "") -> RichText:
    """A line that is a picture."""
    return (Line(spans=(Span(text=name, url=url),), kind=LineKind.PICTURE),)


def item(**fields: Any) -> Item:
    """An item with a title, a link, a source and a one-line summary."""
    given: dict[str, Any] = {
        "id": "i1",
        "title": "一个条目",
        "url": "https://example.com/a",
        "source": "来源",
        "tags": (),
        "links": (),
        "summary": text("一句摘要。"),
        "line": 1,
    }
    return Item(**(given | fields))


def section(slug: str = "news", *items: Item, heading: str = "业界新闻") -> Section:
    """A section of the given items."""
    return Section(slug=slug, heading=heading, items=items)


def issue(*sections: Section, **fields: Any) -> Issue:
    """An issue dated 2026-03-02; one section with one item where none is given."""
    given: dict[str, Any] = {
        "slug": "2026-03-02",
        "title": "简报 (2026-03-02)",
        "date": date(2026, 3, 2),
        "highlights": (),
        "tagline": None,
        "lead": (),
        "flash": (),
        "sections": sections or (section("news", item()),),
    }
    return Issue(**(given | fields))


def entry(**fields: Any) -> Entry:
    """The entry of such an item."""
    (made,) = entries_of(issue(section("news", item(**fields))))
    return made


def flash(subject: str | None = "某公司", *lines: str) -> Flash:
    """A flash-news bullet."""
    return Flash(subject=subject, text=text(*lines or ("发布了新品。",)))


def subscriber(chat_id: int = 1, **fields: Any) -> Subscriber:
    """An active subscriber who gets everything in Chinese."""
    given: dict[str, Any] = {
        "chat_id": chat_id,
        "state": SubscriberState.ACTIVE,
        "cut": Cut(),
        "joined_at": NOON,
    }
    return Subscriber(**(given | fields))


def correction(
    text: str = "new",
    *,
    checksum: str = "c2",
    title: str | None = None,
    day: date | None = None,
    held: Hold | None = None,
) -> IssueText:
    """Another text of an issue."""
    return IssueText(text=text, checksum=checksum, title=title, date=day, held=held)
