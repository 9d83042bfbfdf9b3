"""Digests of different habits, all of them invented: what `jianbao profile` has to find out by itself."""

from bot.editors.profile_inference import Sample

#: Things that happen nowhere: a title, where it stands, and what there is to tell.
NEWS = (
    ("A compiler that explains itself", "After each run it writes a letter about what it did, and why."),
    ("Seven ways to name a queue", "Six of them turn out to be the same word in other languages."),
    (
        "The lighthouse runs Lisp again",
        "Its keeper found the tapes behind the stairs and typed them in by hand.",
    ),
    ("Maps of places that moved", "An island drifts, and its cartographers drift along with a theodolite."),
    ("What the river server learned", "Nine years of water levels fit on a single disk when nobody rounds."),
    ("Testing code with dice", "Random inputs found the mistake that four reviewers had all approved."),
    ("Sorting letters by weight", "A post office tried it for a week and nobody noticed any difference."),
    (
        "Small kernels for large clocks",
        "The tower in our town has kept time with two kilobytes since spring.",
    ),
    (
        "Borrowed types, returned late",
        "On ownership, lifetimes and a library card that expired in the meantime.",
    ),
    ("A garden of finite automata", "Each plant has three states, and the gardener knows the transitions."),
    (
        "The printer that refused",
        "It rejects every page without a margin, and the office learned to like it.",
    ),
    ("Caches all the way down", "Measured on a tram between two stops, with a thermometer as a witness."),
    (
        "How bees would do consensus",
        "They dance, they vote, they leave; nobody keeps minutes of the meeting.",
    ),
    ("A database in a shoebox", "Index cards, rubber bands and a protocol that children can follow."),
    ("Radio for one listener", "The signal ends at the garden fence, which is how the law wants it."),
    ("The last blue screen", "A museum bought it, with the desk, the chair and the cold cup of coffee."),
    ("Parsing recipes for bread", "Salt is optional in the grammar, which the bakers called a defect."),
    ("Bridges drawn by plotters", "Ink follows steel by forty years, and the pen is the better witness."),
)
WEEKS = ("2026-03-02", "2026-03-09", "2026-03-16")


def news(week: int, place: int) -> tuple[str, str, str]:
    """The title, the address and the text of an item; each stands in one issue alone."""
    number = week * 6 + place
    title, text = NEWS[number]
    return title, f"https://example.com/{number}", text


def sample(name: str, *lines: str) -> Sample:
    return Sample(name=name, slug=name.removesuffix(".md"), text="\n".join(lines) + "\n")


def linked_headings() -> tuple[Sample, ...]:
    """``### [Title](url)`` and paragraphs; numbered files, a date in the title."""

    def item(week: int, place: int) -> tuple[str, ...]:
        title, url, text = news(week, place)
        return f"### [{title}]({url})", "", text, "", f"Nobody asked for more of number {week}{place}.", ""

    return tuple(
        sample(
            f"letter-{week + 7}.md",
            f"# The Paper Kite #{week + 7} ({date})",
            "",
            "## Programming",
            "",
            *item(week, 0),
            *item(week, 1),
            *item(week, 2),
            "## Elsewhere",
            "",
            *item(week, 3),
            *item(week, 4),
            *item(week, 5),
        )
        for week, date in enumerate(WEEKS)
    )


def bold_titles() -> tuple[Sample, ...]:
    """``**Title**`` and paragraphs with a list among them now and then; the date is in the file's name."""

    def item(week: int, place: int) -> tuple[str, ...]:
        title, url, text = news(week, place)
        inner = (
            (f"- It took {title.lower()}.", f"- It is also [cheap]({url}/cheap).", "") if place == 1 else ()
        )
        return f"**{title}**", "", f"{text} [Read on]({url}) when there is time.", "", *inner

    return tuple(
        sample(
            f"{date}-tea-break.md",
            "# Tea Break",
            "",
            "## On the table",
            "",
            *item(week, 0),
            *item(week, 1),
            *item(week, 2),
            "## Under the table",
            "",
            *item(week, 3),
            *item(week, 4),
            "## Goodbye",
            "",
            "Tea Break is written in a kitchen. Answer this letter, and it will be read.",
            "",
            "[Leave the table](https://example.com/leave) whenever you like.",
        )
        for week, date in enumerate(WEEKS)
    )


def bare_links() -> tuple[Sample, ...]:
    """A link and a line below it; YAML in front names the issue, in keys of its own."""

    def item(week: int, place: int) -> tuple[str, ...]:
        title, url, text = news(week, place)
        return f"[{title} | Example Post]({url})", "", text, ""

    return tuple(
        sample(
            f"issue_{week + 1:03}.md",
            "---",
            f"subject: Slow Links No. {week + 1}",
            f"published: {date}",
            "layout: letter",
            "---",
            "",
            "## Long reads",
            "",
            *item(week, 0),
            *item(week, 1),
            *item(week, 2),
            "## Short reads",
            "",
            *item(week, 3),
            *item(week, 4),
        )
        for week, date in enumerate(WEEKS)
    )


def change_log() -> tuple[Sample, ...]:
    """``* Key — text``, without links; what changed stands below headings that come again."""

    def item(week: int, place: int) -> str:
        title, _, text = news(week, place)
        return f"* {title} — {text}"

    return tuple(
        sample(
            f"{date.replace('-', '')}.md",
            f"# What changed, {date}",
            "",
            "## Added",
            "",
            *(item(week, place) for place in (0, 1)),
            "",
            "## Fixed",
            "",
            *(item(week, place) for place in (2, 3, 4)),
        )
        for week, date in enumerate(WEEKS)
    )


def deep_headings() -> tuple[Sample, ...]:
    """Sections at the third level alone, numbered items in them, and labelled lines below these; Chinese."""

    def item(week: int, place: int) -> tuple[str, ...]:
        number = week * 6 + place
        return (
            f"{place % 3 + 1}. [第{number}盏路灯学会了关灯](https://example.com/{number})",
            "",
            f"要点：它先看天色，再看行人，最后看自己的电量，第{number}次终于没有出错。",
            "",
            f"幻灯：https://example.com/{number}/slides",
            "",
        )

    return tuple(
        sample(
            f"路灯 {week + 21}.md",
            f"# 路灯月报 第{week + 21}期：关灯的学问{week}",
            "",
            "### 街上的事",
            "",
            *item(week, 0),
            *item(week, 1),
            *item(week, 2),
            "### 屋里的事",
            "",
            *item(week, 3),
            *item(week, 4),
            *item(week, 5),
        )
        for week in range(len(WEEKS))
    )
