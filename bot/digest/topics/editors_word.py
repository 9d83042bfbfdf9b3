"""What the editor says of the topics of an issue, as it counts: before all words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.digest.parsing.notes import Notes
from bot.digest.topics.said import Verdict, misnamed, together, verdict
from bot.digest.topics.vocabulary import Topics
from bot.model import Flash, GivenBy, Issue, Item, ParseWarning, TopicMatch


class EditorsWord:
    """Knows what is meant by what an editor says of topics."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics

    def knows(self, slug: str) -> bool:
        """Whether a topic is called so."""
        return slug in self._topics.topics

    def verdict(self, thing: Item | Flash) -> Verdict:
        """What is said of its topics, all together."""
        return together(verdict(one.words, self._topics) for one in thing.said)

    def topics(
        self, thing: Item | Flash, found: Iterable[TopicMatch], candidates: Iterable[TopicMatch]
    ) -> Iterator[TopicMatch]:
        """The topics that it is said to have, and those that were found of which nothing is said.

        Of ``candidates`` come the words that speak for a topic that it is said to have.
        """
        said, known = self.verdict(thing), {match.slug: match for match in candidates}
        for slug in (slug for slug, has in said.topics.items() if has):
            match = known.get(slug) or TopicMatch(slug=slug, matched="")
            yield replace(match, probability=1.0, by=GivenBy.EDITOR)
        yield from (match for match in found if not said.decides(match.slug))

    def warnings(self, issue: Issue) -> tuple[ParseWarning, ...]:
        """The warnings of the issue, with those of names that no topic has."""
        notes = Notes()
        for thing in issue.things:
            for said in thing.said:
                if unknown := misnamed(verdict(said.words, self._topics), self._topics):
                    line, place = said.line, ""
                    if said.file:
                        line, place = thing.line, f" in {said.file}:{said.line}"
                    notes.add("unknown-topic", line, about=f"{unknown}{place}")
        return notes.with_those(issue.warnings) if notes.warnings else issue.warnings
