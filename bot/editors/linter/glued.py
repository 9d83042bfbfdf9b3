"""Rules about lines that lost their beginning: an item or a heading that stands behind something else."""

import re
from collections.abc import Iterator

from bot.digest.habits import ItemStart
from bot.digest.parsing.plain_text import plain_text
from bot.digest.profile import Profile
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext

#: The first line of an item from its mark on, with tags and stars before its link.
_ITEM = re.compile(
    r"(?P<mark>[-*+•·●])(?P<apart>\s*)(?:\[[^\[\]]{1,24}\]\s*)*(?:\*\*)?\[(?P<title>[^\[\]]+)\]\(https?://[^\s()]*[^()\n]*\)"
)
_SENTENCE_END = re.compile(r"[。！？!?…；;][”’」』）)]?\s*$|(?<![A-Z])\.\s+$|\u3000$")
#: What a line of an item may end with that is no sentence: a link, or an address.
_LINK_END = re.compile(r"(?:\]\([^()]*\)|https?://[!-~]*[\w/])[*_]*\s*$")
#: A title, and no label of a further link: four characters of Chinese or words of English.
_TITLE = re.compile(r"(?:\W*[\u3400-\u9fff]){4}|(?:\W*[A-Za-z0-9]+\b){4}|[^|｜]+\s*[|｜]")
_SOURCED = re.compile(r"[^|｜]+[|｜]\s*\S")
_HEADING = re.compile(
    r"(?<![#＃])(?P<marks>[#＃]{2,6})(?P<apart>\s{0,8})(?P<name>[^\s#＃][^#＃\n]{0,40}?)\s{0,8}#{0,6}$"
)
_BEFORE = 500  # characters that tell how what stands before an item ends


def glued_items(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Items in the middle of a line, which Markdown takes for text of another."""
    if ItemStart.BULLET not in context.profile.items.begin:
        return
    for number, line in draft.source.numbered():
        for item in _ITEM.finditer(line):
            before = line[max(item.start() - _BEFORE, 0) : item.start()]
            if _is_glued(before, item, context.profile):
                yield found("glued-item", number, item.start() + 1, about=item["title"])


def glued_headings(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Headings behind a text, which open no section."""
    for number, line in draft.source.numbered():
        heading = None if _starts_alone(line) else _HEADING.search(line.rstrip())
        if heading and plain_text(line[: heading.start()]).strip() and _is_heading(heading, context.profile):
            yield found("glued-heading", number, heading.start("marks") + 1, about=heading["name"])


def _is_glued(before: str, item: re.Match[str], profile: Profile) -> bool:
    """Whether what stands before an item ends there."""
    if not any(map(str.isalnum, before)):
        return False
    if before.lstrip().startswith("#"):
        return profile.section_slug(before.strip("# \t")) is not None
    if _SENTENCE_END.search(before):
        return True
    if not item["apart"]:
        return False
    sourced = before[-1].isspace() and _SOURCED.match(item["title"])
    return bool(sourced or (_LINK_END.search(before) and _TITLE.match(item["title"])))


def _starts_alone(line: str) -> bool:
    return line.lstrip("> \t").startswith(("#", "＃", "|"))


def _is_heading(heading: re.Match[str], profile: Profile) -> bool:
    """Whether it names a section, or stands apart on both sides as nothing else does."""
    known = profile.section_slug(heading["name"]) is not None
    return known or bool(heading["apart"] and heading.string[heading.start() - 1].isspace())
