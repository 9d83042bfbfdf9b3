"""The codes that the parser notes on its way through an issue.

A new one is an entry of the table: what it says, what to do, and an example that has
this slip alone beside one that has none. Examples are whole issues (``# …``), sections
(``## …``) or items; the tests complete what is no whole issue.
"""

from bot.digest.codes.code import Code, Level
from bot.digest.codes.references import REFERENCE_CODES

PARSER_CODES = (
    Code(
        name="front-matter",
        level=Level.ERROR,
        message="this line of the front matter is broken; at most the text behind its key is read",
        advice="Write a key, a colon, a space and the value on each line, and close what you quote.",
        bad='---\ntitle: "简报\n---\n\n# 简报 (2026-03-02)\n',
        good='---\ntitle: "简报"\n---\n\n# 简报 (2026-03-02)\n',
    ),
    Code(
        name="front-matter-open",
        level=Level.ERROR,
        message="no line ends the front matter; its keys are read up to a blank line or a heading",
        advice="Put a line of three dashes below its last key.",
        bad="---\ntitle: 简报\n\n# 简报 (2026-03-02)\n",
        good="---\ntitle: 简报\n---\n\n# 简报 (2026-03-02)\n",
    ),
    Code(
        name="repeated-key",
        level=Level.WARNING,
        message="this key of the front matter is there twice, with different values",
        advice="Leave one. The last counts; of whether and when the issue goes out, what keeps it back.",
        bad="---\nlayout: post\nlayout: page\n---\n\n# 简报 (2026-03-02)\n",
        good="---\nlayout: post\n---\n\n# 简报 (2026-03-02)\n",
    ),
    Code(
        name="no-title",
        level=Level.ERROR,
        message="no heading gives the issue a title",
        advice="Begin the issue with a heading of the first level, or name its title in the front matter.",
        bad="简报 (2026-03-02)\n\n本期两条。\n",
        good="# 简报 (2026-03-02)\n\n本期两条。\n",
    ),
    Code(
        name="no-date",
        level=Level.ERROR,
        message="neither the title nor the front matter gives a date",
        advice="Write the date into the title or the front matter.",
        bad="# 简报\n",
        good="# 简报 (2026-03-02)\n",
    ),
    Code(
        name="heading-space",
        level=Level.WARNING,
        message="a space is missing after the #",
        advice="Put a space between the # and the heading.",
        bad="##论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        good="## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        mends=True,
    ),
    Code(
        name="covered-heading",
        level=Level.WARNING,
        message="stars or a comment keep Markdown from seeing this heading; it is read as one",
        advice="Begin the line with the #.",
        bad="# 简报 (2026-03-02)\n\n**## 论文**\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        good="# 简报 (2026-03-02)\n\n## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="unknown-heading",
        level=Level.WARNING,
        message="no section of this digest has this heading; it stands as a section of its own",
        advice="Write one of the headings in the profile, or add this one there.",
        bad="## 业界新问\n\n- [代工涨价 | 某报](https://example.com/foundry)\n摘要：晶圆代工今年涨价两成。\n",
        good="## 业界新闻\n\n- [代工涨价 | 某报](https://example.com/foundry)\n摘要：晶圆代工今年涨价两成。\n",
    ),
    Code(
        name="empty-section",
        level=Level.WARNING,
        message="the section has no items",
        advice="Leave out the heading of a section, or of a group, in which there is nothing.",
        bad="## 应用\n",
        good="## 应用\n\n- [量化上车](https://example.com/car)\n摘要：四比特量化的模型装进了车里。\n",
    ),
    Code(
        name="empty-bullet",
        level=Level.WARNING,
        message="nothing follows the dash or the number",
        advice="Write the item, or take it away.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n-\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="missing-dash",
        level=Level.WARNING,
        message="the item does not begin with a dash",
        advice="Put a dash and a space before the title.",
        bad="[四比特量化 | 某大学](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化 | 某大学](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        mends=True,
    ),
    Code(
        name="empty-link",
        level=Level.ERROR,
        message="the link has no text or no address",
        advice="Write the text between the square brackets and the address between the round ones.",
        bad="- [四比特量化 | 某大学]()\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化 | 某大学](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="unclosed-link",
        level=Level.ERROR,
        message="a bracket of the link is missing or full-width, so Markdown takes it for text",
        advice="Close both brackets: `[title](address)`.",
        bad="- [四比特量化 | 某大学](https://example.com/four\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化 | 某大学](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        mends=True,
    ),
    Code(
        name="no-item-title",
        level=Level.WARNING,
        message="the item has no title",
        advice="Begin the item with a dash and a title on its first line.",
        bad="## 论文\n\n本期的论文都讲量化。\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        good="## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="no-summary",
        level=Level.WARNING,
        message="the item has no summary",
        advice="Write in a sentence or two what it is about.",
        bad="- [四比特量化](https://example.com/four)\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="empty-label",
        level=Level.WARNING,
        message="the label has no link",
        advice="Write the address behind the label, or take the line away.",
        bad="- [四比特量化](https://example.com/four)\n代码：\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n代码：https://example.com/code\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="empty-flash",
        level=Level.ERROR,
        message="the flash news has a subject and no text",
        advice="Write what there is to tell, or take the bullet away.",
        bad="# 简报 (2026-03-02)\n\n热身小新闻：\n\n- 某公司：\n",
        good="# 简报 (2026-03-02)\n\n热身小新闻：\n\n- 某公司：发布了手机芯片。\n",
    ),
    Code(
        name="unclosed-fence",
        level=Level.ERROR,
        message="the fence of the code is not closed; what follows is taken as text",
        advice="Close it with a line of three backticks below the code.",
        bad="- [四比特量化](https://example.com/four)\n摘要：如下。\n\n```python\nx = 4\n",
        good="- [四比特量化](https://example.com/four)\n摘要：如下。\n\n```python\nx = 4\n```\n",
    ),
    Code(
        name="unclosed-comment",
        level=Level.ERROR,
        message="the comment is not closed; it is taken to end with its line",
        advice="Close it with -->.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。<!-- 下期补图\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。<!-- 下期补图 -->\n",
    ),
    Code(
        name="broken-table",
        level=Level.WARNING,
        message="Markdown does not take this for a table; it is read as one",
        advice="Write plain bars, as many columns in the line of dashes as in the first, and no blank lines.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n"
        "| 模型 | 精度 |\n|---|\n| 小模型 | 70.1 |\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n"
        "| 模型 | 精度 |\n|---|---|\n| 小模型 | 70.1 |\n",
    ),
    Code(
        name="relative-picture",
        level=Level.WARNING,
        message="the picture's address is relative, and the profile has no base_url to complete it",
        advice="Write the whole address, or set base_url in the profile.",
        bad="- [四比特量化](https://example.com/four)\n摘要：如图。\n\n![结构](../images/four.png)\n",
        good="- [四比特量化](https://example.com/four)\n摘要：如图。\n\n![结构](https://example.com/four.png)\n",
    ),
    Code(
        name="flattened",
        level=Level.WARNING,
        message="the headings are lost; the sections are guessed from the lead and the order",
        advice="Put a heading before each section and a dash before each item.",
        bad="# 简报 (2026-03-02)\n\n导读：【业界新闻】代工涨价；【论文】四比特量化。\n\n"
        "- [代工涨价 | 某报](https://example.com/foundry)\n摘要：晶圆代工今年涨价两成。\n"
        "- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        good="# 简报 (2026-03-02)\n\n导读：【业界新闻】代工涨价；【论文】四比特量化。\n\n"
        "## 业界新闻\n\n- [代工涨价 | 某报](https://example.com/foundry)\n摘要：晶圆代工今年涨价两成。\n\n"
        "## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="damaged-text",
        level=Level.ERROR,
        message="bytes of the file are damaged here and could not be read",
        advice="Write the characters anew, and save the file as UTF-8.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特\ufffd化也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="lost-heading",
        level=Level.WARNING,
        message="the line is nothing but the name of a section, and is taken for its heading",
        advice="Put ## and a space before it.",
        bad="## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n**博文**\n\n"
        "- [量化上车](https://example.com/car)\n摘要：四比特量化的模型装进了车里。\n",
        good="## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n## 博文\n\n"
        "- [量化上车](https://example.com/car)\n摘要：四比特量化的模型装进了车里。\n",
    ),
    Code(
        name="unsure-heading",
        level=Level.WARNING,
        message="the underlined line may be a heading or stand above a rule; it is taken for text",
        advice="Put a blank line above a heading, or one above the rule.",
        bad="# 简报 (2026-03-02)\n\n<h2>论文</h2>\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
        "说在最后\n----\n",
        good="# 简报 (2026-03-02)\n\n<h2>论文</h2>\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
        "说在最后\n\n----\n",
    ),
    Code(
        name="unknown-topic",
        level=Level.WARNING,
        message="no topic of this digest has this name",
        advice="Write the name, an alias or the key of a topic of the digest.",
        bad="- [四比特量化](https://example.com/four)\n主题：量化 量华\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n主题：量化 剪枝\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="topics-astray",
        level=Level.WARNING,
        message="this says the topics of no item",
        advice="Write it below the title of an item, or call an item in the file of topics as the issue does:"
        " by its id, its title, or how that begins.",
        bad="# 简报 (2026-03-02)\n\n主题：量化\n\n## 论文\n\n- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n主题：量化\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="topics-empty",
        level=Level.WARNING,
        message="this entry of the file of topics says nothing",
        advice="Write topics behind the colon, or none, or take the entry away. YAML reads nothing"
        " behind a blank and a #: write names that begin with one between quotes.",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="topics-twice",
        level=Level.WARNING,
        message="the topics of this item are said twice, and otherwise",
        advice="Write them once.",
        bad="- [四比特量化](https://example.com/four)\n主题：量化\n主题：剪枝\n摘要：四比特量化也不掉点。\n",
        good="- [四比特量化](https://example.com/four)\n主题：量化 剪枝\n摘要：四比特量化也不掉点。\n",
    ),
    Code(
        name="broken-topics",
        level=Level.ERROR,
        message="the file of topics beside the issue cannot be read, and none of what it says counts",
        advice="Write a line for each item: its title, a colon and its topics, with blanks between. A title"
        " that has a colon stands between quotes.",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n",
    ),
    *REFERENCE_CODES,
)
