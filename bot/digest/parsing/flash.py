"""Flash news: the bullets before the first section."""

import re
from collections.abc import Iterator, Sequence

from bot.digest.habits import FlashHabit
from bot.digest.parsing.counting import number_of, without_number
from bot.digest.parsing.edges import Spans, stripped, text_of, without_start
from bot.digest.parsing.lines import as_line, as_lines
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.model import Flash

#: Whom a flash bullet is about: a few words before the first colon, no sentence.
_IN_SUBJECT = "：:，,。；;！？\\n"
_FEW_WORDS = rf"(?P<subject>[^\s{_IN_SUBJECT}](?:[^{_IN_SUBJECT}]{{0,14}}[^\s{_IN_SUBJECT}])?)"
_COLON = r"(?:：|(?<!\d):(?!//)|(?<=\d):(?!//|\d\d))"  # none of a time
_SUBJECT = re.compile(rf"(?!\d{{1,2}}[:：]\d){_FEW_WORDS}\s{{0,8}}{_COLON}")
#: The same, set off by a comma: only where all flash news of an issue do so and none begins as a clause.
_CLAUSE = (
    "据|受|随着|自从|对于|因为|由于|经过|继|时隔|近日|日前|昨|今[天日年]|本[周月年]|上[周月]|目前|此前|最近"
)
_BEFORE_COMMA = re.compile(rf"(?!{_CLAUSE}){_FEW_WORDS}\s{{0,8}}(?:，|,(?!\d))")
_A_HABIT = 3
#: A Chinese character counts as a word.
_WORD = re.compile(r"[a-zA-Z]+|\d+|[^\W\d_a-zA-Z]")
_LONGEST_NAME = 8
#: What flash news begin with instead of a dash and a blank; minus five degrees do not.
_MARK = re.compile(
    r"\s*(?:-{1,2}(?![-\d.]+\s*[°℃%度])|[–−‐•·・･∙●○◦▪▫■□◆◇▶►]\ufe0f?|—{1,2}"
    r"|(?P<count>[①-⑳❶-❿]|[(（]\d{1,2}[)）]))\s*(?=\S)"
)
_LISTED = ("；", ";")
_ANNOUNCING = ("：", ":")
_STOPS = (*_LISTED, "。", ".", "！", "!")


def split_flash(
    rows: Rows, habit: FlashHabit | None, lead: re.Pattern[str], notes: Notes
) -> tuple[Rows, tuple[Flash, ...]]:
    """What is no flash news, and the flash news; the line that announces them is left out.

    What begins as the ``lead`` does announces nothing. What stands between or below the flash
    news and is none comes behind what stands above them.
    """
    if habit is None:
        return rows, ()
    words = re.compile("|".join(map(re.escape, habit.words)) or r"(?!)", re.IGNORECASE)
    rows = _with_marks(rows, words, lead)
    first = next((place for place, row in enumerate(rows) if _is_bullet(row)), len(rows))
    before, bullets = rows[:first], tuple(_with_lost_dashes(rows[first:]))
    if before and _announces(before[-1], words, lead, bullets):
        notes.leave_out(before[-1].number, before[-1].spans, "heading of the flash news")
        before = before[:-1]
    outside = tuple(row for row in bullets if not row.depth)
    return (*before, *outside), tuple(_flash(bullets, notes))


def _is_bullet(row: Row) -> bool:
    return row.kind is RowKind.BULLET and not row.quote


def _with_marks(rows: Rows, words: re.Pattern[str], lead: re.Pattern[str]) -> Rows:
    """The rows, each line that begins with a dash without its blank or another mark a bullet.

    A mark alone makes none: the line is announced, or beside another one; one with a number is
    announced. Where no line has a mark, those below the one that announces them are flash news.
    """
    announced = _first_announced(rows, words, lead)
    numbered = announced is not None and _counts(rows[announced])
    marked = [None if row.quote or row.indent else _marked(row, numbered=numbered) for row in rows]
    entries = [_is_bullet(row) or one is not None for row, one in zip(rows, marked, strict=True)]
    found = list(rows)
    for place, one in enumerate(marked):
        beside = any(entries[max(place - 1, 0) : place]) or any(entries[place + 1 : place + 2])
        if one is not None and (beside or (announced is not None and place >= announced)):
            found[place] = one
    if announced is not None and not any(map(_is_bullet, found[announced:])):
        return (*found[:announced], *_with_no_marks(tuple(found[announced:]), lead))
    return _with_first_marks(tuple(found), announced, lead)


def _first_announced(rows: Rows, words: re.Pattern[str], lead: re.Pattern[str]) -> int | None:
    """Where the row stands that follows the one that announces flash news."""
    for place, row in enumerate(rows[:-1], start=1):
        if _announces(row, words, lead, ()) and not row.text.endswith("。"):
            return place
    return None


def _marked(row: Row, *, numbered: bool) -> Row | None:
    """A line that begins with a mark, or a number, as a bullet; None where it does not."""
    if row.kind is RowKind.NUMBER and row.depth == 1:
        return _as_bullet(row) if numbered else None
    if row.kind is not RowKind.TEXT or row.depth > 1:
        return None
    found = _MARK.match(text_of(row.spans))
    if found is None:
        return _as_bullet(without_number(row)) if numbered and number_of(row) is not None else None
    attributes = "—" in found[0] and not _SUBJECT.match(text_of(row.spans), found.end())
    return None if attributes or (found["count"] and not numbered) else _as_bullet(row)


def _counts(row: Row) -> bool:
    """Whether a line begins with a number."""
    found = _MARK.match(row.text)
    return number_of(row) is not None or (found is not None and found["count"] is not None)


def _as_bullet(row: Row) -> Row:
    return row._replace(kind=RowKind.BULLET, marker="•", depth=1)


def _with_no_marks(rows: Rows, lead: re.Pattern[str]) -> Iterator[Row]:
    """The rows right below the line that announces flash news, where none has a mark.

    They are those of the first paragraph, and further ones while a semicolon says that they go on.
    """
    listed = bool(rows) and (_is_news(rows[0], lead) or rows[0].text.endswith(_LISTED))
    above: Row | None = None
    for row in rows:
        goes_on = above is None or not row.opens or above.text.endswith(_LISTED)
        listed = listed and goes_on and row.kind is RowKind.TEXT and not row.depth and not row.quote
        begins = above is None or row.opens or above.text.endswith(_LISTED) or _is_news(row, lead)
        yield (_as_bullet(row) if begins else row._replace(depth=1)) if listed else row
        above = row


def _with_first_marks(rows: Rows, announced: int | None, lead: re.Pattern[str]) -> Rows:
    """The rows, those a bullet too that lost their dash right above the first one."""
    first = next((place for place, row in enumerate(rows) if _is_bullet(row)), 0)
    place = first
    while place > (announced or 0) and _is_news(rows[place - 1], lead):
        close = rows[place].number == rows[place - 1].number + 1 and announced is not None
        if not close and not rows[place - 1].text.endswith(_LISTED):
            break
        place -= 1
    return (*rows[:place], *map(_as_bullet, rows[place:first]), *rows[first:])


def _is_news(row: Row, lead: re.Pattern[str]) -> bool:
    """Whether a line at the margin says whom it is about, and what they did."""
    if row.kind is not RowKind.TEXT or row.quote or row.indent or lead.match(row.text):
        return False
    found = _SUBJECT.match(row.text)
    return found is not None and found.end() < len(row.text)


def _announces(row: Row, flash: re.Pattern[str], lead: re.Pattern[str], bullets: Rows) -> bool:
    """Whether a row only says that flash news follow."""
    if row.quote or lead.match(row.text):
        return False
    return bool(flash.search(row.text)) or (bool(bullets) and row.opens and row.text.endswith(_ANNOUNCING))


def _flash(bullets: Rows, notes: Notes) -> Iterator[Flash]:
    groups = [(_without_mark(first, notes), *rest) for first, *rest in _by_bullet(bullets)]
    texts = [text_of(first.spans) for first, *_ in groups]
    for group, subject in zip(groups, _subjects(texts), strict=True):
        first, found = group[0], subject
        spans = stripped(without_start(first.spans, found.end() if found else 0))
        if len(first.spans) > len(spans) and _addresses(first.spans) > _addresses(spans):
            found, spans = None, first.spans  # a subject has no place for its link
        rest = (row._replace(depth=row.depth - 1 if row.depth else 0) for row in group[1:])
        text = as_lines(rest)
        if spans:
            text = (as_line(first._replace(kind=RowKind.TEXT, marker="", depth=0, spans=spans)), *text)
        if not text and not found:
            notes.add("empty-bullet", first.number)
            continue
        if not text:
            notes.add("empty-flash", first.number, about=first.text)
        yield Flash(subject=found["subject"] if found else None, text=text, line=first.number)


def _subjects(texts: Sequence[str]) -> list[re.Match[str] | None]:
    """Whom each of an issue's flash news is about: words before a colon, or before a comma where all do so.

    Where most have none, many words before a colon are part of a sentence.
    """
    found = [_SUBJECT.match(text) for text in texts]
    if len(texts) >= _A_HABIT and not any(found):
        by_comma = [_BEFORE_COMMA.match(text) for text in texts]
        return by_comma if all(by_comma) else found
    usual = 2 * sum(map(bool, found)) >= len(texts)
    return [one if one and (usual or _is_a_name(one["subject"])) else None for one in found]


def _is_a_name(words: str) -> bool:
    return len(_WORD.findall(words)) <= _LONGEST_NAME


def _addresses(spans: Spans) -> set[str]:
    return {span.url for span in spans if span.url}


def _without_mark(row: Row, notes: Notes) -> Row:
    """A bullet without a further mark that its text begins with."""
    text = text_of(row.spans)
    found = None if text[:1].isalpha() else _MARK.match(text)
    if found is None:
        return row._replace(spans=stripped(row.spans)) if text[:1].isspace() else row
    notes.leave_out(row.number, found[0], "mark of the flash news")
    return row._replace(spans=stripped(without_start(row.spans, found.end())))


def _with_lost_dashes(rows: Rows) -> Iterator[Row]:
    """The rows; a paragraph between two bullets is one that lost its dash, or goes on with the one above.

    It is one if it has a subject. What announces the bullets below it is neither.
    """
    last = max((place for place, row in enumerate(rows) if row.kind is RowKind.BULLET), default=0)
    for place, row in enumerate(rows):
        between = row.kind is RowKind.TEXT and not row.depth and not row.quote and place < last
        if between and _SUBJECT.match(row.text) and not row.text.endswith(_ANNOUNCING):
            yield row._replace(kind=RowKind.BULLET, depth=1)
        else:
            yield row._replace(depth=1) if between and not row.text.endswith(_ANNOUNCING) else row


def _lost_its_dash(row: Row, above: Row) -> bool:
    """Whether a line at the margin is flash news: the one above ends, and it has a subject or is listed."""
    at_margin = row.kind is RowKind.TEXT and row.depth == 1 and not row.indent and not row.opens
    if not at_margin or not above.text.endswith(_STOPS):
        return False
    return above.text.endswith(_LISTED) or _SUBJECT.match(row.text) is not None


def _by_bullet(rows: Rows) -> Iterator[Rows]:
    """Each bullet of the outermost list with the lines that belong to it; text outside a list ends it."""
    group: list[Row] = []
    for row in rows:
        if (row.kind is RowKind.BULLET and row.depth == 1) or (group and _lost_its_dash(row, group[-1])):
            if group:
                yield tuple(group)
            group = [row]
        elif row.depth:
            group.append(row)
        elif group:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
