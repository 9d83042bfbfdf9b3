"""The first line of an item: ``[tag] [title | source](url) [[further]](url)``, and its slips."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.digest.parsing.bare_links import (
    Named,
    broken_in,
    further_addresses,
    named_behind,
    named_by_link,
    named_in,
    without_brackets,
    without_double_brackets,
    without_separators,
)
from bot.digest.parsing.bold_titles import bold_title, signs_before_bold
from bot.digest.parsing.counting import without_lost_dash, without_number
from bot.digest.parsing.edges import Spans, text_of
from bot.digest.parsing.labelled import is_address
from bot.digest.parsing.marks import (
    bare,
    behind_title,
    leading_tags,
    marks_in,
    quoted,
    signs_behind,
    with_quotes,
)
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.own_marks import AROUND_MARK, is_mark_alone, mark_in
from bot.digest.parsing.rows import Row, opens_with_title
from bot.digest.parsing.runs import Run, before_links, first_link, joined, links_of, runs_of
from bot.digest.parsing.sentences import in_sentence, with_name
from bot.digest.parsing.signs import pictures_apart
from bot.digest.parsing.title_lines import (
    TitleLine,
    by_other_bar,
    sentence,
    summed_up,
    with_numbered_address,
    with_remarks,
    without_own_address,
)
from bot.digest.parsing.title_tags import (
    LONGEST_TAG,
    address_of_tags,
    each_once,
    is_set_off,
    is_tag,
    leading_labels,
    linked_tags,
)
from bot.digest.parsing.undefined_links import UNDEFINED, undefined_title
from bot.model import Link, Span

_APART = re.compile(r"[^]］】]\s\(https?://")  # an address in brackets behind words is no lost link
_AROUND_TAG = " \t：:|｜，,*·•–—-;；"
_LIKE_A_WORD = "丨"  # the only one of these signs that is a character of Chinese
_LONGEST_SOURCE = 30
_SHORT_TAG = 6


class Titles:
    """Reads first lines of items. ``marks`` are those before a source; without any, a line is a sentence.

    In a sentence the first link may stand anywhere: all of the line is the title then.
    """

    def __init__(self, marks: str, labels: Iterable[str] = (), before: Collection[str] = ()) -> None:
        """``labels`` are what a link is called that is no title, ``before`` what stands before titles."""
        inside = re.escape(marks)
        source = rf"(?P<title>.*[^\s{inside}])\s*[{inside}][\s{inside}]*(?P<source>[^{inside}]*)"
        self._source = re.compile(source, re.DOTALL) if marks else None
        self._blank_or_mark = f" {marks}"
        self._labels = frozenset(map(str.casefold, labels))
        self._before = before

    def read(self, row: Row, notes: Notes) -> TitleLine:
        """Read it; what is broken costs a note and as little else as can be."""
        spans, pictures = pictures_apart(row.spans)
        line = with_numbered_address(self._read(row._replace(spans=spans), notes), row.number, notes)
        if pictures:
            links = (Link(label=span.text, url=span.url) for span in pictures if span.url)
            line = replace(line, links=(*line.links, *links))
        if len(line.tags) > 1:
            line = replace(line, tags=tuple(each_once(line.tags, row.number, notes)))
        if not line.source or _LIKE_A_WORD not in row.text:
            return line
        told = "".join(filter(None, (line.title, line.source, *line.tags, text_of(line.rest))))
        if row.text.count(_LIKE_A_WORD) > told.count(_LIKE_A_WORD):
            notes.leave_out(row.number, _LIKE_A_WORD, "mark of the source")
        return line

    def _read(self, row: Row, notes: Notes) -> TitleLine:
        spans = with_quotes(row.spans)
        if undefined := undefined_title(spans, self.split_source, row.number, notes):
            return undefined
        linked, behind = leading_labels(spans, self._labels)
        if not linked or not self._is_titled_by(behind):
            linked, behind = linked_tags(spans)
            behind = behind if self._is_sourced(behind) else ()
        if linked and behind:
            line = self._read(row._replace(spans=behind), notes)
            return replace(line, links=(*linked, *line.links))
        tags, behind = leading_tags(spans)
        line = self._behind_tags(behind, tags, row.number, notes)
        address = address_of_tags(spans, behind) if tags else None
        if address is None or not line.url:
            return replace(line, url=line.url or address)
        links = (Link(label=tag, url=address) for tag in tags)
        return replace(line, tags=line.tags[len(tags) :], links=(*links, *line.links))

    def _behind_tags(self, spans: Spans, tags: tuple[str, ...], number: int, notes: Notes) -> TitleLine:
        runs = tuple(runs_of(spans))
        lead, linked = before_links(runs)
        before, opened = signs_before_bold(spans)
        if self._opens_in_bold(opened, lead, linked) and (bold := bold_title(opened)):
            title, source = self.split_source(bold.title)
            signs, behind = signs_behind(bold.rest)
            rest, tags = without_separators(behind) if signs else behind, (*tags, *before, *signs)
            return TitleLine(title=title, url=bold.url, source=source, tags=tags, links=bold.links, rest=rest)
        if not linked:
            return self._unlinked(lead, tags, number, notes)
        if not lead.strip() and (named := named_behind(*first_link(linked))):
            return self._named(named, tags)
        if any(map(str.isalnum, lead)) and (named := named_by_link(lead, *first_link(linked))):
            if not is_address(linked[0].text):
                notes.leave_out(number, linked[0].text, "address of the title")
            return self._named(named, tags)
        return self._with_link(runs, tags, number, notes)

    def _with_link(self, runs: Sequence[Run], tags: tuple[str, ...], number: int, notes: Notes) -> TitleLine:
        """A line with a link: that is its title, or labelled behind the title, or stands in a sentence."""
        lead, linked = before_links(runs)
        marks = marks_in(lead)
        if self._is_marked(lead, linked):
            tags = (*tags, bare(lead, AROUND_MARK))
        elif marks is not None and self._is_named(linked[0], lead):
            tags = (*tags, *marks)
        elif self._is_titled(linked, lead) or (not self._source and is_tag(lead, linked[1:])):
            tags = (*tags, *filter(None, (bare(lead, _AROUND_TAG),)))
        elif self._source:
            return self._worded(runs, tags)
        elif summed := summed_up(runs, tags):
            notes.leave_out(number, linked[0].text, "address of the title")
            return summed
        else:
            return sentence(runs, tags)
        if not linked[0].url or not linked[0].text:
            notes.add("empty-link", number)
        line = without_own_address(self._linked(linked, tags), number, notes)
        if not line.rest:
            return line
        if self._source:
            whole = None if line.source else in_sentence(runs, tags, self._labels)
            return whole or replace(line, rest=without_separators(line.rest))
        return with_remarks(line, linked, number, notes)

    def split_source(self, text: str) -> tuple[str | None, str | None]:
        """``title | source`` parted at the last mark; each None where it is empty.

        A mark may stand twice, or once more at the end, or be a sign that looks like a bar; brackets around
        all of it are those of its link, written twice.
        """
        text = without_double_brackets(text)
        tidy = text.rstrip(self._blank_or_mark)
        found = (self._source.fullmatch(tidy) or by_other_bar(tidy)) if self._source else None
        if found is None:
            return text.strip(" |｜") or None, None
        title, source = quoted(found["title"].strip(), found["source"].strip())
        return title or None, source or None

    def is_numbered_link(self, row: Row) -> bool:
        """The same, of the row without its number."""
        return any(span.url for span in row.spans) and self.is_link(without_number(row))

    def is_link(self, row: Row) -> bool:
        """Whether the row is a link with a source from end to end: an item's first line, dash or no dash."""
        if not any(span.url for span in row.spans):
            return False
        _, spans = leading_tags(without_lost_dash(row).spans)
        runs = [run for run in runs_of(spans) if run.text]
        if len(runs) != 1 or not runs[0].url:
            return False
        return self._source is None or self.split_source(runs[0].text)[1] is not None

    def _opens_in_bold(self, spans: Spans, lead: str, linked: Sequence[Run]) -> bool:
        """Whether bold words may be the title; where titles have sources, a colon or a dash has to end it."""
        if linked and self._is_marked(lead, linked):
            return False
        if not self._source:
            return True
        if not opens_with_title(spans):
            return False
        return not self._is_titled(linked, lead) if linked else self.split_source(lead)[1] is None

    def _is_marked(self, lead: str, linked: Sequence[Run]) -> bool:
        """Whether a mark of the issue stands before a link, or one of its kind where any word may."""
        if not lead:
            return False
        if mark_in(lead) in self._before:
            return linked[0].text.casefold() not in self._labels
        return not self._source and is_mark_alone(lead, linked, self._labels)

    def _linked(self, runs: Sequence[Run], tags: tuple[str, ...]) -> TitleLine:
        several = joined(runs, self._labels)
        inner, spans = leading_tags(runs[0].spans)
        title, source = self._named_together((runs[0]._replace(spans=spans), *runs[1:several]))
        signs, further, rest = behind_title(runs[several:])
        links = (*links_of(runs[1:several]), *further)
        linked = any(span.url for span in rest)
        behind = None if source or linked else self._source_behind(text_of(rest).strip())
        if behind is not None:
            source, rest = behind or None, ()
        url = runs[0].url or None
        tags = (*tags, *inner, *signs)
        return TitleLine(title=title, url=url, source=source, tags=tags, links=links, rest=rest)

    def _named_together(self, runs: Sequence[Run]) -> tuple[str | None, str | None]:
        """The title that names all that the runs link to, and their sources."""
        parted = [
            (text_of(run.spans), None) if run.url is None else self.split_source(run.text) for run in runs
        ]
        sources = dict.fromkeys(source for _, source in parted if source)
        return "".join(title for title, _ in parted if title) or None, "、".join(sources) or None

    def _with_source_behind(self, line: TitleLine) -> TitleLine:
        source = self._source_behind(text_of(line.rest).strip())
        rest = () if source is not None else without_separators(line.rest)
        return replace(line, source=source or None, rest=rest)

    def _source_behind(self, text: str) -> str | None:
        """What follows a mark right behind the link, ``](url) | source``; None where no short source does."""
        if self._source is None or not text or len(text) > _LONGEST_SOURCE:
            return None
        tidy = text.rstrip(self._blank_or_mark)
        if not tidy:
            return tidy
        found = self._source.fullmatch(f"x{tidy}")
        return found["source"].strip() if found and found["title"] == "x" else None

    def _is_titled_by(self, spans: Spans) -> bool:
        """Whether a link, perhaps behind tags, begins them, or they are words with a source."""
        first, *further = runs_of(leading_tags(spans)[1])
        return bool(first.url) or (not further and self.split_source(first.text)[1] is not None)

    def _is_sourced(self, spans: Spans) -> bool:
        """Whether a link with its source begins them."""
        first = next(iter(runs_of(spans)), None)
        return first is not None and bool(first.url) and self.split_source(first.text)[1] is not None

    def _is_named(self, run: Run, lead: str) -> bool:
        """Whether a link behind tags or signs is a title; where words before links are, no label is."""
        words = sum(map(str.isalnum, lead))
        if not self._source or not words:
            return words <= LONGEST_TAG
        return words <= max(_SHORT_TAG, len(run.text)) and run.text.casefold() not in self._labels

    def _is_titled(self, linked: Sequence[Run], lead: str) -> bool:
        """Whether a few words before a link are a tag: it has a source of its own, or they are set off."""
        if len(lead) > LONGEST_TAG:
            return False
        sourced = self.split_source(linked[0].text)[1] is not None
        return sourced or (bool(self._source) and is_set_off(lead, linked, self._labels))

    def _unlinked(self, text: str, tags: tuple[str, ...], line: int, notes: Notes) -> TitleLine:
        """A title without its link, or with one that Markdown could not read."""
        if named := named_in(text):
            return self._named(named, tags)
        broken = broken_in(text)
        if UNDEFINED.fullmatch(text):
            notes.add("undefined-link", line, about=text[:40])
        elif text.startswith("[") or (broken.url and not _APART.search(text)):
            notes.add("unclosed-link", line, about=broken.words[:40])
        title, source = self.split_source(without_brackets(broken.words))
        rest = (Span(text=broken.rest),) if broken.rest else ()
        return TitleLine(title=title, url=broken.url, source=source, tags=tags, rest=rest)

    def _named(self, named: Named, tags: tuple[str, ...]) -> TitleLine:
        """``name：address``, with a remark or further addresses behind it."""
        title, source = self.split_source(named.name)
        links, rest = further_addresses(named.rest)
        return TitleLine(title=title, url=named.url, source=source, tags=tags, links=links, rest=rest)

    def _worded(self, runs: Sequence[Run], tags: tuple[str, ...]) -> TitleLine:
        """A line whose words before the link are of the title, or all of it."""
        if whole := in_sentence(runs, tags, self._labels):
            return whole
        named = with_name(runs, tags, self._labels)
        return self._with_source_behind(named) if named else self._labelled(*before_links(runs), tags)

    def _labelled(self, lead: str, runs: Sequence[Run], tags: tuple[str, ...]) -> TitleLine:
        """``title [label](url)``: the words before the first link are the title, its links are labelled."""
        title, source = self.split_source(bare(lead, " ：:,，"))
        signs, links, rest = behind_title(runs)
        return TitleLine(title=title, url=None, source=source, tags=(*tags, *signs), links=links, rest=rest)
