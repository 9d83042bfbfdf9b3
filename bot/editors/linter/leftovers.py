"""The rule about what a template left behind: places that somebody meant to fill in."""

import re
from collections.abc import Iterator

from bot.digest.profile import Profile
from bot.editors.linter.bare_labels import bare_labels
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.model import plain

_ANYWHERE = re.compile(r"\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|(?<![\w.])(?:TODO|FIXME|TBD)(?=[:：]|\s*$)")
_FIELD = r"摘要|简介|内容|summary|abstract"
_FILLED = rf"(?:{_FIELD}|标题|题目|链接|地址|来源|文字)"
_FILL_IN = (
    rf"(?:请?在?(?:此处|这里|此)|请)(?:填写?|填入|写|输入|补充|添加){_FILLED}?|(?:填写|填入|输入){_FILLED}"
)
_WORD = (
    r"x{2,}|todo|fixme|tbd|(?:此处)?待(?:补[充全]?|写|填写?|完善|更新|续|定)|略|lorem ipsum.*"
    rf"|\?{{2,}}|？{{2,}}|…+|\.{{3,}}|{_FILL_IN}"
)
_TITLE = re.compile(rf"(?:{_WORD}|标题|题目|文章标题|论文标题|项目名称?|title)", re.IGNORECASE)
_TEXT = re.compile(rf"(?:{_WORD}|(?:暂无|no )?(?:{_FIELD})(?:待补充?)?)[。.]?", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    r"\s*[(（\[［【<＜—-]+\s*(?P<value>[^()（）\[\]［］【】<>＜＞—-]*?)\s*[)）\]］】>＞—-]+[。.]?\s*"
)
_SOURCE = re.compile(r"x{2,}|来源|公众号名?|source", re.IGNORECASE)
#: An address that a template suggests.
PLACEHOLDER = re.compile(r"(?:https?://)?(?:x{2,}(?:\.com?)?/?|链接|地址|网址|url|link|todo)?", re.IGNORECASE)
#: What stands before a value: the bracket of a link, or the colon of a label.
_BEHIND = ("(", "[", "：", ": ", ":", "")


def leftovers(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Placeholders, template marks and labels with nothing behind them."""
    yield from _marks(draft)
    yield from _placeholders(draft)
    yield from bare_labels(draft, context.profile)
    yield from _bare_announcement(draft, context.profile)


def _marks(draft: Draft) -> Iterator[Finding]:
    for number, line in draft.source.numbered():
        for mark in _ANYWHERE.finditer(line):
            yield found("leftover", number, mark.start() + 1, about=mark[0])


def _placeholders(draft: Draft) -> Iterator[Finding]:
    """Fields of an item that hold what a template suggests, and nothing else."""
    for span in draft.spans:
        values = [(span.title, _TITLE), *((line, _TEXT) for line in plain(span.text).split("\n"))]
        values += [(url, PLACEHOLDER) for url in span.urls]
        for value, pattern in values:
            if value and pattern.fullmatch(_out_of_brackets(value)):
                here = draft.source.find(value, span.first, span.last, behind=_BEHIND)
                line, column = here or (span.first, 1)
                yield found("leftover", line, column, about=value)
    for item in draft.issue.items:
        if item.source and _SOURCE.fullmatch(item.source):
            yield found("leftover", item.line, draft.source.column(item.line, item.source), about=item.source)


def _out_of_brackets(value: str) -> str:
    """What stands in brackets, where that is all; else the value."""
    found = _IN_BRACKETS.fullmatch(value)
    return found["value"] if found else value.strip()


def _bare_announcement(draft: Draft, profile: Profile) -> Iterator[Finding]:
    """The line that announces flash news where none follow."""
    words = profile.flash.words if profile.flash and not draft.issue.flash else ()
    for number, line in draft.source.numbered():
        if line.rstrip().endswith(("：", ":")):
            place = next((line.find(word) for word in words if word in line), -1)
            if place >= 0:
                yield found("leftover", number, place + 1, about=line.strip())
