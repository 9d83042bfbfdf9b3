"""Why an item has its topics, and what a topic lacks, in words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.table import Table

from bot.digest.topics.classifier import Classifier
from bot.editors.export import topic_values
from bot.editors.topics.suggestions import Suggestion
from bot.model import Flash, Issue, Item, Place, Reason, TopicMatch, plain

#: How the places are called beside a term; what stands in the body needs no word.
_PLACES = {
    Place.TITLE: " in the title",
    Place.TAGS: " in a tag",
    Place.SUBJECT: " as the subject",
    Place.OPENING: " in the first sentence",
    Place.BODY: "",
}
#: A topic is near with this share of the threshold.
_NEAR = 0.5


def in_words(reasons: Iterable[Reason]) -> str:
    """As in "量化 in the title, int8 ×3"."""
    return ", ".join(
        f"{reason.term}{f' ×{reason.count}' if reason.count > 1 else ''}{_PLACES[reason.place]}"
        for reason in reasons
    )


def explained(issue: Issue, classifier: Classifier) -> str:
    """An issue's items and flash news, as text, with their topics and those they nearly have."""
    lines = [issue.title or issue.slug, "─" * 60]
    things: tuple[Flash | Item, ...] = (*issue.flash, *issue.items)
    for thing in things:
        lines.append(f"{thing.line}: {name(thing)}")
        lines += [f"    {_line(match)}" for match in thing.topics] or ["    no topic"]
        lines += [f"    nearly {_line(match)}" for match in nearly(thing, classifier)]
    return "\n".join(lines)


def explained_values(issue: Issue, classifier: Classifier) -> dict[str, Any]:
    """The same as values for JSON."""
    return {
        "slug": issue.slug,
        "threshold": classifier.threshold,
        "flash": list(_values(issue.flash, classifier)),
        "items": list(_values(issue.items, classifier)),
    }


def _values(things: Sequence[Flash | Item], classifier: Classifier) -> Iterator[dict[str, Any]]:
    for thing in things:
        yield {
            "line": thing.line,
            "name": name(thing),
            "topics": [topic_values(match) for match in thing.topics],
            "nearly": [topic_values(match) for match in nearly(thing, classifier)],
        }


def nearly(thing: Flash | Item, classifier: Classifier) -> list[TopicMatch]:
    """The topics that an item nearly has, nearest first."""
    least, most = _NEAR * classifier.threshold, classifier.threshold
    return [match for match in classifier.candidates(thing) if least <= match.score < most]


def name(thing: Flash | Item) -> str:
    """A short name of an item or flash for a list."""
    if isinstance(thing, Flash):
        return f"{thing.subject or '·'}: {_short(plain(thing.text))}"
    return thing.title or _short(plain(thing.summary))


def _short(text: str, length: int = 40) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= length else f"{line[:length]}…"


def _line(match: TopicMatch) -> str:
    return f"{match.slug} {match.score:g} ({in_words(match.reasons)})"


def suggested(terms: Iterable[Suggestion]) -> Table:
    """Suggestions as a table."""
    table = Table("term", "count", "items", "issues", "without topic", "for example", box=None)
    for term in terms:
        numbers = (term.count, term.items, term.issues, term.without_topic)
        table.add_row(term.term, *map(str, numbers), _short(term.example))
    return table
