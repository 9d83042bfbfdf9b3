"""The codes of links and notes that refer to a line elsewhere in the issue, in the form of the parser's."""

from bot.digest.codes.code import Code, Level

REFERENCE_CODES = (
    Code(
        name="lost-definition",
        level=Level.WARNING,
        message="Markdown takes this for text; it is read as the address of the links that refer to it",
        advice="Put a half-width colon behind the brackets, a blank line above, and no words behind.",
        bad="- [四比特量化][four]\n摘要：四比特量化也不掉点。\n\n[four]：https://example.com/four\n",
        good="- [四比特量化][four]\n摘要：四比特量化也不掉点。\n\n[four]: https://example.com/four\n",
    ),
    Code(
        name="repeated-definition",
        level=Level.WARNING,
        message="this name is defined above with another address, and nothing says which of them counts",
        advice="Give each definition a name of its own.",
        bad="- [四比特量化][1]\n摘要：四比特量化也不掉点，见[代码][1]。\n\n"
        "[1]: https://example.com/four\n[1]: https://example.com/code\n",
        good="- [四比特量化][1]\n摘要：四比特量化也不掉点，见[代码][2]。\n\n"
        "[1]: https://example.com/four\n[2]: https://example.com/code\n",
    ),
    Code(
        name="unused-definition",
        level=Level.WARNING,
        message="no link refers to this definition, so nobody gets its address",
        advice="Refer to it by its name, `[words][name]`, or take the line away.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n\n[code]: https://example.com/code\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点，见[代码][code]。\n\n"
        "[code]: https://example.com/code\n",
    ),
    Code(
        name="parted-link",
        level=Level.WARNING,
        message="a blank parts the brackets, so Markdown takes the first for text; it is read as the link",
        advice="Take the blank away.",
        bad="- [四比特量化 | 某大学] [four]\n摘要：四比特量化也不掉点。\n\n[four]: https://example.com/four\n",
        good="- [四比特量化 | 某大学][four]\n摘要：四比特量化也不掉点。\n\n[four]: https://example.com/four\n",
    ),
    Code(
        name="undefined-link",
        level=Level.WARNING,
        message="no line of the issue says where this link leads; in a text readers see its brackets",
        advice="Write the address in round brackets behind it, or define it on a line below.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点，见[代码][code]。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点，见[代码](https://example.com/code)。\n",
    ),
    Code(
        name="undefined-note",
        level=Level.WARNING,
        message="no line of the issue has this footnote, so readers see its mark",
        advice="Write the note on a line of its own, `[^1]: …`, or take the mark away.",
        bad="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点[^1]。\n",
        good="- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点[^1]。\n\n[^1]: 精度。\n",
    ),
)
