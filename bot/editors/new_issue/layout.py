"""What stands in the file of a new issue: what the last ones have in common, or what the profile says."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.digest.habits import ItemStart, LevelRole
from bot.digest.parsing.parser import parse
from bot.digest.patterns import date_regexes
from bot.digest.profile import Profile
from bot.editors.linter.source import read_source
from bot.editors.new_issue.stamps import Stamp, Stamps
from bot.editors.profile_inference.naming import DATES
from bot.model import Written
from bot.words.placeholders import filled

_DATES = tuple(regex for written in DATES for regex in date_regexes(written))
_STROKES = re.compile(r"(?:={3,}|-{3,})\s*")
_FEWEST = 3  # issues that have something in common
_HALF = 0.5
_SHAPES: dict[Written, tuple[str, str, str]] = {
    "zh": ("标题", "来源", "链接"),
    "en": ("title", "source", "address"),
}
_BEGIN = {ItemStart.BULLET: "- {}", ItemStart.NUMBER: "1. {}", ItemStart.BOLD: "**{}**"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An issue that is there: its text, its title and its stamp."""

    text: str
    title: str | None
    stamp: Stamp


def skeleton(profile: Profile, earlier: Sequence[Earlier], new: Stamp, errors: Callable[[str], int]) -> str:
    """The text of a new issue, in which readers would find nothing yet; ``earlier`` ones in order.

    What the last issues have in common, or of that what is no item, or only headings, or what the profile
    says: the first of them in which ``errors`` finds none.
    """
    texts: list[str] = []
    if len(earlier) >= _FEWEST:
        common = list(_common(profile, earlier, new))
        plain, headings = _without_items(common, profile), list(_headings(common, profile))
        texts += [_tidy(lines) for lines in (common, plain, headings) if lines]
    texts.append(_tidy(list(_profiled(profile, earlier, new))))
    sound = (text for text in texts if not _has_content(text, profile) and not errors(text))
    return next(sound, texts[-1])


def _has_content(text: str, profile: Profile) -> bool:
    issue = parse(text, slug="new", profile=profile)
    return bool(issue.items or issue.flash or issue.lead)


def _common(profile: Profile, earlier: Sequence[Earlier], new: Stamp) -> Iterator[str]:
    """The lines of the newest issue that half of the others have too, with the new stamp; and its title."""
    *others, newest = earlier
    seen = Counter(line for one in others for line in {_key(each) for each in _renewed(profile, one, new)})
    for line in _renewed(profile, newest, new):
        opening = _title_line(line, profile, newest, new) or _opening(line, profile)
        if opening is not None:
            yield opening
        elif not line.strip() or seen[_key(line)] >= len(others) * _HALF:
            yield line.rstrip()


def _without_items(lines: Sequence[str], profile: Profile) -> list[str]:
    """Without what would be an item of every issue, such as a link to the archive."""
    left = list(lines)
    while True:
        issue = parse("\n".join(left), slug="new", profile=profile)
        found = {one.line for one in issue.flash} | {item.line for item in issue.items}
        kept = [line for number, line in enumerate(left, start=1) if number not in found]
        if len(kept) == len(left):
            return kept
        left = kept


def _headings(lines: Sequence[str], profile: Profile) -> Iterator[str]:
    """The headings among the lines, with the front matter."""
    source = read_source("\n".join(lines), profile)
    for number, line in enumerate(lines, start=1):
        if number < source.first:
            yield line
        elif number in source.headings or number - 1 in source.headings & _underlined(lines):
            yield from (line, "") if number not in _underlined(lines) else (line,)


def _underlined(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of lines that have a line of strokes below them."""
    return frozenset(
        number
        for number, below in enumerate(lines[1:], start=1)
        if re.fullmatch(r"(?:={3,}|-{3,})\s*", below)
    )


def _renewed(profile: Profile, one: Earlier, new: Stamp) -> list[str]:
    stamps = _stamps(profile, one, new)
    return [stamps.renewed(line) for line in one.text.splitlines()]


def _stamps(profile: Profile, one: Earlier, new: Stamp) -> Stamps:
    return Stamps(old=one.stamp, new=new, patterns=(*profile.date_patterns, *_DATES))


def _key(line: str) -> str:
    return " ".join(line.split())


def _title_line(line: str, profile: Profile, newest: Earlier, new: Stamp) -> str | None:
    """The line of the title, without what it promises of that issue; None for any other line."""
    title = _stamps(profile, newest, new).renewed(newest.title or "")
    if not title or not _bare(line).removeprefix("title").startswith(_bare(title)):
        return None
    after = profile.highlights and re.search(profile.highlights.after, line)
    return line[: after.end()].rstrip() if after and after.start() else line.rstrip()


def _opening(line: str, profile: Profile) -> str | None:
    """What announces the lead or the flash news, without what follows it; None for any other line."""
    for word in profile.lead:
        if found := re.match(rf"[^\w]*{re.escape(word)}[*_]*[：:]", line):
            return found[0]
    words = profile.flash.words if profile.flash else ()
    return (
        line.rstrip() if any(word in line for word in words) and not line.lstrip().startswith("-") else None
    )


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _profiled(profile: Profile, earlier: Sequence[Earlier], new: Stamp) -> Iterator[str]:
    """Title, lead, flash news and the sections, as the profile names them, with the shape of an item."""
    yield from _headed(profile, earlier, new)
    for words in (profile.lead[:1], profile.flash.words[:1] if profile.flash else ()):
        yield from (text for word in words for text in (f"<!-- {word}： -->", ""))
    level = next((one for one in range(2, 7) if profile.role_of(one) is LevelRole.SECTION), 2)
    headings = [section.headings[0] for section in profile.sections.values() if section.headings]
    for place, heading in enumerate(headings):
        yield from (f"{'#' * level} {heading}", "")
        if not place:
            yield from (f"<!-- {_shape(profile)} -->", "")


def _headed(profile: Profile, earlier: Sequence[Earlier], new: Stamp) -> Iterator[str]:
    """The title as the newest issue has it, or as the profile's name, day and number make one."""
    last = earlier[-1] if earlier else None
    lines = [_title_line(one, profile, last, new) for one in _renewed(profile, last, new)] if last else []
    title = next(filter(None, lines), None)
    if title is None and profile.title is None:
        yield from ("---", f"title: {_made_title(profile, new)}", *_dated(profile, new), "---", "")
    else:
        yield from (title or f"# {_made_title(profile, new)}", "")


def _dated(profile: Profile, new: Stamp) -> Iterator[str]:
    if new.day and profile.front_matter.date:
        yield f"{profile.front_matter.date[0]}: {new.day:%Y-%m-%d}"


def _made_title(profile: Profile, new: Stamp) -> str:
    """The first form of a title that the profile takes for one, and in which it finds the day."""
    forms = [*_titles(profile, new)]
    pattern = profile.title_pattern
    return next((one for one in forms if pattern is None or pattern.search(one)), forms[0])


def _titles(profile: Profile, new: Stamp) -> Iterator[str]:
    days = [one for one in _days(new) if any(each.search(one) for each in profile.date_patterns)]
    day = next(iter(days), "")
    number = "" if new.number is None else str(new.number)
    values = {"name": profile.name, "number": number, "date": day}
    if new.day:
        values |= {
            name: f"{new.day:{form}}" for name, form in (("year", "%Y"), ("month", "%m"), ("day", "%d"))
        }
    if profile.title_template and (made := filled(profile.title_template, values)):
        yield made
    dated = f" ({day})" if day else ""
    colon = "：" if profile.language == "zh" else ""
    after = colon if profile.highlights else ""
    yield from ([f"{profile.name} #{number}{dated}{after}"] if number else [])
    yield f"{profile.name}{dated}{after}"
    yield from ([f"第 {number} 期{dated}", f"{profile.name}（第 {number} 期）{dated}"] if number else [])


def _days(new: Stamp) -> Iterator[str]:
    if new.day:
        for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%B %d, %Y", "%d %B %Y"):
            yield f"{new.day:{form}}"


def _shape(profile: Profile) -> str:
    """An item as the profile reads it, in a comment, which no reader gets."""
    title, source, address = _SHAPES[profile.language]
    behind = f" | {source}" if profile.items.source else ""
    begin = next((_BEGIN[one] for one in profile.items.begin if one in _BEGIN), "{}")
    label = f" {profile.labels.summary[0]}：" if profile.labels.summary else ""
    return begin.format(f"[{title}{behind}]({address})") + label


def _tidy(lines: Sequence[str]) -> str:
    """With one blank line where there were several."""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{text}\n"
