"""The parts of a digest's profile: how its items, sections, labels and messages look."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from bot.digest.checked import Checked
from bot.digest.patterns import Pattern
from bot.model import MessageHabit, Numbers, Packing, Pictures, Written

Words = tuple[str, ...]


class ItemStart(StrEnum):
    """What an item begins with."""

    BULLET = "bullet"  #: ``- title``
    NUMBER = "number"  #: ``1、title``, ``1. title`` or ``**1、title**``
    BOLD = "bold"  #: a paragraph that is bold from end to end, or its title at the beginning is
    HEADING = "heading"  #: a heading below those of the sections
    LINK = "link"  #: a paragraph that begins with a link
    LINE = "line"  #: as ``link``, and each line of a paragraph whose lines all begin with one
    ROW = "row"  #: a row of a table
    PARAGRAPH = "paragraph"  #: a paragraph that has a link
    TITLE = "title"  #: a heading that counts or is a link, or a line in bold, where a section begins with one


class LevelRole(StrEnum):
    """What the headings of a level are."""

    TITLE = "title"  #: the first names the issue; any further one opens a section
    SECTION = "section"  #: opens a section
    GROUP = "group"  #: divides a section: shown above the items below it
    ITEM = "item"  #: the title of an item
    TEXT = "text"  #: a bold line of the text that it stands in
    IGNORE = "ignore"  #: left out with all below it


class IssuesHabit(Checked):
    """Whether a file is one issue or many."""

    each: Literal["file", "heading"] = Field(
        default="file",
        description="file, or heading: a file holds many issues, each below a heading that has a date (any"
        " heading, if `date` is null).",
    )
    level: int = Field(
        default=2, ge=1, le=6, description="The level of those headings; in an issue it counts as 1."
    )


class FrontMatterHabit(Checked):
    """The keys of the front matter, in any case, that help where the text does not say."""

    bare: bool = Field(
        default=False,
        description="Whether lines `Key: value` at the very top are front matter without `---` around them.",
    )
    title: Words = Field(default=("title",), description="Keys that hold the issue's title.")
    date: Words = Field(default=("date",), description="Keys that hold its date.")
    picture: Words = Field(
        default=("image", "picture", "cover"), description="Keys that hold the address of its picture."
    )
    draft: Words = Field(
        default=(
            *("draft", "is_draft", "unpublished", "unlisted", "hidden", "private", "wip"),
            *("草稿", "是否草稿", "未发布", "不发布", "暂不发布", "暂不发送"),
        ),
        description="Keys whose value true says that the issue is a draft, and not sent. As all keys that say"
        " when, they may be written publish_at, publish-at or publishAt.",
    )
    published: Words = Field(
        default=("published", "publish", "is_published", "发布", "已发布", "是否发布"),
        description="Keys whose value false says the same. A later day than the issue's says to wait for it.",
    )
    status: Words = Field(
        default=("status", "post_status", "publish_status", "状态", "发布状态"),
        description="Keys whose value is a state: draft, pending, 草稿, 待审核 and such are not sent,"
        " scheduled, future, 定时 only at a moment that is named; one that is not known holds the issue.",
    )
    publish_at: Words = Field(
        default=(
            *("publish_at", "publish_date", "publish_on", "publish_time", "scheduled_at", "scheduled_for"),
            *("embargo", "embargo_until", "定时", "定时发布", "预约发布", "发布时间", "发送时间", "推送时间"),
        ),
        description="Keys that hold the moment at which it goes out: date, time and perhaps a zone,"
        " `2026-03-02 08:30 +08:00`; without a zone it is that of the schedule. A time in `date` counts too.",
    )
    hour: Words = Field(
        default=("time", "hour", "时间", "时刻", "钟点"),
        description="Keys that hold the hour of the day that another key, or the issue, says: `21:00`.",
    )
    published_at: Words = Field(
        default=(
            *("published_at", "published_on", "published_date", "date_published", "pub_date", "release_date"),
            *("发布日期", "发布于"),
        ),
        description="Keys that hold when it is published, as tools note it: a later day than the issue's, or"
        " an hour of that day, says to wait for it; an earlier one says nothing.",
    )


class ItemHabit(Checked):
    """What an item looks like."""

    begin: tuple[ItemStart, ...] = Field(
        default=(ItemStart.BULLET,),
        description="What an item begins with: bullet `- title`; number `1、title`, `1. title`, `(1) title`,"
        " `① title` or `**1、title**`; bold, a paragraph that is all bold, or opens with bold words and a "
        "colon, a dash or the end of a sentence where most do, or with any bold words where all do and have "
        "a link; heading, one deeper than those of the sections; link, a "
        "paragraph that begins with one, or an entry of a list of links below a bold line; line, as "
        "link, and each line of a paragraph that begins with one, a sign (· → 🔥) or a title in bold, if all "
        "have a link; row, a row of a table; "
        "paragraph, one that has a link, its first sentence the title; title, headings that count or are "
        "links, or lines in bold above text, if the section begins with one. A section goes by the first "
        "that it holds; with none of them it is text.",
    )
    longest: int | None = Field(
        default=None, ge=1, description="How many characters a bold title has at most; null: any number."
    )
    source: str = Field(
        default="|｜", description="The marks before the source, at the end of a title; '' for none."
    )
    paragraphs: bool = Field(
        default=True,
        description="Whether paragraphs at the margin below a bullet belong to its item, or to the section.",
    )


class SectionHabit(Checked):
    """The names of a section for readers, the headings that open it, and its items."""

    names: dict[Written, str] = Field(
        default={},
        description="What readers see instead of the editor's own heading, by language; one that is not named"
        " keeps his heading.",
    )
    headings: Words = Field(default=(), description="The headings that open it.")
    items: ItemHabit | None = Field(
        default=None, description="What its items look like, where they differ from those of the digest."
    )
    repeats: bool = Field(
        default=False,
        description="Whether its items may be in other sections or earlier issues too, as those of a list of"
        " favourites or of sponsors; if so, `jianbao check` reports no repeats.",
    )


class HighlightHabit(Checked):
    """Where the highlights stand in a title; null if a title has none."""

    after: Pattern = Field(
        default="[：:]", description="They begin after the first match of this regular expression."
    )
    between: str = Field(default="/", min_length=1, description="What parts them.")


class FlashHabit(Checked):
    """Flash news: bullets before the first section. A paragraph right above them only announces them."""

    names: dict[Written, str] = Field(description="What readers see, by language.")
    words: Words = Field(default=(), description="The words that announce them.")


class LabelHabit(Checked):
    """The words before a colon that begin lines of an item."""

    summary: Words = Field(default=(), description="Its summary follows.")
    links: Words = Field(default=(), description="A link follows, called by the word.")
    ignored: Words = Field(
        default=(),
        description="Neither a link nor part of the summary follows, but the title where none stands before.",
    )
    source: Words = Field(
        default=("来源", "出处", "稿源", "信息来源", "文章来源", "新闻来源", "source"),
        description="Its source follows: a name, perhaps linked, on a line of its own.",
    )
    editor: Words = Field(
        default=(
            *(
                "编者按",
                "编者注",
                "编按",
                "编者的话",
                "小编",
                "小编按",
                "编辑",
                "责任编辑",
                "责编",
                "主编",
                "本期编辑",
            ),
            *(
                "值班编辑",
                "校对",
                "审核",
                "排版",
                "editor's note",
                "editors' note",
                "note from the editor",
                "editor",
            ),
            *("edited by", "proofread by"),
        ),
        description="A paragraph of the editor's own begins, on the section or the issue: no part of the item"
        " above it.",
    )
    topics: Words = Field(
        default=("主题", "topics"),
        description="The topics of the item follow, as its editor says: names with blanks, `/`, `#` or any"
        " marks between, which count instead of what the words say; where one has a sign, `-business"
        " quantization`, they are taken away and added. Readers do not see the line. One that has other"
        " words is text.",
    )


class MessageLook(Checked):
    """How issues look as messages."""

    pictures: Pictures = Field(
        default=Pictures.EACH,
        description="Which items begin a message with their picture above it: each whose picture has a name,"
        " unless the message before it would be a line or two (where `pack` is full); first, the"
        " first of a section, if it has any; none. Every other picture is a link.",
    )
    pack: Packing = Field(
        default=Packing.FULL,
        description="What shares a message: section, the items of one section; full, small sections too.",
    )
    numbers: Numbers = Field(
        default=Numbers.OWN,
        description="The number before an item: own, the editor's where he wrote one; new, counted in each"
        " section.",
    )

    @property
    def habit(self) -> MessageHabit:
        """The same as a value."""
        return MessageHabit(pictures=self.pictures, pack=self.pack, numbers=self.numbers)


class LeaveOut(Checked):
    """What is not content, wherever it stands."""

    headings: Words = Field(
        default=(), description="Headings left out with all that follows, up to the next section."
    )
    lines: tuple[Pattern, ...] = Field(
        default=(),
        description="Regular expressions, matched where a line or the name of a picture begins.",
    )
