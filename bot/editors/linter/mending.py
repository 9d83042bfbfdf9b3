"""A text with the edits of its findings in it, so that the issue reads the same or better."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.editors.linter.finding import Finding
from bot.model import Issue, Item

#: Mending one slip may show another; no text takes more rounds than a few.
_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A mended text, its lines ending in line feeds, and how many findings it is rid of."""

    text: str
    count: int


def mended(text: str, read: Callable[[str], Issue], check: Callable[[str], Iterable[Finding]]) -> Mended:
    """Mend until nothing is left to mend. What would cost the issue an item or a field stays as it is."""
    count = 0
    for _ in range(_ROUNDS):
        kept = _harmless(text, list(_apart(check(text))), read)
        if not kept:
            break
        text, count = _applied(text, kept), count + len(kept)
    return Mended(text=text, count=count)


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with edits, in the order of the text; one that begins before the last one ends waits."""
    reached = (0, 0)
    for finding in findings:
        if finding.edits and min((edit.line, edit.start) for edit in finding.edits) > reached:
            reached = max((edit.line, edit.end) for edit in finding.edits)
            yield finding


def _harmless(text: str, findings: list[Finding], read: Callable[[str], Issue]) -> list[Finding]:
    """All of them where the issue reads no worse for it; else those that do no harm one after another."""
    if not findings:
        return []
    before = read(text)
    if not worse(before, read(_applied(text, findings))):
        return findings
    kept: list[Finding] = []
    for finding in findings:
        if not worse(before, read(_applied(text, [*kept, finding]))):
            kept.append(finding)
    return kept


def _applied(text: str, findings: Iterable[Finding]) -> str:
    lines = text.split("\n")
    edits = (edit for finding in findings for edit in finding.edits)
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.start), reverse=True):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.replacement + line[edit.end :]
    return "\n".join(lines)


def worse(before: Issue, after: Issue) -> bool:
    """Whether an issue lost something: a section, an item or flash, or a field of one."""
    if [section.slug for section in before.sections] != [section.slug for section in after.sections]:
        return True
    if len(before.items) != len(after.items) or len(before.flash) != len(after.flash):
        return True
    fields = ((before.title, after.title), (before.date, after.date), (before.lead, after.lead))
    lost = any(old and not new for old, new in fields)
    return lost or any(map(_poorer, before.items, after.items))


def _poorer(before: Item, after: Item) -> bool:
    """Whether a field is lost or another; a bracket that ended a broken address is no part of it."""
    address = (before.url or "").rstrip(")）")
    kept = (
        (before.title, after.title),
        (address, (after.url or "").rstrip(")）")),
        (before.source, after.source),
    )
    return (
        any(old and old != new for old, new in kept)
        or len(after.links) < len(before.links)
        or len(after.tags) < len(before.tags)
        or bool(before.summary and not after.summary)
    )
