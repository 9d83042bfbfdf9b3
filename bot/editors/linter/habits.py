"""What many items of an issue have is no slip of each, but a habit that the profile does not know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.editors.linter.finding import Finding

_FEW = 3  # findings; fewer are slips
_PART = 3  # one in so many items


def habits_once(findings: Iterable[Finding], items: int) -> Iterator[Finding]:
    """The findings; of one habit, if a third of the items has it, the first alone with their number."""
    alike: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.habit:
            alike[finding.code.name, finding.habit].append(finding)
        else:
            yield finding
    for several in alike.values():
        yield from (_told_once(several),) if _is_habit(len(several), items) else several


def _is_habit(count: int, items: int) -> bool:
    return count >= _FEW and count * _PART >= items


def _told_once(several: Sequence[Finding]) -> Finding:
    first = min(several, key=lambda finding: finding.place)
    message = f"{first.message}; {len(several)} are like this: {first.habit}"
    return replace(first, message=message, edits=(), mends=False)
