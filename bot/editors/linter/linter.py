"""The rules as one table, and what they find in an issue's file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.digest.names import DigestNames
from bot.digest.parsing.parser import parse
from bot.digest.parsing.plain_text import with_line_feeds
from bot.digest.profile import Profile
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.said import TopicNames
from bot.digest.topics.sidecar import with_said
from bot.digest.topics.vocabulary import Topics
from bot.editors.linter.dates import dates_apart
from bot.editors.linter.draft import Draft, Saved, spans
from bot.editors.linter.files import colon_after_title, misnamed, saved_otherwise
from bot.editors.linter.finding import Finding
from bot.editors.linter.glued import glued_headings, glued_items
from bot.editors.linter.habits import habits_once
from bot.editors.linter.items import items_without_topic, long_items
from bot.editors.linter.leftovers import leftovers
from bot.editors.linter.links import dead_links, dropped_links, empty_links, unclosed_links
from bot.editors.linter.lost_titles import lost_titles
from bot.editors.linter.markup import loose_brackets, loose_markup
from bot.editors.linter.mending import Mended, mended
from bot.editors.linter.parser_warnings import parser_warnings
from bot.editors.linter.releases import unclear_release
from bot.editors.linter.repeats import repeats_earlier, repeats_here
from bot.editors.linter.rule import Rule, RuleContext
from bot.editors.linter.seen_before import SeenIndex
from bot.editors.linter.source import read_source
from bot.editors.linter.tables import undivided_tables
from bot.editors.linter.untold import untold_words
from bot.messages import Message, Renderer
from bot.model import Beside, Cut, Issue, Item, MessageHabit, Packing, Section

RULES: tuple[Rule, ...] = (
    saved_otherwise,
    misnamed,
    dates_apart,
    unclear_release,
    colon_after_title,
    parser_warnings,
    empty_links,
    unclosed_links,
    dead_links,
    dropped_links,
    glued_items,
    glued_headings,
    lost_titles,
    leftovers,
    items_without_topic,
    long_items,
    repeats_here,
    repeats_earlier,
    undivided_tables,
    loose_markup,
    loose_brackets,
    untold_words,
)

#: What could not be read in a file. Saving such a text would lose for good what is only damaged.
_LOST = "\ufffd"

#: What follows from another slip of the same item is not reported beside it.
FOLLOWS = {
    "no-item-title": frozenset({"empty-link", "unclosed-link", "leftover"}),
    "no-summary": frozenset({"leftover"}),
    "missing-dash": frozenset({"table-divider", "broken-table"}),
    "no-topic": frozenset({"empty-link", "unclosed-link", "leftover", "no-item-title", "no-summary"}),
    "loose-bracket": frozenset({"unclosed-link"}),
    "untold": frozenset({"dead-link", "empty-link", "front-matter"}),
}


class Linter:
    """Checks issues of one digest. Built once: it compiles the templates."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._profile = profile
        self._names = TopicNames(topics)
        self._classifier = Classifier(topics)
        self._renderer = Renderer(DigestNames(profile, topics), MessageHabit(pack=Packing.SECTION))

    def issue(self, text: str, *, slug: str, name: str = "") -> Issue:
        """The issue of a text without topics: enough to know what it tells."""
        return parse(text, slug=slug, profile=self._profile, name=name, names=self._names)

    def draft(self, saved: Saved, *, path: str, name: str, slug: str, beside: Beside | None = None) -> Draft:
        """An issue, read: ``path`` is what findings call its file, ``name`` its path below the folder.

        ``beside`` is the file of topics that lies there.
        """
        text = with_line_feeds(saved.text)
        source = read_source(text, self._profile)
        issue = self.issue(text, slug=slug, name=name)
        if beside is not None:
            issue = with_said(issue, beside.text, file=beside.name)
        issue = self._classifier.classify(issue)
        return Draft(
            path=path,
            name=name,
            slug=slug,
            saved=saved,
            source=source,
            issue=issue,
            spans=spans(issue, source),
            beside=beside,
        )

    def again(self, draft: Draft, text: str) -> Draft:
        """The draft with another text, saved as every issue is saved."""
        return self.draft(
            Saved(text=text), path=draft.path, name=draft.name, slug=draft.slug, beside=draft.beside
        )

    def check(self, draft: Draft, seen: SeenIndex) -> tuple[Finding, ...]:
        """What is wrong with it, in the order of its lines; ``seen`` is what the digest's issues link to."""
        context = RuleContext(
            profile=self._profile,
            seen=seen,
            messages=self._messages,
            whole=self._whole,
            candidates=self._classifier.candidates,
        )
        findings = [finding for rule in RULES for finding in rule(draft, context)]
        titled = sum(item.title is not None for item in draft.issue.items)
        causes = habits_once(_causes(findings, draft), titled)
        told_apart = sorted(causes, key=lambda finding: finding.place)
        return tuple(map(_by_hand, told_apart) if _LOST in draft.saved.text else told_apart)

    def mend(self, draft: Draft, seen: SeenIndex) -> Mended:
        """Its text with all mended that has one right answer; a damaged one stays as it is."""
        if _LOST in draft.saved.text:
            return Mended(text=draft.saved.text, count=0)
        done = mended(
            "\n".join(draft.source.lines),
            read=lambda text: self.issue(text, slug=draft.slug, name=draft.name),
            check=lambda text: self.check(self.again(draft, text), seen),
        )
        return replace(done, count=done.count + sum(one.mends for one in saved_otherwise(draft)))

    def _messages(self, section: Section, item: Item) -> int:
        """How many messages an item takes that stands alone in its section."""
        issue = Issue(
            slug="item",
            title=None,
            date=None,
            highlights=(),
            tagline=None,
            lead=(),
            flash=(),
            sections=(replace(section, items=(item,)),),
        )
        _, *parts = self._whole(issue)
        return len(parts)

    def _whole(self, issue: Issue) -> tuple[Message, ...]:
        return self._renderer.issue(issue, Cut(language=self._profile.language))


def _by_hand(finding: Finding) -> Finding:
    """The finding as one that nobody mends but its editor."""
    return replace(finding, edits=(), mends=False)


def _causes(findings: Iterable[Finding], draft: Draft) -> Iterator[Finding]:
    """The findings without those that follow from others in the same stretch."""
    reported = tuple(findings)
    names: dict[int, set[str]] = defaultdict(set)
    for finding in reported:
        names[draft.span_at(finding.line)].add(finding.code.name)
    for finding in reported:
        causes = FOLLOWS.get(finding.code.name, frozenset())
        if not causes & names[draft.span_at(finding.line)]:
            yield finding
