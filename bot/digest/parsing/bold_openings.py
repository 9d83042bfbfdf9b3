"""Paragraphs that are bold, or open so: which of them begin items."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from bot.digest.parsing.opening_lines import begins_paragraph, end_of_paragraph, leads_on, paragraph_leads_on
from bot.digest.parsing.rows import RowKind, Rows, bold_words, is_bold, opens_with_title

_STOPS = (".", "。", "!", "！", "?", "？", "…")


def bold_titles(rows: Rows) -> Iterator[int]:
    """Paragraphs in bold; where there are none, those that open in bold."""
    paragraphs = [place for place, row in enumerate(rows) if begins_paragraph(row)]
    bold = [place for place in paragraphs if is_bold(rows[place])]
    yield from (*bold, *_lost_bold(rows)) if bold else _opened_in_bold(rows, paragraphs)


def _lost_bold(rows: Rows) -> Iterator[int]:
    """Further lines in bold with text below and a sentence or a link above: a blank line is missing there."""
    times = Counter(row.text.strip() for row in rows)
    for place, (above, row, below) in enumerate(zip(rows, rows[1:], rows[2:], strict=False), start=1):
        at_margin = row.kind is RowKind.TEXT and not (row.opens or row.quote or row.indent)
        ended = leads_on(above) or above.text.rstrip().endswith(_STOPS)
        alone = is_bold(row) and times[row.text.strip()] == 1 and not is_bold(below)
        if at_margin and ended and alone:
            yield place


def _opened_in_bold(rows: Rows, paragraphs: Sequence[int]) -> Sequence[int]:
    """All paragraphs, if each opens in bold and has a link; else those with a title, if most have one.

    A single one with a title is a remark unless the section begins with it.
    """
    worded = all(any(map(str.isalnum, bold_words(rows[place].spans))) for place in paragraphs)
    if len(paragraphs) > 1 and worded and all(paragraph_leads_on(rows, place) for place in paragraphs):
        return [*paragraphs, *_lost_blanks(rows, paragraphs)]
    opened = [place for place in paragraphs if opens_with_title(rows[place].spans)]
    remarks = _remarks(rows, opened)
    titled = [place for place in opened if place not in remarks]
    most = 2 * len(opened) >= len(paragraphs) and (len(titled) > 1 or titled == [0])
    return [*titled, *_lost_blanks(rows, titled)] if most else ()


def _remarks(rows: Rows, opened: Sequence[int]) -> Collection[int]:
    """Of paragraphs that open in bold those with a label and no link, where the others' titles are no labels.

    A colon in bold makes a label: ``**Why it matters:** text`` below ``**A title** — text``.
    """
    labelled = {place for place in opened if bold_words(rows[place].spans).rstrip().endswith((":", "："))}
    titled = [place for place in opened if place not in labelled]
    if not titled or titled[0] != opened[0] or not all(paragraph_leads_on(rows, place) for place in titled):
        return ()
    return {place for place in labelled if not paragraph_leads_on(rows, place)}


def _lost_blanks(rows: Rows, paragraphs: Sequence[int]) -> Iterator[int]:
    """Further lines that open with a title, behind a link and above one: a blank line above them is missing.

    Bold words that come again are a label and no title.
    """
    times = Counter(bold_words(row.spans).strip() for row in rows)
    for place in paragraphs:
        lines = range(place, end_of_paragraph(rows, place))
        last = max((line for line in lines if leads_on(rows[line])), default=place)
        led = False  # whether the item above has its link
        for line in lines[: last - place + 1]:
            spans = rows[line].spans
            if led and opens_with_title(spans) and times[bold_words(spans).strip()] == 1:
                led = False
                yield line
            led = led or leads_on(rows[line])
