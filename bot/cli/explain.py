"""Why an item has its topics, and what a topic lacks, in words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.table import Table

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.probability import UNFITTED, Fitted
from bot.editors.export import topic_values
from bot.editors.topics.suggestions import Suggestion
from bot.model import Flash, GivenBy, Issue, Item, Place, Reason, TopicMatch, plain

#: How the places are called beside a term; what stands in the body needs no word.
_PLACES = {
    Place.TITLE: " in the title",
    Place.TAGS: " in a tag",
    Place.SUBJECT: " as the subject",
    Place.OPENING: " in the first sentence",
    Place.BODY: "",
}
#: A topic is near with this share of what it needs.
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
    for thing in issue.things:
        lines.append(f"{thing.line}: {name(thing)}")
        lines += [f"    {_line(match)}" for match in thing.topics] or ["    no topic"]
        lines += [f"    not {slug}, by the editor" for slug in taken_away(thing, classifier)]
        lines += [f"    nearly {_line(match)}" for match in nearly(thing, classifier)]
    return "\n".join((*lines, *_fits(issue.things, classifier)))


def _fits(things: Iterable[Flash | Item], classifier: Classifier) -> Iterator[str]:
    """What was learned of the topics that the issue has."""
    fits = fitted(classifier)
    found = {match.slug for thing in things for match in thing.topics} & fits.keys()
    if found:
        yield f"fitted, with weights in units of {classifier.threshold:g}:"
    for slug in (slug for slug in fits if slug in found):
        fit = fits[slug]
        factors = f"{fit.weight:+g} weight {fit.beside:+g} beside {fit.others:+g} others"
        yield f"    {slug}: {fit.bias:+g} {factors}, from {percent(fit.threshold)}"


def fitted(classifier: Classifier) -> dict[str, Fitted]:
    """What was learned of the topics, where something was."""
    return {slug: fit for slug, fit in classifier.fitted.items() if fit is not UNFITTED}


def explained_values(issue: Issue, classifier: Classifier) -> dict[str, Any]:
    """The same as values for JSON."""
    return {
        "slug": issue.slug,
        "threshold": classifier.threshold,
        "fitted": {slug: fit.model_dump() for slug, fit in fitted(classifier).items()},
        "flash": list(_values(issue.flash, classifier)),
        "items": list(_values(issue.items, classifier)),
    }


def _values(things: Sequence[Flash | Item], classifier: Classifier) -> Iterator[dict[str, Any]]:
    for thing in things:
        yield {
            "line": thing.line,
            "name": name(thing),
            "topics": [topic_values(match) for match in thing.topics],
            "taken_away": taken_away(thing, classifier),
            "nearly": [topic_values(match) for match in nearly(thing, classifier)],
        }


def taken_away(thing: Flash | Item, classifier: Classifier) -> list[str]:
    """The topics that an item would have by its words, and has not, for its editor says so."""
    has = {match.slug for match in thing.topics}
    return [match.slug for match in classifier.by_words(thing) if match.slug not in has]


def nearly(thing: Flash | Item, classifier: Classifier) -> list[TopicMatch]:
    """The topics that an item nearly has, nearest first: half as probable or weighty as needed.

    None of which the editor says anything.
    """
    said = classifier.editor.verdict(thing)
    has = {match.slug for match in thing.topics}
    return [
        match
        for match in classifier.candidates(thing)
        if match.slug not in has
        and not said.decides(match.slug)
        and (
            match.score >= _NEAR * classifier.threshold
            or match.probability >= _NEAR * classifier.fitted[match.slug].threshold
        )
    ]


def name(thing: Flash | Item) -> str:
    """A short name of an item or flash for a list."""
    if isinstance(thing, Flash):
        return f"{thing.subject or '·'}: {_short(plain(thing.text))}"
    return thing.title or _short(plain(thing.summary))


def _short(text: str, length: int = 40) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= length else f"{line[:length]}…"


def _line(match: TopicMatch) -> str:
    if match.by is GivenBy.EDITOR:
        words = in_words(match.reasons)
        return f"{match.slug}, by the editor{f' ({words})' if words else ''}"
    return f"{match.slug} {percent(match.probability)} ({why(match)})"


def why(match: TopicMatch) -> str:
    """What the words of a topic weigh and which they are, as in "4.5: 量化 in the title, int8 ×3"."""
    alone = "" if match.probability else "; alone no topic"
    return f"{match.score:g}: {in_words(match.reasons)}{alone}"


def percent(probability: float) -> str:
    """In whole hundredths, as in "98 %"."""
    return f"{probability:.0%}".replace("%", " %")


def suggested(terms: Iterable[Suggestion]) -> Table:
    """Suggestions as a table."""
    table = Table("term", "count", "items", "issues", "without topic", "for example", box=None)
    for term in terms:
        numbers = (term.count, term.items, term.issues, term.without_topic)
        table.add_row(term.term, *map(str, numbers), _short(term.example))
    return table
