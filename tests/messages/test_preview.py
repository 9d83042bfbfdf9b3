"""What an editor sees is what is sent."""

import json

from bot.messages import Button, Message, Renderer
from bot.messages.preview import as_html, as_json, as_text
from bot.model import Cut
from tests.messages.names import FixedNames
from tests.messages.samples import ISSUE

MESSAGES = (
    Message(
        '<b>题</b> <a href="https://a.com/?x&amp;y">链接</a>\n<blockquote expandable>引</blockquote>\n#标签',
        ((Button("看", data="x"), Button("去", url="https://a.com/?x&y")),),
    ),
    Message('<a href="https://a.com">https://a.com</a>', silent=True),
)
RULE = "─" * 60


def test_text_shows_addresses_buttons_and_sound() -> None:
    assert as_text(MESSAGES).splitlines() == [
        RULE,
        "1/2 🔔 有声",
        "",
        "题 链接 <https://a.com/?x&y>",
        "引",
        "#标签",
        "[看] [去]",
        RULE,
        "2/2 🔕 无声",
        "",
        "https://a.com",
        RULE,
    ]


def test_json_holds_the_requests() -> None:
    assert json.loads(as_json(MESSAGES)) == [
        {"method": "sendMessage", "params": message.params()} for message in MESSAGES
    ]
    assert json.loads(as_json(MESSAGES, chat_id=7))[0]["params"]["chat_id"] == 7


def test_the_page_needs_nothing_from_elsewhere_and_escapes_what_it_shows() -> None:
    page = as_html((Message("a &lt;script&gt; b"), *MESSAGES), title="<样刊>", language="zh")
    assert "<script" not in page
    assert "&lt;样刊&gt;" in page
    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_shows_quotes_that_open_hashtags_and_buttons() -> None:
    page = as_html(MESSAGES, title="样刊", language="zh")
    assert (
        '<input type="checkbox"><span class="quote">引</span></label><span class="tag">#标签</span>' in page
    )
    assert '<a href="https://a.com/?x&amp;y">去</a>' in page
    assert '<span title="x">看</span>' in page


def test_a_picture_is_an_address_in_text_and_stands_above_its_text_on_the_page() -> None:
    message = Message("题", picture="https://a.com/p.png?x&y")
    assert as_text((message,)).splitlines()[3:5] == ["🖼 https://a.com/p.png?x&y", "题"]
    page = as_html((message,), title="样刊", language="zh")
    _, above, below = page.partition('<img src="https://a.com/p.png?x&amp;y"')
    assert above
    assert "🖼 a.com</span>" in page
    assert "题" in below
    assert 'referrerpolicy="no-referrer"' in below


def test_every_message_of_an_issue_has_its_bubble() -> None:
    messages = Renderer(FixedNames()).issue(ISSUE, Cut())
    assert as_html(messages, title="样刊", language="en").count('class="bubble"') == len(messages)


def test_the_page_links_an_address_in_the_text_as_a_chat_does_and_leaves_code_alone() -> None:
    text = 'see https://a.example/x?a=1&amp;b=2. <code>https://b.example</code> <a href="https://c.example">c</a>'
    page = as_html((Message(text),), title="样刊", language="zh")
    address = "https://a.example/x?a=1&amp;b=2"
    assert f'see <a href="{address}">{address}</a>. <code>https://b.example</code>' in page
    assert page.count('href="https://c.example"') == 1
