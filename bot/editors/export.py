"""An issue as plain values for JSON."""

from collections.abc import Iterable
from typing import Any

from bot.digest.account import account_of
from bot.model import Flash, Issue, Item, Section, TopicMatch, plain


def as_values(issue: Issue) -> dict[str, Any]:
    """The issue with its texts plain: strings, numbers, lists and dictionaries only."""
    return {
        "slug": issue.slug,
        "title": issue.title,
        "date": issue.date.isoformat() if issue.date else None,
        "highlights": list(issue.highlights),
        "tagline": issue.tagline,
        "lead": plain(issue.lead) or None,
        "picture": issue.picture,
        "flash": [_flash(flash) for flash in issue.flash],
        "sections": [_section(section) for section in issue.sections],
        "told": round(account_of(issue).share, 4),
        "left_out": [{"line": one.line, "text": one.text, "rule": one.rule} for one in issue.left_out],
        "warnings": [
            {"line": warning.line, "code": warning.code, "message": warning.message}
            for warning in issue.warnings
        ],
    }


def _flash(flash: Flash) -> dict[str, Any]:
    return {"subject": flash.subject, "text": plain(flash.text), "topics": _topics(flash.topics)}


def _section(section: Section) -> dict[str, Any]:
    return {
        "slug": section.slug,
        "heading": section.heading,
        "above": list(section.above),
        "items": [_item(item) for item in section.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "url": item.url,
        "source": item.source,
        "tags": list(item.tags),
        "links": [{"label": link.label, "url": link.url} for link in item.links],
        "summary": plain(item.summary) or None,
        "picture": item.picture,
        "topics": _topics(item.topics),
        "line": item.line,
        "number": item.number,
        "groups": list(item.groups),
    }


def _topics(topics: Iterable[TopicMatch]) -> list[dict[str, Any]]:
    return [topic_values(topic) for topic in topics]


def topic_values(topic: TopicMatch) -> dict[str, Any]:
    """A topic with who gives it, its probability, its score and its reasons."""
    reasons = [
        {"term": reason.term, "place": reason.place.value, "count": reason.count} for reason in topic.reasons
    ]
    return {
        "slug": topic.slug,
        "matched": topic.matched,
        "by": topic.by.value,
        "probability": topic.probability,
        "score": topic.score,
        "reasons": reasons,
    }
