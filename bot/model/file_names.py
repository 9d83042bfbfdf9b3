"""What a file is by its name, whatever keyboard it was typed on."""

import re
from collections.abc import Container, Iterator
from datetime import date
from pathlib import PurePosixPath
from unicodedata import category, normalize

#: What GitHub, VS Code and pandoc take for Markdown, by the ending of the name.
MARKDOWN_ENDINGS = frozenset(
    f".{one}"
    for one in ["md", "markdown", "markdn", "mdown", "mdwn", "mkd", "mkdn", "mkdown", "mdtext", "mdtxt"]
)
#: How text is saved by who did not think of Markdown.
_OTHER_TEXT = frozenset(("", ".txt", ".text"))
#: What an issue may be written in, or made into.
_DOCUMENTS = frozenset(
    f".{one}"
    for one in [
        *("html", "htm", "xhtml", "mhtml", "pdf", "doc", "docx", "docm", "odt", "rtf", "pages", "wps"),
        *("mdx", "mdc", "rmd", "qmd", "org", "rst", "adoc", "asciidoc", "textile", "tex", "typ", "ipynb"),
    ]
)
#: ``.md`` with a slip in it.
_NEARLY_MARKDOWN = re.compile(r"\.(?:m\w?|\w?d|md\w|m\wd|\wmd|dm)", re.IGNORECASE)

_MARK = r" ?[-‐-―−._,、/ ] ?"
#: A date that nobody takes for another: the year first, in four digits, and nothing beside it.
_DATES = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf" ?(\d{{4}}){_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}}) ?",
        r" ?(\d{4}) ?年[ /]?(\d{1,2}) ?月[ /]?(\d{1,2}) ?[日号]? ?",
        rf" ?(\d{{4}})(?:{_MARK})?(\d\d)(\d\d) ?",
    )
)
_YEARS = range(1900, 2200)


def plain_name(name: str) -> str:
    """A path as every keyboard writes it: letters, digits and dots of half width, nothing invisible."""
    if name.isascii():
        return name
    folded = normalize("NFKC", name).replace("。", ".")
    return "".join(char for char in folded if category(char) != "Cf")


def is_markdown(name: str) -> bool:
    """Whether a file is Markdown, by its name, and neither hidden nor left over by an editor's program."""
    return _ends_in(name, MARKDOWN_ENDINGS)


def is_text(name: str) -> bool:
    """Whether a file is Markdown, or somebody may have saved an issue as it, by the ending of its name."""
    return is_markdown(name) or _ends_in(name, _OTHER_TEXT) or is_document(name)


def is_document(name: str) -> bool:
    """Whether it is none of plain text, and may be an issue or be made of one."""
    ending = PurePosixPath(plain_name(name)).suffix
    slip = _NEARLY_MARKDOWN.fullmatch(ending) is not None and not is_markdown(name)
    return _ends_in(name, _DOCUMENTS) or (slip and _ends_in(name, {ending.casefold()}))


def is_readme(name: str) -> bool:
    """Whether a file is the one that describes its folder."""
    return stem_of(PurePosixPath(name).name).casefold() == "readme"


def stem_of(name: str) -> str:
    """A path without the ending of its file, however its dot was typed."""
    folder, slash, last = name.rpartition("/")
    cut = max(last.rfind(dot) for dot in ".。．｡")
    return f"{folder}{slash}{last[:cut]}" if cut > 0 else name


def dated_names(path: str) -> Iterator[str]:
    """A plain path whose file, perhaps with its folders, is named by a date alone, in other forms of it."""
    parts = PurePosixPath(stem_of(path)).parts
    ending = PurePosixPath(path).suffix
    for count in range(1, len(parts) + 1):
        day = _whole_date("/".join(parts[-count:]))
        if day is not None:
            forms = (
                f"{day:%Y-%m-%d}",
                f"{day:%Y.%m.%d}",
                f"{day:%Y_%m_%d}",
                f"{day.year}年{day.month}月{day.day}日",
            )
            yield from ("/".join((*parts[:-count], f"{form}{ending}")) for form in (*forms, f"{day:%Y%m%d}"))
            return


def one_form(stem: str) -> str:
    """A name without its ending; one that is a date alone as ``2026-03-02``, however it is written."""
    plain = plain_name(stem)
    day = _whole_date(plain)
    return f"{day:%Y-%m-%d}" if day else plain


def _whole_date(text: str) -> date | None:
    found = next(filter(None, (form.fullmatch(text) for form in _DATES)), None)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None


def _ends_in(name: str, endings: Container[str]) -> bool:
    leftover = name.startswith((".", "~")) or name.endswith("~")
    return not leftover and PurePosixPath(plain_name(name)).suffix.casefold() in endings
