"""The rule that passes on what the parser noted: with its place in the line, and mended if it can be."""

import difflib
import re
from collections.abc import Iterator, Sequence

from bot.digest.habits import ItemStart
from bot.digest.profile import Profile
from bot.editors.linter.codes import CODES
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Edit, Finding, found
from bot.editors.linter.links import broken_links, mended
from bot.editors.linter.rule import RuleContext
from bot.model import ParseWarning

_NEAR = 0.6
_OTHERWISE = "`items.begin` of the profile does not say how these items begin"
_DASHED = re.compile(r"\s*[-*•·–—－●◦▪]")
_CLOSES = re.compile(r"\s+#*\s*|##+\s*")
_HASHES = re.compile(r" {0,3}(?P<marks>[#＃]{1,6}\s*)[^#\s](?:.*[^#\s])?(?P<closing>\s*#*\s*)")
_DASH = re.compile(r"(\s*)(?:[-*•·–—－●◦▪](?![-*]))?\s*(?:\d{1,3}(?:、|[.．](?!\d))\s*)?")
#: ``- title(https://…)``, behind its dash and tags.
_GLUED = re.compile(
    r"(?P<lead>\s*[-*+]\s+(?:\[[^\[\]]+\]\s*)*)(?P<title>[^\[\]]*[^\[\]\s])(?P<open>\s*[(（])"
    r"https?://[^\s()（）]+(?P<close>[)）])\s*"
)
#: A link that nothing defines and a definition that nothing refers to may be meant for each other.
_REFERRING = {"undefined-link": "unused-definition", "unused-definition": "undefined-link"}
_NAMED = re.compile(r"\[(?P<name>[^\[\]]+)\](?:$|:)")
#: Where in its line stands what the parser noted; elsewhere it is what the note quotes.
_PLACES = {
    "empty-link": re.compile(r"\[\s*\]\([^()]*\)|\[[^\[\]]*\]\(\s*\)"),
    "unclosed-link": re.compile(r"\[(?=[^\[\]]*(?:\][^\[\]]*)?$)|\[(?=[^\[\]]*\]\s*[(（]http)"),
    "missing-dash": re.compile(r"\S"),
    "empty-bullet": re.compile(r"\S"),
    "no-item-title": re.compile(r"[^\s*+-]"),
    "heading-space": re.compile(r"#"),
    "unknown-heading": re.compile(r"[^\s#]"),
    "empty-section": re.compile(r"[^\s#]"),
}


def parser_warnings(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """The parser's notes that are right for this digest."""
    for note in draft.issue.warnings:
        if _counts(note, draft, context):
            line = draft.source.lines[min(note.line, len(draft.source.lines)) - 1]
            about = _about(note)
            yield found(
                note.code,
                note.line,
                note.column if note.column > 1 else _column(note.code, line, about),
                about=about,
                hint=_hint(note.code, about, draft, context),
                edits=_edits(note, line),
                habit=_habit(note, line, context),
            )


def _about(note: ParseWarning) -> str:
    return note.message.removeprefix(CODES[note.code].message).removeprefix(": ")


def _counts(note: ParseWarning, draft: Draft, context: RuleContext) -> bool:
    """Whether what was noted is a slip: not if it is as the profile or most items have it."""
    issue, profile = draft.issue, context.profile
    match note.code:
        case "no-title":
            return profile.title is not None
        case "no-date":
            return issue.date is None and profile.date is not None
        case "missing-dash":
            return _wants_dash(note.line, draft, profile)
        case "no-summary":
            return bool(profile.labels.summary) or _usual(bool(item.summary) for item in issue.items)
        case "no-item-title":
            return _usual(bool(item.title) for item in issue.items)
        case _:
            return _loses(note, draft, profile)


def _loses(note: ParseWarning, draft: Draft, profile: Profile) -> bool:
    """Whether something is lost for what was noted."""
    match note.code:
        case "empty-section":
            return not _left_out_below(note.line, draft, profile.leave_out.lines)
        case "empty-label":  # words say where it is, or that there is none: 代码：暂未公开
            return draft.source.lines[note.line - 1].rstrip(" *").endswith(("：", ":"))
        case "unused-definition":  # another issue of the file may refer to it
            return profile.issues.each != "heading"
        case "relative-picture":
            return bool(draft.source.content[note.line - 1])  # not in what readers do not get
        case _:
            return True


def _wants_dash(line: int, draft: Draft, profile: Profile) -> bool:
    """Whether the item of a line may begin with a dash, and has none."""
    sections = draft.issue.sections
    slug = next((one.slug for one in sections if any(item.line == line for item in one.items)), "other")
    dashed = re.match(r"\s*[-*+]\s", draft.source.lines[line - 1])
    return dashed is None and ItemStart.BULLET in profile.items_of(slug).begin


def _left_out_below(line: int, draft: Draft, rules: Sequence[str]) -> bool:
    """Whether below a heading are lines that the profile leaves out."""
    below = min((one for one in draft.source.headings if one > line), default=len(draft.source.lines) + 1)
    return any(line < one.line < below for one in draft.issue.left_out if one.rule in rules)


def _usual(having: Iterator[bool]) -> bool:
    found_so = list(having)
    return sum(found_so) * 2 >= len(found_so)


def _column(code: str, line: str, about: str) -> int:
    pattern = _PLACES.get(code)
    placed = pattern.search(line) if pattern else None
    at = placed.start() if placed else line.find(about.split(" (", maxsplit=1)[0]) if about else -1
    return (at if at >= 0 else len(line) - len(line.lstrip())) + 1


def _hint(code: str, about: str, draft: Draft, context: RuleContext) -> str:
    """The known heading, or the name of a definition or link, that comes nearest to an unknown one."""
    if code == "unknown-heading":
        known = [heading for section in context.profile.sections.values() for heading in section.headings]
        return _meant(about.strip(" ：:"), known)
    if code not in _REFERRING:
        return ""
    other = [_name(_about(one)) for one in draft.issue.warnings if one.code == _REFERRING[code]]
    return _meant(_name(about), other)


def _meant(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=_NEAR)
    return f"did you mean {near[0]}?" if near else ""


def _name(about: str) -> str:
    """What a link or a definition is called by: ``[words][name]``, ``[name]: address``."""
    found = _NAMED.search(about)
    return found["name"].casefold() if found else ""


def _habit(note: ParseWarning, line: str, context: RuleContext) -> str:
    """What it means that many items lack a dash where most begin otherwise, and nothing is left of it."""
    otherwise = context.profile.items.begin[:1] != (ItemStart.BULLET,)
    return _OTHERWISE if note.code == "missing-dash" and otherwise and not _DASHED.match(line) else ""


def _edits(note: ParseWarning, line: str) -> Iterator[Edit]:
    match note.code:
        case "heading-space" if heading := _HASHES.fullmatch(line):
            yield from _spaced(note.line, heading)
        case "missing-dash" if dash := _DASH.match(line):
            yield Edit(line=note.line, start=dash.end(1), end=dash.end(), replacement="- ")
        case "unclosed-link" if glued := _GLUED.fullmatch(line):
            yield from _bracketed(note.line, glued)
        case "unclosed-link":
            yield from (edit for broken in broken_links(line) for edit in mended(note.line, broken))


def _spaced(number: int, heading: re.Match[str]) -> Iterator[Edit]:
    """``## name`` of ``##name##``: nothing that closes a heading is needed."""
    start, end = heading.span("marks")
    marks = "#" * len(re.sub(r"\s", "", heading["marks"]))
    yield Edit(line=number, start=start, end=end, replacement=f"{marks} ")
    if heading["closing"] and _CLOSES.fullmatch(heading["closing"]):
        yield Edit(line=number, start=heading.start("closing"), end=heading.end("closing"), replacement="")


def _bracketed(number: int, glued: re.Match[str]) -> Iterator[Edit]:
    """``[title](url)`` of ``title(url)``."""
    for start, end, brackets in (
        (*(glued.start("title"),) * 2, "["),
        (*glued.span("open"), "]("),
        (*glued.span("close"), ")"),
    ):
        yield Edit(line=number, start=start, end=end, replacement=brackets)
