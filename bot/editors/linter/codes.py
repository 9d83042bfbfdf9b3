"""Every code that ``jianbao check`` knows: the parser's, and those of the linter's own rules."""

from types import MappingProxyType

from bot.digest.codes import PARSER_CODES, Code, Level

LINTER_CODES = (
    Code(
        name="encoding",
        level=Level.WARNING,
        message="the file is not UTF-8; it was read as GB18030",
        advice="Save it as UTF-8.",
        bad="# 简报 (2026-03-02)\n",
        good="# 简报 (2026-03-02)\n",
        encoding="gb18030",
        mends=True,
    ),
    Code(
        name="byte-order-mark",
        level=Level.WARNING,
        message="the file begins with a byte order mark",
        advice="Save it as UTF-8 without one; other programs take it for a character.",
        bad="# 简报 (2026-03-02)\n",
        good="# 简报 (2026-03-02)\n",
        encoding="utf-8-sig",
        mends=True,
    ),
    Code(
        name="line-ends",
        level=Level.WARNING,
        message="lines end in carriage returns",
        advice="Save it with Unix line ends (LF).",
        bad="# 简报 (2026-03-02)\r\n",
        good="# 简报 (2026-03-02)\n",
        mends=True,
    ),
    Code(
        name="file-name",
        level=Level.WARNING,
        message="the bot takes no file of this name for an issue",
        advice="Name it as `files` in the profile wants it.",
        bad="# 简报 (2026-03-02)\n",
        good="# 简报 (2026-03-02)\n",
        file="2026-03-02 copy.md",
    ),
    Code(
        name="date-mismatch",
        level=Level.WARNING,
        message="the dates of title, front matter and file name disagree",
        advice="Correct the one that is wrong. Readers see the one in the text.",
        bad="# 简报 (2026-03-09)\n",
        good="# 简报 (2026-03-02)\n",
    ),
    Code(
        name="unclear-release",
        level=Level.ERROR,
        message="it is not clear whether this is a draft, or when it goes out; the bot holds the issue",
        advice="Write true or false; a moment as 2026-03-02 08:30, perhaps with a zone behind it (+08:00)."
        " Take a note such as 草稿 or WIP out of the title, or of the comment beside it, once the issue is"
        " ready. Finish a merge, of which <<<<<<< and >>>>>>> are left.",
        bad="---\ntitle: 简报\ndraft: ture\n---\n\n# 简报 (2026-03-02)\n",
        good="---\ntitle: 简报\ndraft: true\n---\n\n# 简报 (2026-03-02)\n",
    ),
    Code(
        name="held",
        level=Level.ERROR,
        message="the bot holds this issue",
        advice="Correct what it says; or let the issue go out as it is, by the command that it names.",
        good="# 简报 (2026-03-02)\n",
    ),
    Code(
        name="one-of-two",
        level=Level.ERROR,
        message="of this issue and another the bot holds the one that it finds last",
        advice="Ask `jianbao plan`, which knows what was found first. Take one file away, or mend it.",
        good="# 简报 (2026-03-02)\n",
    ),
    Code(
        name="same-date",
        level=Level.WARNING,
        message="another issue has this title and date",
        advice="Both go out. Take one away, or correct its date, if that is not meant.",
        good="# 简报 (2026-03-02)\n",
    ),
    Code(
        name="title-colon",
        level=Level.WARNING,
        message="the title ends in a colon",
        advice="Name the highlights behind it, or take it away.",
        bad="# 简报 (2026-03-02)：\n",
        good="# 简报 (2026-03-02)：四比特/端侧训练\n",
        mends=True,
    ),
    Code(
        name="dropped-link",
        level=Level.ERROR,
        message="Telegram drops this link",
        advice="Write a whole web address, beginning with http:// or https://, of at most 2048 bytes.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化的[代码](file:///home/me/four)。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化的[代码](https://example.com/code)。\n",
    ),
    Code(
        name="dead-link",
        level=Level.ERROR,
        message="the address goes on into the text, so it leads nowhere and readers lose the words",
        advice="Close the round bracket behind the address.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化的[代码](https://example.com/code。可以直接跑)\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化的[代码](https://example.com/code)。可以直接跑\n",
    ),
    Code(
        name="glued-item",
        level=Level.ERROR,
        message="an item begins in the middle of the line and becomes text of the one before it",
        advice="Begin it on a line of its own.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。 - [三比特量化](https://example.com/three)\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
        "- [三比特量化](https://example.com/three)\n摘要：三比特量化掉一点。\n",
    ),
    Code(
        name="glued-heading",
        level=Level.ERROR,
        message="a heading stands behind a text, so it opens no section",
        advice="Put it on a line of its own.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。 ## 应用\n\n"
        "- [量化上车](https://example.com/car)\n摘要：四比特量化的模型装进了车里。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n## 应用\n\n"
        "- [量化上车](https://example.com/car)\n摘要：四比特量化的模型装进了车里。\n",
    ),
    Code(
        name="leftover",
        level=Level.WARNING,
        message="nobody filled in this place of a template",
        advice="Write what belongs there, or take it away.",
        bad="- [四比特量化](https://example.com/four)\n摘要：\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="no-topic",
        level=Level.WARNING,
        message="no topic fits the item, so nobody who follows topics gets it",
        advice="Name in the title or the first sentence what it is about, or add a word to topics.yml."
        " Where three items or more, and a third of all, fit none, that is told once: the topics are another"
        " digest's.",
        bad="- [一件小事](https://example.com/small)\n摘要：昨天下雨了。\n",
        good="- [四比特量化的一件小事](https://example.com/small)\n摘要：昨天下雨了。\n",
    ),
    Code(
        name="long-item",
        level=Level.WARNING,
        message="the item is too long for one message",
        advice="Shorten it: one message of Telegram has 4096 characters and about 90 links.",
        bad="- [四比特量化](https://example.com/four)\n摘要：" + "四比特量化也不掉点。" * 500 + "\n",
        good="- [四比特量化](https://example.com/four)\n摘要：" + "四比特量化也不掉点。" * 5 + "\n",
    ),
    Code(
        name="repeated",
        level=Level.WARNING,
        message="an item above has the same address or paper",
        advice="Keep one of them.",
        bad=(
            "- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
            "- [再说四比特量化](http://www.example.com/four/?utm_source=feed)\n摘要：四比特量化真的不掉点。\n"
        ),
        good=(
            "- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
            "- [再说四比特量化](https://example.com/again)\n摘要：四比特量化真的不掉点。\n"
        ),
    ),
    Code(
        name="told-before",
        level=Level.WARNING,
        message="an earlier issue has the same address or paper",
        advice="Take it away, or say what is new about it.",
        earlier="- [1812.00332] 四比特量化\n摘要：四比特量化也不掉点。\n",
        bad="- [四比特量化](https://arxiv.org/pdf/1812.00332v2.pdf)\n摘要：四比特量化也不掉点。\n",
        good="- [三比特量化](https://arxiv.org/abs/1812.00333)\n摘要：三比特量化也不掉点。\n",
    ),
    Code(
        name="table-divider",
        level=Level.WARNING,
        message="no line of dashes stands below the first, so this is no table, and readers see its bars",
        advice="Put |---|---| below the first line.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n"
        "| 模型 | 精度 |\n| 小模型 | 70.1 |\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n"
        "| 模型 | 精度 |\n|---|---|\n| 小模型 | 70.1 |\n",
        mends=True,
    ),
    Code(
        name="loose-markup",
        level=Level.WARNING,
        message="the other half of this markup is missing, so readers see it",
        advice="Write it, or take this half away; a mark that is meant goes between backticks.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化**也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化**也不掉点**。\n",
    ),
    Code(
        name="loose-bracket",
        level=Level.WARNING,
        message="the other half of this bracket or quotation mark is missing",
        advice="Write it, or take this half away.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化（又称低比特量化也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化（又称低比特量化）也不掉点。\n",
    ),
    Code(
        name="untold",
        level=Level.ERROR,
        message="no message holds these words, and no rule leaves them out",
        advice="Write the line in a simpler way. The fault is the program's: please report it with the line.",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
)

#: Every code by its name, in the order of the documentation.
CODES = MappingProxyType({code.name: code for code in (*PARSER_CODES, *LINTER_CODES)})
