"""The stand-in reads rich messages as Telegram does, as far as that is known."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.rich import blocks_of


def test_headings_folds_tables_and_jumps_are_blocks() -> None:
    html = (
        '<h1>T</h1><p><a href="#s">go</a> <a href="https://a.cn/x">out</a></p><a name="s"></a>'
        "<details open><summary>F</summary>"
        "<table bordered><tr><th>a</th></tr><tr><td><b>1</b></td></tr></table>"
        "<pre><code>x</code></pre><blockquote><p>q</p></blockquote></details><hr/>"
    )
    blocks, text = blocks_of(html)
    assert [one["type"] for one in blocks] == ["heading", "paragraph", "anchor", "details", "divider"]
    jump, _, out = blocks[1]["text"]
    assert (jump["anchor_name"], out["url"]) == ("s", "https://a.cn/x")
    fold = blocks[3]
    assert (fold["is_open"], fold["summary"]) == (True, ["F"])
    assert [one["type"] for one in fold["blocks"]] == ["table", "pre", "blockquote"]
    assert fold["blocks"][0]["cells"][0][0]["is_header"]
    assert "1" in text


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("", "non-empty"),
        ("<p>a", "can't parse rich message"),
        ("a", "can't parse rich message"),
        ("<script>a</script>", "can't parse rich message"),
        ("<details><p>a</p></details>", "can't parse rich message"),
        ('<p><a href="#x">a</a></p>', "can't parse rich message"),
        ("<p>" + "a" * 32_769 + "</p>", "RICH_MESSAGE_TOO_LONG"),
        ("<p>a</p>" * 501, "RICH_MESSAGE_BLOCKS_TOO_MUCH"),
        (f"<table><tr>{'<td>a</td>' * 21}</tr></table>", "RICH_MESSAGE_TABLE_TOO_WIDE"),
    ],
)
def test_what_telegram_refuses_is_refused(html: str, why: str) -> None:
    with pytest.raises(ApiError, match=why):
        blocks_of(html)
