"""Issues that were written to do harm, made when they are needed: forty kinds, each of a size given."""

from collections.abc import Callable

HEAD = "# 嵌入式AI简报 (2026-03-02)：量化\n\n**导读**\n\n## 业界新闻\n\n"
ITEM = "- [晶圆代工价格上调 | 观察者](https://example.com/foundry)\n摘要：代工厂宣布调价。\n"

#: What is written so often, behind a head and before an item that must still be read.
Made = Callable[[int], str]


def _each(write: Callable[[int], str]) -> Made:
    return lambda size: "".join(map(write, range(size)))


def _twice(open_: str, middle: str, close: str) -> Made:
    return lambda size: open_ * size + middle + close * size


def _anchors(size: int) -> str:
    """Nine of nine of nine …: a page of text that would be more than there is memory."""
    rows = ["a0: &a0 [x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, min(size, 40))]
    return "---\n" + "\n".join(rows) + "\ntitle: *a1\n---\n"


def _wide(size: int) -> str:
    cells = "|".join("格" * 1 for _ in range(size))
    return f"|{cells}|\n|{'|'.join(['---'] * size)}|\n" + f"|{cells}|\n" * 3


def _references(size: int) -> str:
    return (
        "".join(f"[a{n}][b{n}] " for n in range(size))
        + "\n\n"
        + "".join(f"[b{n}]: https://example.com/{n}\n" for n in range(size))
    )


#: What stands before everything else.
FRONT: dict[str, Made] = {
    "yaml_anchors": _anchors,
    "yaml_deep": lambda size: "---\nx: " + "[" * size + "]" * size + "\n---\n",
    "yaml_tags": lambda size: "---\n" + "x: !!python/object/apply:os.system [id]\n" * min(size, 99) + "---\n",
    "yaml_unclosed": lambda size: "---\n" + "key: value\n" * size,
    "toml_deep": lambda size: "+++\nx = " + "[" * size + "]" * size + "\n+++\n",
    "toml_tables": lambda size: "+++\n[" + ".".join("a" * size) + "]\n+++\n",
    "byte_order_marks": lambda size: "\ufeff" * size,
}

#: What stands among the items.
KINDS: dict[str, Made] = {
    "one_line": lambda size: "量" * size * 10,
    "one_word": lambda size: "x" * size * 10,
    "line_ends": lambda size: "\r\n\r\x0b\x0c\x85\u2028" * size,
    "blanks": lambda size: " " * size * 10 + "\n" + "\t" * size,
    "quotes": lambda size: ">" * size + " 深",
    "quotes_and_lists": lambda size: "> - " * size + "深",
    "lists": lambda size: "".join("  " * (n % 500) + "- 深\n" for n in range(size)),
    "numbers": lambda size: "1. " * size,
    "brackets": _twice("[", "x", "]"),
    "brackets_open": lambda size: "[" * size,
    "links_in_links": _twice("[", "x", "](https://e.com)"),
    "pictures_in_links": _twice("[![", "x", "](a)](b)"),
    "links": _each(lambda n: f"[名{n}](https://example.com/{n}) "),
    "bare_links": _each(lambda n: f"https://example.com/{n}/ "),
    "link_unclosed": lambda size: "[x](" * size,
    "link_titles": lambda size: '[x](<a> "' * size,
    "references": _references,
    "reference_names": lambda size: f"[{'x' * size}]: y\n[{'[' * 99}]: z\n" + "[x" * size,
    "footnotes": _each(lambda n: f"词[^{n}]\n\n[^{n}]: 注[^{n + 1}]\n\n"),
    "footnote_of_itself": lambda size: "词[^1]\n\n[^1]: " + "注[^1] " * size,
    "html_deep": _twice("<div><b>", "x", "</b></div>"),
    "html_open": lambda size: "<div class='" + "x" * size + "<a href=" * size,
    "html_comments": lambda size: "<!--" * size + "-->" + "<!-" * size,
    "html_table": lambda size: "<table>" + "<tr><td rowspan=65534 colspan=1000>x" * min(size, 500),
    "html_tables_deep": _twice("<table><tr><td>", "x", "</td></tr></table>"),
    "declarations": lambda size: "<!DOCTYPE [" * size + "<![CDATA[" * size + "<?" * size,
    "script": lambda size: "<script>alert(1)</script><iframe src=javascript:x onload=y>" * (size // 20 + 1),
    "emphasis": lambda size: "*_" * size + "x",
    "emphasis_pairs": lambda size: "**x*_y_" * size,
    "tildes": lambda size: "~~x~" * size,
    "code_marks": lambda size: " ".join("`" * (n % 300) for n in range(size)),
    "fences": lambda size: "```\n~~~~\n" * size + "`" * size,
    "entities": lambda size: "&amp;&#0;&#xD800;&#x110000;&#99999999;" * size + "&#" + "9" * 5000 + ";",
    "escapes": lambda size: "\\" * size + "\\*\\_" * size,
    "wide_table": _wide,
    "long_table": lambda size: "| a | b |\n|---|---|\n" + "| 格 | `|` |\n" * size,
    "headings": _each(lambda n: f"{'#' * (n % 6 + 1)} 标题 {n}\n\n"),
    "underlined_headings": lambda size: "标题\n===\n" * size + "x\n" * size + "---",
    "controls": lambda size: "".join(map(chr, range(1, 32))) * (size // 30 + 1) + "\x7f\x9b31m\ufffe",
    "bidi": lambda size: "\u202e\u2066\u2067\u202d反\u200f\u061c" * size,
    "invisible": lambda size: "\u200b\u2060\ufeff\u00ad\U000e0041" * size + "字",
    "combining": lambda size: "a" + "\u0301" * size * 5,
    "emoji_joined": lambda size: "👩\u200d👩\u200d👧\u200d👦" * size + ":tada:" * size,
    "dates": lambda size: "2026-13-45 2026年99月99日 0000-00-00 " * size,
    "signs_for_patterns": lambda size: "a" * size + "!" + "(" * size + "1.1." * size + "：" * size,
    "flash": lambda size: "好了，先是一些热身小新闻：\n\n" + "- 某厂：发布；\n" * size,
    "addresses": lambda size: "http://" + "a." * size + "com/" + "(" * size + "%" * size + "@" * size,
    "words_glued": lambda size: "摘要：论文：https://" * size,
}


def issue(kind: str, size: int) -> bytes:
    """An issue of this kind, as bytes; ``invalid`` ones are no UTF-8, ``nul`` ones no text."""
    if kind == "invalid_utf8":
        return HEAD.encode() + b"\xff\xfe\xed\xa0\x80\xf5" * size + b"\n" + ITEM.encode()
    if kind == "nul":
        return HEAD.encode() + b"\x00" * size + b"\n" + ITEM.encode()
    if kind in FRONT:
        return f"{FRONT[kind](size)}{HEAD}{ITEM}".encode()
    return f"{HEAD}{KINDS[kind](size)}\n\n{ITEM}".encode("utf-8", "surrogatepass")


ALL = (*FRONT, *KINDS, "invalid_utf8", "nul")


def issue_of(kind: str, length: int) -> bytes:
    """An issue of this kind of about so many bytes."""
    each = (len(issue(kind, 300)) - len(issue(kind, 100))) / 200
    return issue(kind, int(length / max(each, 0.1)) if each else 1000)
