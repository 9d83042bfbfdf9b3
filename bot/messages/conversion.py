"""An issue's own text in traditional characters, for readers who asked for that. Code and addresses stay."""

from dataclasses import dataclass, replace

from bot.messages.names import Names
from bot.model import Flash, Issue, Item, Language, Line, LineKind, Link, RichText, Section, Span, Style
from bot.words.traditional import traditional


@dataclass(frozen=True, slots=True)
class TraditionalNames:
    """The names of another in traditional characters."""

    names: Names

    def topic(self, slug: str, language: Language) -> str:
        """A topic's display name; the slug itself if it is unknown."""
        return traditional(self.names.topic(slug, language))

    def has_topic(self, slug: str) -> bool:
        """Whether there is such a topic."""
        return self.names.has_topic(slug)

    def section(self, slug: str, language: Language) -> str | None:
        """A section's display name; None leaves the issue's own heading."""
        return _perhaps(self.names.section(slug, language))

    def listed(self, slug: str, language: Language) -> str:
        """What to call a section where no issue shows its heading."""
        return traditional(self.names.listed(slug, language))


def converted(issue: Issue) -> Issue:
    """The issue with all that its readers see of it; what it is known and found by stays."""
    return replace(
        issue,
        title=_perhaps(issue.title),
        highlights=_each(issue.highlights),
        tagline=_perhaps(issue.tagline),
        lead=_text(issue.lead),
        flash=tuple(map(_flash, issue.flash)),
        sections=tuple(map(_section, issue.sections)),
    )


def converted_entry(one: Item | Flash) -> Item | Flash:
    """An item or a flash in the same way."""
    return _flash(one) if isinstance(one, Flash) else _item(one)


def _flash(flash: Flash) -> Flash:
    return replace(flash, subject=_perhaps(flash.subject), text=_text(flash.text))


def _item(item: Item) -> Item:
    return replace(
        item,
        title=_perhaps(item.title),
        source=_perhaps(item.source),
        tags=_each(item.tags),
        links=tuple(map(_link, item.links)),
        summary=_text(item.summary),
        groups=_each(item.groups),
    )


def _section(section: Section) -> Section:
    return replace(
        section,
        heading=traditional(section.heading),
        items=tuple(map(_item, section.items)),
        above=_each(section.above),
    )


def _link(link: Link) -> Link:
    return replace(link, label=traditional(link.label), name=traditional(link.name))


def _text(text: RichText) -> RichText:
    return tuple(line if line.kind is LineKind.CODE else _line(line) for line in text)


def _line(line: Line) -> Line:
    return replace(line, spans=tuple(map(_span, line.spans)))


def _span(span: Span) -> Span:
    changed = span.text if Style.CODE in span.styles else traditional(span.text)
    return span if changed == span.text else replace(span, text=changed)


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(traditional, texts))


def _perhaps(text: str | None) -> str | None:
    return None if text is None else traditional(text)
