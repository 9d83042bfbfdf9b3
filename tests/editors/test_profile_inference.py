"""Habits that a proposal finds by itself, and how well profiles are said to fit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.digest.habits import ItemStart, LeaveOut, LevelRole
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.editors.profile_inference import Fitness, Proposal, Sample, measure, propose
from bot.editors.profile_inference.infer import Learned, learned
from bot.editors.profile_inference.sample import Layout
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.corpus import SHARED, needs_corpus
from tests.digest import habits
from tests.digest.habits import WEEKS, news, sample
from tests.nightly import nightly

SHIPPED = ("embedded-ai", "link-lists", "numbered-paragraphs")
DIALECTS = Path(__file__).parents[1] / "digest" / "dialects"
Digest = Callable[[], tuple[Sample, ...]]


@cache
def profiles() -> dict[str, Profile]:
    return {name: read_profile(shipped("config"), name) for name in SHIPPED}


def proposed(samples: tuple[Sample, ...]) -> Proposal:
    return propose(samples, profiles())


def folder(path: Path) -> tuple[Sample, ...]:
    return tuple(
        Sample(name=one.name, slug=one.stem, text=one.read_text("utf-8")) for one in sorted(path.glob("*.md"))
    )


SECTION, ITEM = LevelRole.SECTION, LevelRole.ITEM


@pytest.mark.parametrize(
    ("digest", "begin", "levels"),
    [
        (habits.linked_headings, ItemStart.HEADING, {2: SECTION, 3: ITEM}),
        (habits.bold_titles, ItemStart.BOLD, {2: SECTION}),
        (habits.bare_links, ItemStart.LINE, {2: SECTION}),
        (habits.change_log, ItemStart.BULLET, {2: SECTION}),
        (habits.deep_headings, ItemStart.NUMBER, {3: SECTION}),
    ],
)
def test_what_items_begin_with_and_what_headings_are_is_found(
    digest: Digest, begin: ItemStart, levels: dict[int, LevelRole]
) -> None:
    profile = proposed(digest()).profile
    assert (profile.items.begin[0], profile.levels) == (begin, levels)


@pytest.mark.parametrize("entry", ["{}. {}: https://example.com/{}", "* [{1}](https://example.com/{0})"])
@pytest.mark.parametrize(
    "digest", [habits.linked_headings, habits.bold_titles, habits.bare_links, habits.change_log]
)
def test_an_issue_that_was_not_seen_may_have_lists_where_the_others_have_none(
    digest: Digest, entry: str
) -> None:
    entries = [entry.format(number, title, number) for number, title in enumerate(("One", "Two"), 1)]
    text = "\n".join(("# What changed, 2026-12-01", "", "## Added", "", "Much this week.", "", *entries))
    issue = parse(text, slug="new", profile=proposed(digest()).profile, name="20261201.md")
    assert [item.title for item in issue.items if item.title] == ["One", "Two"]


@pytest.mark.parametrize(
    ("digest", "items", "sections"),
    [
        (habits.linked_headings, 18, 6),
        (habits.bold_titles, 15, 9),
        (habits.bare_links, 15, 6),
        (habits.change_log, 15, 6),
        (habits.deep_headings, 18, 6),
    ],
)
def test_a_digest_of_any_habit_is_read_into_its_items(digest: Digest, items: int, sections: int) -> None:
    proposal = proposed(digest())
    fitness = measure(proposal.profile, proposal.issues)
    assert (fitness.issues, fitness.sections, fitness.items - fitness.untitled) == (3, sections, items)
    assert (fitness.untitled_issues, fitness.unknown_headings) == (0, 0)
    assert fitness.share >= 0.8


@pytest.mark.parametrize(
    ("digest", "name", "language"),
    [
        (habits.linked_headings, "The Paper Kite", "en"),
        (habits.bold_titles, "Tea Break", "en"),
        (habits.bare_links, "Slow Links", "en"),
        (habits.change_log, "What changed", "en"),
        (habits.deep_headings, "路灯月报", "zh"),
    ],
)
def test_a_digest_is_called_as_its_titles_begin(digest: Digest, name: str, language: str) -> None:
    profile = proposed(digest()).profile
    assert (profile.name, profile.language) == (name, language)


@pytest.mark.parametrize(
    ("digest", "files"),
    [
        (habits.linked_headings, "letter-{number}.md"),
        (habits.bold_titles, "{year}-{month}-{day}-tea-break.md"),
        (habits.bare_links, "issue_{number}.md"),
        (habits.change_log, "{year}{month}{day}.md"),
    ],
)
def test_file_names_are_told_by_their_date_or_number(digest: Digest, files: str) -> None:
    assert proposed(digest()).profile.files == files


@pytest.mark.parametrize(
    "digest", [habits.linked_headings, habits.bold_titles, habits.bare_links, habits.change_log]
)
def test_a_date_is_found_in_the_title_the_file_name_or_the_front_matter(digest: Digest) -> None:
    proposal = proposed(digest())
    dates = [parse(one.text, slug=one.slug, profile=proposal.profile).date for one in proposal.issues]
    assert [str(date) for date in dates] == list(WEEKS)


@pytest.mark.parametrize(
    ("name", "date"),
    [("notes-20260302.md", "2026-03-02"), ("02.03.2026.md", "2026-03-02"), ("2026_3_2.md", "2026-03-02")],
)
def test_a_date_may_be_written_in_other_ways(name: str, date: str) -> None:
    samples = tuple(
        sample(
            name.replace("02", f"{day:02}", 1) if name[0] == "0" else name.replace("2.md", f"{day}.md"),
            "# Notes",
        )
        for day in (2, 3)
    )
    profile = proposed(samples).profile
    assert str(parse(samples[0].text, slug=samples[0].slug, profile=profile).date) == date


@pytest.mark.parametrize("name", ["26-03-{:02}_ua.md", "{:02}.03.26.md", "week/26_03_{:02}.md"])
def test_the_year_in_a_name_may_have_two_digits(name: str) -> None:
    proposal = proposed(tuple(sample(name.format(day), f"# Notes {day}", "", "- a") for day in (2, 9)))
    read = [parse(one.text, slug="x", profile=proposal.profile, name=one.name) for one in proposal.issues]
    assert [issue.when for issue in read] == ["2026-03-02", "2026-03-09"]


def test_issues_without_dates_need_none() -> None:
    assert proposed(habits.deep_headings()).profile.date is None


def test_keys_of_the_front_matter_are_read_for_what_they_are() -> None:
    profile = proposed(habits.bare_links()).profile
    assert (profile.title, profile.front_matter.bare) == (None, False)
    assert "subject" in profile.front_matter.title
    assert "published" in profile.front_matter.date


def test_front_matter_may_be_bare() -> None:
    samples = tuple(
        Sample(name=one.name, slug=one.slug, text=one.text.replace("---\n", "", 1).replace("---\n", "", 1))
        for one in habits.bare_links()
    )
    proposal = proposed(samples)
    assert proposal.profile.front_matter.bare
    assert measure(proposal.profile, samples).untitled_issues == 0


def test_the_mark_before_a_source_is_found_and_a_dash_before_a_text_is_none() -> None:
    assert "|" in proposed(habits.bare_links()).profile.items.source
    assert proposed(habits.change_log()).profile.items.source == ""


def test_a_label_before_links_and_one_before_a_text_are_told_apart() -> None:
    labels = proposed(habits.deep_headings()).profile.labels
    assert (labels.summary, labels.links) == (("要点",), ("幻灯",))


def with_last_lines(*lines: str) -> tuple[Sample, ...]:
    return tuple(
        Sample(name=one.name, slug=one.slug, text=one.text + f"\n## Goodbye\n\n{line}\n")
        for one, line in zip(habits.linked_headings(), lines, strict=True)
    )


def test_a_line_that_all_issues_say_in_the_same_words_is_left_out() -> None:
    proposal = proposed(with_last_lines(*["This letter is a kite of many."] * 3))
    assert proposal.profile.leave_out.lines == (r"This letter is a kite of many\.\s*$",)
    assert proposal.learned
    assert [round(line.share, 3) for line in proposal.learned.boilerplate] == [0.033]


def test_a_line_that_differs_in_a_number_is_told() -> None:
    samples = with_last_lines(*(f"This letter is kite {number} of many." for number in range(3)))
    assert proposed(samples).profile.leave_out == LeaveOut()


def test_no_heading_and_no_line_of_an_item_is_left_out() -> None:
    samples = tuple(
        Sample(name=one.name, slug=one.slug, text=one.text + "\nAnswer this letter, and it will be read.\n")
        for one in habits.linked_headings()
    )
    assert proposed(samples).profile.leave_out == LeaveOut()


def test_headings_that_come_again_are_sections_and_known_ones_keep_their_names() -> None:
    profile = proposed(
        tuple(
            sample(
                f"{date}.md",
                f"# Kitchen Notes {date}",
                "## Tools",
                f"* [{news(week, 0)[0]}]({news(week, 0)[1]})",
                "## From the Pantry",
                f"* [{news(week, 1)[0]}]({news(week, 1)[1]})",
            )
            for week, date in enumerate(WEEKS)
        )
    ).profile
    assert profile.section_slug("Tools") == "projects"
    assert profile.section_slug("From the Pantry") == "from-the-pantry"


def test_headings_of_one_issue_alone_are_usual_where_they_are_many() -> None:
    with_essays = tuple(
        Sample(name=one.name, slug=one.slug, text=one.text + f"\n## On {news(week, 5)[0]}\n\nIt is so.\n")
        for week, one in enumerate(habits.bare_links())
    )
    assert proposed(with_essays).profile.other_headings == "usual"
    assert proposed(habits.bare_links()).profile.other_headings == "slip"


@pytest.mark.parametrize("belong", [True, False])
def test_paragraphs_belong_to_bullets_unless_they_only_stand_behind_the_last(*, belong: bool) -> None:
    def section(week: int, places: range) -> list[str]:
        lines: list[str] = []
        for place in places:
            title, url, text = news(week, place)
            lines += [f"* [{title}]({url})", *(("", text, "") if belong else ())]
        return [
            *lines,
            "",
            *(() if belong else (f"Week {week} had more than {places[0]} of these, we think.",)),
            "",
        ]

    samples = tuple(
        sample(
            f"{date}.md",
            f"# Lists {date}",
            "## One",
            *section(week, range(3)),
            "## Two",
            *section(week, range(3, 6)),
        )
        for week, date in enumerate(WEEKS)
    )
    assert proposed(samples).profile.items.paragraphs is belong


def test_a_file_of_another_name_is_no_issue() -> None:
    proposal = proposed(
        (*habits.linked_headings(), sample("how-we-write.md", "# How we write", "", "With care."))
    )
    assert [name for name, _ in proposal.others] == ["how-we-write.md"]
    assert len(proposal.issues) == 3


@pytest.mark.parametrize("name", ["numbered-paragraphs", "link-lists"])
def test_a_digest_of_a_shipped_habit_extends_the_shipped_profile(name: str) -> None:
    values = proposed(folder(DIALECTS / name)).values
    assert values["extends"] == name
    assert values.keys() <= {"extends", "name", "files"}


def test_languages_are_compared_by_what_they_are() -> None:
    shipped = profiles()["link-lists"].model_copy(update={"language": "".join(["e", "n"])})
    values = propose(folder(DIALECTS / "link-lists"), {"link-lists": shipped}).values
    assert values["extends"] == "link-lists"


@pytest.mark.parametrize(
    "samples", [(), ("",), ("\n",), ("# ", "#"), ("---\n---\n", "text", "- "), ("![](x)",)]
)
def test_there_is_a_profile_whatever_the_files_hold(samples: tuple[str, ...]) -> None:
    found = tuple(
        Sample(name=f"{place}.md", slug=str(place), text=text) for place, text in enumerate(samples)
    )
    proposal = proposed(found)
    assert measure(proposal.profile, proposal.issues).issues == len(samples)


def test_a_profile_that_does_not_fit_is_told_from_one_that_does() -> None:
    samples = habits.bold_titles()
    fitting = measure(proposed(samples).profile, samples)
    other, strict = (measure(profiles()[name], samples) for name in ("link-lists", "embedded-ai"))
    assert other.share < 0.5 < fitting.share
    assert strict.share < fitting.share
    assert (strict.other_files, strict.unknown_headings) == (3, 9)


def test_fitness_counts_what_an_item_lacks() -> None:
    text = "# Notes 2026-03-02\n\nHello.\n\n## News\n\nNo item.\n\n* [One](https://example.com/1)\n* Two\n"
    profile = profiles()["link-lists"].model_copy(update={"title": "."})
    fitness = measure(profile, [Sample(name="2026-03-02.md", slug="2026-03-02", text=text)])
    assert fitness == Fitness(
        issues=1, sections=1, items=3, untitled=1, unlinked=2, unsummarized=2, letters=17, inside=6
    )


@nightly("digests made by hand are tried by day")
@needs_corpus
@pytest.mark.parametrize(
    ("digest", "name"), [("ruanyf-weekly", "numbered-paragraphs"), ("embedded-ai", "embedded-ai")]
)
def test_real_digests_extend_the_profiles_made_for_them(digest: str, name: str) -> None:
    samples = folder(SHARED / "corpus" / digest)
    proposal = proposed(samples)
    assert proposal.values.keys() <= {"extends", "name"}
    assert proposal.values["extends"] == name


@nightly("digests made by hand are tried by day")
@needs_corpus
@pytest.mark.parametrize(
    ("digest", "name"), [("ruanyf-weekly", "numbered-paragraphs"), ("embedded-ai", "embedded-ai")]
)
def test_real_digests_are_read_nearly_as_well_by_a_profile_found_without_any_other(
    digest: str, name: str
) -> None:
    samples = folder(SHARED / "corpus" / digest)
    found = measure(propose(samples, {}).profile, samples)
    # Flash news, which nobody but a profile tells from a lead, are a twentieth of one of them.
    assert found.share >= measure(profiles()[name], samples).share - 0.05


def samples_of(*texts: str) -> tuple[Sample, ...]:
    names = (f"2024-0{place}-07" for place in range(1, 9))
    return tuple(
        Sample(name=f"{name}.md", slug=name, text=text) for name, text in zip(names, texts, strict=False)
    )


@pytest.mark.parametrize(
    "item", ["### Story {0}\n\n<https://example.com/{0}>", "### [Story {0}](https://example.com/{0})"]
)
def test_headings_with_nothing_but_a_link_are_items(item: str) -> None:
    texts = (f"# Week {n}\n\n## Links\n\n{item.format(n)}\n\n{item.format(n + 10)}\n" for n in (1, 2, 3))
    proposal = proposed(samples_of(*texts))
    assert proposal.profile.levels == {2: SECTION, 3: ITEM}
    assert measure(proposal.profile, proposal.issues).items == 6


@pytest.mark.parametrize(
    "link",
    [
        "[example.com/{0}](https://example.com/{0})",
        "<https://example.com/{0}>",
        "[Read](https://example.com/{0})",
    ],
)
def test_headings_that_stand_above_one_link_each_are_its_titles(link: str) -> None:
    item = (
        "### Story {0}\n\n"
        + link
        + "\n\nIt tells a long story of {0} things.\n\n- [More](https://example.org/{0})\n"
    )
    texts = (
        f"# Week {n}\n\n## A\n\n{item.format(n)}\n{item.format(n + 10)}\n## B\n\n{item.format(n + 20)}\n"
        for n in (1, 2, 3)
    )
    assert proposed(samples_of(*texts)).profile.levels == {2: SECTION, 3: ITEM}


def test_a_section_of_few_items_stays_one_though_each_issue_has_one_item_in_it() -> None:
    texts = (
        f"# Week {n}\n\n## Tool of the week\n\n[Hammer {n}](https://example.com/{n})\n\n## Book\n\n"
        f"[Novel {n}](https://example.org/{n})\n"
        for n in (1, 2, 3)
    )
    assert proposed(samples_of(*texts)).profile.levels == {2: SECTION}


def test_names_that_come_again_once_an_issue_with_another_address_are_items() -> None:
    story = (
        "### [Story {0}](https://example.com/{0})\n\nA long text on {0} and what became of it at last.\n\n"
    )
    down = "- [Streamly](https://example.org/{0}/a)\n- [Mailmoose](https://example.org/{0}/b)\n"
    texts = (
        f"# Week {n}\n\n## Articles\n\n{story.format(n)}{story.format(n + 10)}## Outages\n\n{down.format(n)}"
        for n in (1, 2, 3)
    )
    proposal = proposed(samples_of(*texts))
    assert measure(proposal.profile, proposal.issues).items == 12


def test_rows_are_items_though_their_titles_come_again_in_each_issue() -> None:
    table = "| Name | Version |\n|---|---|\n| Alpha | {0}.1 |\n| Beta | {0}.2 |\n"
    proposal = proposed(samples_of(*(f"# Week {n}\n\n## Table\n\n{table.format(n)}" for n in (1, 2, 3))))
    assert measure(proposal.profile, proposal.issues).items == 6


@pytest.mark.parametrize(
    "standing",
    [
        "| [Kestrel](https://example.com/k) | {0}.4 | | |",
        "| Kestrel | [notes](https://example.com/k) | {0}.4 | |",
        "| 1 | [Kestrel](https://example.com/k) | {0} stars | {0}0 forks |",
    ],
)
def test_a_row_that_tells_of_the_same_thing_anew_is_an_item_beside_those_of_lists(standing: str) -> None:
    def rows(week: int) -> tuple[str, ...]:
        row = standing.format(week + 3)
        other = row.replace("/k", "/g").replace("Kestrel", "Grebe").replace("| 1 |", "| 2 |")
        return "| | | | |", "|---|---|---|---|", row, other

    issues = tuple(
        sample(
            f"{date}.md",
            *("# Birds", "", "## Standings", "", *rows(week), "", "## News", ""),
            *("- [{}]({}): {}".format(*news(week, place)) for place in range(4)),
        )
        for week, date in enumerate(WEEKS)
    )
    proposal = proposed(issues)
    assert measure(proposal.profile, proposal.issues).items == len(WEEKS) * 6


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("letter-7.md", "letter-8.md", "letter-9.md"), "The Paper Kite #9"),
        (("7/纸鸢第7期.md", "8/纸鸢第8期.md", "9/纸鸢第9期.md"), "纸鸢第9期"),
        (("7/index.md", "8/index.md", "9/index.md"), "The Paper Kite #9"),
        (("2026-03-02.md", "2026-03-09.md", "2026-03-16.md"), "The Paper Kite 2026-03-16"),
        (("Kite 7.md", "Kite 8.md", "Kite 9.md"), "Kite 9"),
    ],
)
def test_an_issue_to_come_whose_text_has_no_title_gets_one(names: tuple[str, ...], title: str) -> None:
    *seen, last = (replace(one, name=name) for one, name in zip(habits.linked_headings(), names, strict=True))
    untitled = last.text.split("\n", 1)[1]
    profile = proposed(tuple(seen)).profile
    assert parse(untitled, slug=last.slug, profile=profile, name=last.name).title == title
    assert (
        parse(last.text, slug=last.slug, profile=profile, name=last.name).title
        == f"The Paper Kite #9 ({WEEKS[2]})"
    )


def test_a_heading_that_is_the_same_in_every_issue_names_none_where_the_front_matter_does() -> None:
    news = "# News\n\n- [A {0}](https://example.com/{0}): good\n- [B {0}](https://example.com/b{0}): new\n"
    texts = (f"---\ntitle: Week of the {n} stones\n---\n{news.format(n)}" for n in (1, 2, 3))
    proposal = proposed(samples_of(*texts))
    issue = parse(proposal.issues[0].text, slug="one", profile=proposal.profile)
    assert (issue.title, [part.heading for part in issue.sections]) == ("Week of the 1 stones", ["News"])


def test_a_file_that_breaks_the_search_is_named_with_its_line_and_ends_nothing() -> None:
    def learn(blank: Profile, issues: Sequence[Layout], known: Sequence[Profile]) -> Learned:
        if any("boom" in row.text for issue in issues for row in issue.rows):
            raise IndexError("no such row")
        return learned(blank, issues, known)

    samples = habits.linked_headings()
    broken = replace(samples[1], text=samples[1].text + "\n\nboom\n\nand more\n")
    line = broken.text.splitlines().index("boom") + 1
    found = propose((samples[0], broken, *samples[2:]), profiles(), learn=learn)
    assert found.others[0] == (broken.name, f"line {line}: cannot be read, IndexError: no such row")
    assert broken.name not in {issue.name for issue in found.issues}
    assert len(found.issues) == len(samples) - 1
    assert proposed((samples[0], *samples[2:])).values == found.values


def test_a_reading_that_leaves_the_addresses_to_nobody_is_not_taken_for_having_no_words_left() -> None:
    story = (
        "### A story of week {0}\n\n<https://example.com/{0}>\n\n[discussion](https://example.com/{0}/d)\n"
    )
    other = "### Another of week {0}\n\nhttps://example.com/{0}/other\n"
    texts = (f"# Week {n}\n\n## News\n\n{story.format(n)}\n{other.format(n)}" for n in (1, 2, 3))
    proposal = proposed(samples_of(*texts))
    assert proposal.profile.levels == {2: SECTION, 3: ITEM}
    assert measure(proposal.profile, proposal.issues).items == 6


NEWS = "- [A board {0}.{1}](https://example.com/{1}/{0}): it is new\n"


def week(n: int, *headings: str) -> str:
    parts = (f"{heading}\n\n{NEWS.format(n, place)}\n" for place, heading in enumerate(headings))
    return f"# Week {n}\n\n{''.join(parts)}"


def test_headings_below_those_that_part_the_items_are_groups() -> None:
    texts = (week(n, "## Hardware\n\n### Boards", "### Sensors", "## Software") for n in (1, 2, 3))
    proposal = proposed(samples_of(*texts))
    assert proposal.profile.levels == {2: SECTION, 3: LevelRole.GROUP}
    issue = parse(proposal.issues[0].text, slug="one", profile=proposal.profile)
    assert [item.groups for item in issue.items] == [("Boards",), ("Sensors",), ()]


@pytest.mark.parametrize("issues", [1, 3])
def test_headings_below_one_that_holds_all_items_are_sections(issues: int) -> None:
    headings = ("## Contents\n\n### Boards", "### Sensors", "### Tools")
    texts = (week(n, *headings) for n in range(1, issues + 1))
    assert proposed(samples_of(*texts)).profile.levels == {2: SECTION, 3: SECTION}


def test_a_file_of_many_issues_stays_one_where_a_shipped_profile_is_extended() -> None:
    news = "".join(f"- [A story {{0}}.{n}](https://example.com/{{0}}/{n})\n" for n in range(3))
    weeks = (f"## Week {n} (2024-03-0{n})\n\n### News\n\n{news.format(n)}\n" for n in (3, 2, 1))
    proposal = propose(
        [sample("README.md", f"# All issues\n\n{''.join(weeks)}")], profiles(), called="Stories"
    )
    assert proposal.values["extends"] == "link-lists"
    assert (proposal.profile.issues.each, proposal.profile.issues.level) == ("heading", 2)
    assert len(proposal.issues) == 3


def test_a_month_is_no_name_of_a_digest() -> None:
    days = (f"## March {n}, 2024\n\n- [A story {n}](https://example.com/{n})\n\n" for n in (7, 6, 5))
    proposal = propose([sample("README.md", f"# All issues\n\n{''.join(days)}")], {}, called="Stories")
    assert proposal.profile.name == "Stories"


@pytest.mark.parametrize("issues", [1, 3])
def test_a_title_above_a_bare_address_begins_an_item(issues: int) -> None:
    item = "A story {0}.{1}\nhttps://example.com/{0}/{1}\nIt is told in a few words.\n"
    texts = (
        f"# Week {n}\n\n## News\n\n{item.format(n, 1)}\n{item.format(n, 2)}\n## Tools\n\n{item.format(n, 3)}"
        for n in range(1, issues + 1)
    )
    proposal = proposed(samples_of(*texts))
    read = parse(proposal.issues[0].text, slug="one", profile=proposal.profile)
    assert [item.title for item in read.items] == ["A story 1.1", "A story 1.2", "A story 1.3"]


def test_paragraphs_are_items_only_of_sections_that_have_no_others() -> None:
    prose = "The stone of week {0} was moved, says [a gardener](https://example.com/{0}/{1}). It is fine.\n"
    merged = "".join(f"- [Merge {{0}}.{n}](https://example.com/{{0}}/m{n})\n" for n in range(4))
    texts = (
        f"# Week {n}\n\n## Developers\n\n{prose.format(n, 1)}\n{prose.format(n, 2)}\n## Schedule\n\n"
        f"{prose.format(n, 3)}\n## Merged\n\n{merged.format(n)}"
        for n in (1, 2, 3)
    )
    proposal = proposed(samples_of(*texts))
    issue = parse(proposal.issues[0].text, slug="one", profile=proposal.profile)
    assert [len(section.items) for section in issue.sections] == [2, 1, 4]
    assert issue.items[-1].title == "Merge 1.3"


def test_what_opens_at_a_click_is_an_item_titled_by_what_one_clicks_on() -> None:
    item = "<details><summary>Story {0}.{1}</summary>\n\nIt is [here](https://example.com/{0}/{1}).\n\n</details>\n"
    texts = (f"# Week {n}\n\n## News\n\n{item.format(n, 1)}\n{item.format(n, 2)}" for n in (1, 2, 3))
    proposal = proposed(samples_of(*texts))
    issue = parse(proposal.issues[0].text, slug="one", profile=proposal.profile)
    assert [item.title for item in issue.items] == ["Story 1.1", "Story 1.2"]


def test_flash_news_stand_inside_as_items_do() -> None:
    text = "# 样刊 (2026-03-02)\n\n- 某公司：发布了新芯片。\n\n## 论文\n\n- [标题](https://example.com/1)\n"
    found = [Sample(name="2026-03-02.md", slug="2026-03-02", text=text)]
    assert measure(profiles()["embedded-ai"], found).share == 1


def test_items_above_the_first_section_are_found_whatever_they_begin_with() -> None:
    entries = "".join(f"{n}. Story {{0}}.{n} https://example.com/{{0}}/{n}\n" for n in range(1, 6))
    texts = (
        f"# News of 2024-01-0{n}\n\nWelcome to week {n}.\n\n{entries.format(n)}\n## Sponsor\n\n"
        f"Brought to you by [a friend](https://example.com/friend/{n}), number {n}.\n"
        for n in (1, 2, 3)
    )
    proposal = proposed(samples_of(*texts))
    issue = parse(proposal.issues[0].text, slug="one", profile=proposal.profile)
    assert [item.number for item in issue.items if item.number] == ["1", "2", "3", "4", "5"]


def test_headings_rather_than_paragraphs_are_items_though_each_has_several_links() -> None:
    story = (
        "### {1}. Story {0}.{1}\n\nSee [code](https://example.com/c{0}{1}) and [paper](https://example.com/p{0}{1})"
        " of week {0}.\n\n![shot](https://example.com/{0}{1}.png)\n\n"
    )
    texts = (
        f"# Week {n}\n\n## News\n\n{story.format(n, 1)}{story.format(n, 2)}## Tools\n\n{story.format(n, 3)}"
        f"## Sponsor\n\nBrought to you by [a friend](https://example.com/friend/{n}), number {n}.\n"
        for n in (1, 2, 3)
    )
    assert proposed(samples_of(*texts)).profile.levels == {2: SECTION, 3: ITEM}
