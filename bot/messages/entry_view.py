"""One item by itself: the whole of it, where it stands, and why it has its topics."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment

from bot.messages import limits
from bot.messages.message import Buttons, Message
from bot.messages.names import Names
from bot.messages.pictures import shown_picture, without_shown
from bot.messages.splitter import pack
from bot.messages.templating import fill
from bot.messages.titles import issue_title, item_title, shown_summary
from bot.model import Entry, Flash, GivenBy, Issue, Item, Language

_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class TopicReason:
    """A topic by its name, and the words that speak for it; none where the editor gave it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """Makes the messages of an entry in one language."""

    templates: Environment
    names: Names
    language: Language

    def messages(
        self, issue: Issue, entry: Entry, text: Item | Flash, buttons: Buttons
    ) -> tuple[Message, ...]:
        """One message, or as many as a long text needs; the buttons stand under the last."""
        summary = shown_summary(text) if isinstance(text, Item) else text.text
        marked = fill(
            self.templates,
            "entry",
            issue=issue,
            when=issue.when or issue.slug,
            title=issue_title(issue),
            item=text if isinstance(text, Item) else None,
            label=self._label(text),
            url=entry.url if isinstance(text, Item) else None,
            summary=without_shown(summary),
            place=tuple(self._place(entry)),
            topics=tuple(self._topics(entry)),
        )
        pieces = pack((marked,), limits.MESSAGE)
        return tuple(
            Message(
                piece.marked.html(),
                buttons if piece is pieces[-1] else (),
                silent=True,
                picture=shown_picture(summary) if piece is pieces[0] else None,
            )
            for piece in pieces
        )

    def _label(self, text: Item | Flash) -> str:
        if isinstance(text, Flash):
            return text.subject or ""
        return item_title(text, untitled=fill(self.templates, "untitled").text)

    def _place(self, entry: Entry) -> Iterator[str]:
        yield self.names.section(entry.section_slug, self.language) or entry.section_heading
        yield from entry.groups

    def _topics(self, entry: Entry) -> Iterator[TopicReason]:
        for topic in entry.topics:
            given = topic.by is GivenBy.EDITOR
            terms = () if given else (topic.matched, *(reason.term for reason in topic.reasons))
            words = tuple(dict.fromkeys(terms))[:_MOST_REASONS]
            yield TopicReason(self.names.topic(topic.slug, self.language), words)
