"""What the editor says of the topics of an issue, as it counts: before all words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from bot.digest.parsing.notes import Notes
from bot.digest.topics.said import Verdict, misnamed, takes_back, together, verdict
from bot.digest.topics.vocabulary import Topics
from bot.model import Flash, GivenBy, Issue, Item, ParseWarning, SaidTopics, TopicMatch


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
        """The warnings of the issue, with those of names that no topic has and of what is taken back."""
        notes = Notes()
        for thing in issue.things:
            for said in thing.said:
                if unknown := misnamed(verdict(said.words, self._topics), self._topics):
                    line, place = (
                        (thing.line, f" in {said.file}:{said.line}") if said.file else (said.line, "")
                    )
                    notes.add("unknown-topic", line, about=f"{unknown}{place}")
            for before, later in pairwise(thing.said):
                if before.file == later.file and self._takes_back(before, later):
                    self._note_twice(before, later, thing, notes)
        return notes.with_those(issue.warnings) if notes.warnings else issue.warnings

    def _takes_back(self, before: SaidTopics, later: SaidTopics) -> bool:
        return takes_back(verdict(before.words, self._topics), verdict(later.words, self._topics))

    @staticmethod
    def _note_twice(before: SaidTopics, later: SaidTopics, thing: Item | Flash, notes: Notes) -> None:
        line, file = (thing.line, f"{later.file}:{later.line}: ") if later.file else (later.line, "")
        about = f"{file}“{later.words}” counts, not “{before.words}” of line {before.line}"
        notes.add("topics-twice", line, about=about)
