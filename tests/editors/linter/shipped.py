"""The linter of the shipped digest, and examples completed to whole issues."""

from functools import cache

from bot.editors.linter import Draft, Finding, Linter, Saved, index_of
from tests.digest.shipped import profile, topics

_TITLE = "# 样刊 (2026-03-02)\n\n"
_SECTION = "## 开源项目\n\n- [一个推理框架](https://example.com/engine)\n摘要：端侧推理框架又快了一倍。\n\n"
_HEADING = "## 论文\n\n"

EARLIER = "2026-02-16.md"


@cache
def linter() -> Linter:
    return Linter(profile(), topics())


def complete(example: str) -> str:
    """An example as a whole issue: sections get a title and a section above them, items a heading as well."""
    if example.startswith(("- ", "[")):
        return _TITLE + _SECTION + _HEADING + example
    return _TITLE + _SECTION + example if example.startswith("##") else example


def before(example: str) -> str:
    """Items as an issue a fortnight earlier."""
    return _TITLE.replace("2026-03-02", EARLIER[:-3]) + _HEADING + example


def draft(text: str, *, name: str = "2026-03-02.md", **saved: bool) -> Draft:
    """The file of this name with this text."""
    return linter().draft(Saved(text=text, **saved), path=f"issues/{name}", name=name, slug=name[:-3])


def check(text: str, *, name: str = "2026-03-02.md", earlier: str = "", **saved: bool) -> tuple[Finding, ...]:
    """What is found in an issue; ``earlier`` is the text of the one before it."""
    before = [(f"issues/{EARLIER}", linter().issue(earlier, slug=EARLIER[:-3]))] if earlier else []
    made = draft(text, name=name, **saved)
    return linter().check(made, index_of([*before, (made.path, made.issue)]))


def places(text: str, code: str) -> list[str]:
    """What of a whole issue findings of a code point at, up to the end of the line."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [lines[one.line - 1][one.column - 1 :] for one in check(text) if one.code.name == code]


def mended(text: str) -> str:
    """The text with all mended that can be."""
    made = draft(text)
    return linter().mend(made, index_of([(made.path, made.issue)])).text
