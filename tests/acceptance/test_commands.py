"""What people can say, and what they get, over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.handlers import COMMANDS
from bot.model import Destination, Purpose, SubscriberState
from tests.acceptance.world import LIN, World, make_archive, make_world
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

WHOLE = 5  # messages of the test issue
LINS, ADAS = range(2001, 2101), range(3001, 3101)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A running bot with three issues, for all tests here: each has its own people, and publishes nothing."""
    async with make_archive(tmp_path_factory.mktemp("archive"), LINS, ADAS) as world:
        yield world


@pytest.fixture(scope="module")
def lins() -> Iterator[int]:
    return iter(LINS)


@pytest.fixture(scope="module")
def adas() -> Iterator[int]:
    return iter(ADAS)


@pytest.fixture
def lin(lins: Iterator[int]) -> int:
    """The chat of a subscriber without an issue on its way."""
    return next(lins)


@pytest.fixture
def ada(adas: Iterator[int]) -> int:
    """The chat of a person who has not said anything yet."""
    return next(adas)


async def test_topic_answers_with_the_count_the_newest_items_and_why(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic quantization")
    assert "已关注 量化" in answer.text
    assert "往期共有 6 条" in answer.text
    assert "因「量化」" in answer.text
    assert any(entity.url == "https://example.com/2026-03-02/quant" for entity in answer.entities)


async def test_a_topic_is_known_by_any_name_in_either_language(archive: World, lin: int) -> None:
    for word in ("quantization", "Quantization", "量化", "LOW-BIT", "#量化"):
        (answer,) = await archive.said(lin, f"/topic {word}")
        assert "目前关注：量化" in answer.text


async def test_several_topics_at_once_and_a_minus_removes(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic 量化 剪枝, object detection")
    assert "量化、剪枝、目标检测" in answer.text
    (answer,) = await archive.said(lin, "/topic -剪枝 -object detection")
    assert "目前关注：量化" in answer.text
    (answer,) = await archive.said(lin, "/topic clear")
    assert "没有关注主题" in answer.text


async def test_a_near_miss_gets_suggestions_with_buttons(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic quantisaton 剪枝")
    assert "没有主题叫「quantisaton」" in answer.text
    assert answer.text.endswith("目前关注：剪枝")
    await archive.tapped(answer, "➕ 关注 量化")
    answer = await archive.rewritten(answer)
    assert answer.text.splitlines()[-1] == "目前关注：剪枝、量化"


async def test_a_word_that_looks_misspelt_can_be_meant_all_the_same(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic prunning")
    await archive.tapped(answer, "关注 “prunning”")
    assert (await archive.rewritten(answer)).text.endswith("目前关注：“prunning”")


async def test_a_word_that_no_topic_has_is_followed_as_a_word(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic 代工厂")
    assert "✅ 已关注 “代工厂”" in answer.text
    assert "没有主题叫“代工厂”" in answer.text
    assert "往期共有 3 条提到，最新的是：" in answer.text
    assert "晶圆代工价格上调" in answer.text
    assert "因「代工厂」" in answer.text
    contents, news = await archive.said(lin, "/latest", answers=2)
    assert "5 条中有 1 条关于：“代工厂”" in contents.text
    assert "晶圆代工价格上调" in news.text


async def test_a_word_is_followed_in_english_too(archive: World, ada: int) -> None:
    await archive.said(ada, "/start", answers=1 + WHOLE)
    (answer,) = await archive.said(ada, "/topic quantization INT8 “Foo bar”")
    assert "Following Quantization, “INT8”, “Foo bar”" in answer.text
    assert (
        "No topic is called “INT8”, “Foo bar”, so you get items that mention them in the title" in answer.text
    )
    assert answer.text.endswith("You follow: Quantization, “Foo bar”, “INT8”")
    (answer,) = await archive.said(ada, "/topic nowhere")
    assert "Nothing in the archive mentions it yet; you will get it when something does." in answer.text
    (answer,) = await archive.said(ada, '/topic -"foo  BAR"')
    assert "No longer following “foo BAR”" in answer.text
    assert answer.text.endswith("You follow: Quantization, “INT8”, “nowhere”")
    (answer,) = await archive.said(ada, "/topic foo; bar")
    assert "No topic has these names, so you get items that mention them in the title" in answer.text


async def test_the_rest_of_an_issue_says_in_english_what_was_left_out(archive: World, ada: int) -> None:
    await archive.said(ada, "/start", answers=1 + WHOLE)
    await archive.said(ada, "/topic -quantization")
    contents, *_ = await archive.said(ada, "/latest", answers=4)
    rest, *_ = await archive.tapped(contents, "2", answers=3)
    assert "2 of 5 items left out: Quantization" in rest.text


async def test_words_in_a_row_can_be_made_one_phrase(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic 精度 不降")
    assert answer.text.endswith("目前关注：“不降”、“精度”")
    await archive.tapped(answer, "改为关注 “精度 不降”")
    answer = await archive.rewritten(answer)
    assert answer.text.endswith("目前关注：“精度 不降”")
    await archive.tapped(answer, "取消关注")
    answer = await archive.rewritten(answer)
    assert "没有关注主题" in answer.text
    await archive.tapped(answer, "➕ 关注")
    assert (await archive.rewritten(answer)).text.endswith("目前关注：“精度 不降”")


async def test_a_minus_leaves_out_what_is_not_followed_and_a_plus_takes_it_in_again(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(lin, "/topic -量化")
    assert "🚫 已排除 量化" in answer.text
    assert answer.text.endswith("目前没有关注主题，推送整期内容，只排除：量化")
    contents, *_ = await archive.said(lin, "/latest", answers=4)
    assert "5 条中有 3 条，不含「量化」" in contents.text
    rest, *_ = await archive.tapped(contents, "看其余 2 条", answers=3)
    assert "你排除的 2 条（共 5 条）：量化" in rest.text
    (answer,) = await archive.said(lin, "/topic +量化")
    assert "不再排除 量化" in answer.text
    assert answer.text.endswith("目前没有关注主题，推送整期内容。")
    (answer,) = await archive.said(lin, "/topic 量化")
    assert answer.text.endswith("目前关注：量化")
    (answer,) = await archive.said(lin, "/topic -量化")
    assert "已取消关注 量化" in answer.text
    assert answer.text.endswith("目前没有关注主题，推送整期内容。")


async def test_what_is_left_out_wins_over_what_is_followed(archive: World, ada: int) -> None:
    await archive.said(ada, "/start", answers=1 + WHOLE)
    (answer,) = await archive.said(ada, "/topic quantization -GitHub")
    assert answer.text.endswith("You follow: Quantization; left out: “GitHub”")
    contents, *_ = await archive.said(ada, "/latest", answers=2)
    assert "1 of 5 items is on: Quantization; without “GitHub”" in contents.text
    rest, *_ = await archive.tapped(contents, "Show the other 4", answers=WHOLE)
    assert "The other 4 of 5 items: all but Quantization; with what you leave out: “GitHub”" in rest.text


async def test_what_is_left_out_comes_back_by_button(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic -剪枝 -busines")
    assert answer.text.endswith("只排除：剪枝")
    await archive.tapped(answer, "🚫 排除 商业")
    answer = await archive.rewritten(answer)
    assert "往期没有这样的内容" in answer.text
    assert answer.text.endswith("只排除：商业、剪枝")
    await archive.tapped(answer, "商业 · 不再排除")
    answer = await archive.rewritten(answer)
    assert answer.text.endswith("只排除：剪枝")
    await archive.tapped(answer, "🚫 排除 商业")
    assert (await archive.rewritten(answer)).text.endswith("只排除：商业、剪枝")


async def test_keywords_and_what_is_left_out_show_in_the_topics_and_the_settings(
    archive: World, lin: int
) -> None:
    await archive.said(lin, "/topic 代工厂 -剪枝")
    (board,) = await archive.said(lin, "/settings")
    assert "主题：“代工厂”\n排除：剪枝\n" in board.text
    (board,) = await archive.said(lin, "/topics")
    assert {"🚫 剪枝 3", "✅ “代工厂” 3"} <= {button.text for button in board.buttons}
    await archive.tapped(board, "🚫 剪枝 3")
    board = await archive.rewritten(board)
    assert "剪枝 3" in [button.text for button in board.buttons]
    await archive.tapped(board, "✅ “代工厂” 3")
    assert "没有关注主题" in (await archive.rewritten(board)).text


async def test_clear_forgets_keywords_and_what_is_left_out(archive: World, lin: int) -> None:
    await archive.said(lin, "/topic 量化 代工厂 -剪枝")
    (board,) = await archive.said(lin, "/topics")
    await archive.tapped(board, "全部清空")
    assert (await archive.rewritten(board)).text.endswith("目前没有关注主题，推送整期内容。")
    await archive.said(lin, "/topic -剪枝 代工厂")
    (answer,) = await archive.said(lin, "/topic clear")
    assert answer.text == "目前没有关注主题，推送整期内容。"


async def test_what_can_be_no_keyword_and_what_is_too_many_is_told(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, f"/topic {'长' * 41}")
    assert "不能关注：一个词最多 40 个字" in answer.text
    await archive.said(lin, f"/topic {' '.join(f'w{number}' for number in range(20))}")
    (answer,) = await archive.said(lin, "/topic w3 w20 -w21 量化")
    assert "已关注 量化、“w3”" in answer.text
    assert "自选的词最多 20 个，没有加上“w20”、“w21”" in answer.text


async def test_a_keyword_has_its_buttons_however_long_it_is(archive: World, lin: int) -> None:
    long = "长" * 40
    (answer,) = await archive.said(lin, f"/topic {long}")
    await archive.tapped(answer, f"✅ “{long}” · 取消关注")
    dropped = await archive.rewritten(answer)
    assert (await archive.subscriber(lin)).cut.keywords == ()
    await archive.tapped(dropped, f"➕ 关注 “{long}”")
    await archive.rewritten(dropped)
    assert (await archive.subscriber(lin)).cut.keywords == (long,)
    (board,) = await archive.said(lin, "/topics")
    await archive.tapped(board, "长长")
    board = await archive.rewritten(board)
    assert not any("长" in button.text for button in board.buttons)


async def test_a_long_word_that_is_found_can_be_followed_by_one_tap(
    archive: World, lin: int, ada: int
) -> None:
    long = "剪枝之后无需微调"
    (found,) = await archive.said(lin, f"/search {long}")
    await archive.tapped(found, f"➕ 关注 “{long}”")
    await archive.rewritten(found)
    (found,) = await archive.said(ada, f"/search {long}")
    (offer,) = await archive.tapped(found, f"➕ Follow “{long}”", answers=1)
    await archive.tapped(offer, "Subscribe and follow", answers=2)
    for chat in (lin, ada):
        assert (await archive.subscriber(chat)).cut.keywords == (long,)


async def test_where_the_database_takes_no_text_what_is_found_comes_without_its_buttons(
    tmp_path: Path,
) -> None:
    long = "剪枝之后无需微调"
    async with make_world(tmp_path) as world, world.bot(), world.storage() as storage:
        world.write("2026-03-02")
        await until(storage.listed_issues.count)
        refuse = "CREATE TRIGGER full BEFORE INSERT ON cuts BEGIN SELECT RAISE(FAIL, 'full'); END"
        async with storage.database.writing() as connection:
            await connection.execute(sa.text(refuse))
        (answer,) = await world.said(LIN, f"/search {long}")
        assert "往期共有 1 条" in answer.text
        assert any(long in button.text for button in answer.buttons)  # it has room in the data itself
        (item,) = await world.tapped(answer, "1", answers=1)
        assert long in item.text
        (answer,) = await world.said(LIN, f"/topic {'长' * 40}")
        assert [button.text for button in answer.buttons] == ["🏷 全部主题"]


async def test_follow_and_unfollow_by_button(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic 剪枝")
    await archive.tapped(answer, "取消关注")
    answer = await archive.rewritten(answer)
    assert "没有关注主题" in answer.text
    await archive.tapped(answer, "➕ 关注 剪枝")
    assert "目前关注：剪枝" in (await archive.rewritten(answer)).text


async def test_more_turns_to_older_items_and_back(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic 量化")
    await archive.tapped(answer, "更多")
    older = await archive.rewritten(answer)
    assert "第 6 条起" in older.text
    await archive.tapped(older, "较新")
    assert "最新的是" in (await archive.rewritten(older)).text


async def test_topics_are_toggle_buttons_with_counts(archive: World, lin: int) -> None:
    (board,) = await archive.said(lin, "/topics")
    picked = [button.text for button in board.buttons if (button.data or "").startswith("pick:")]
    assert len(picked) == 4
    assert not any(text.endswith(" 0") for text in picked)
    await archive.tapped(board, "全部 30 个主题")
    board = await archive.rewritten(board)
    assert len([button for button in board.buttons if (button.data or "").startswith("pick:")]) == 30
    await archive.tapped(board, "量化 6")
    board = await archive.rewritten(board)
    assert "✅ 量化 6" in [button.text for button in board.buttons]


async def test_latest_comes_cut_as_always(archive: World, lin: int) -> None:
    await archive.said(lin, "/topic 剪枝")
    contents, papers = await archive.said(lin, "/latest", answers=2)
    assert "2026年3月2日" in contents.text
    assert "5 条中有 1 条" in contents.text
    assert "通道剪枝" in papers.text


async def test_any_back_issue_is_two_taps_away(archive: World, lin: int) -> None:
    (listing,) = await archive.said(lin, "/issues")
    assert listing.text.index("2026-03-02") < listing.text.index("2025-11-03")
    contents, *_ = await archive.tapped(listing, "2025-11-03", answers=WHOLE)
    assert "2025年11月3日" in contents.text


async def test_issues_by_year(archive: World, lin: int) -> None:
    (listing,) = await archive.said(lin, "/issues")
    await archive.tapped(listing, "2025")
    assert "2026" not in (await archive.rewritten(listing)).text


@pytest.mark.parametrize("word", ["2026-01-05", "2026-01", "2026/1/5", "2026年1月5日", "20260105"])
async def test_an_issue_is_found_by_its_date_however_written(archive: World, lin: int, word: str) -> None:
    contents, *_ = await archive.said(lin, f"/issue {word}", answers=WHOLE)
    assert "2026年1月5日" in contents.text


async def test_a_prefix_of_several_issues_offers_them(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/issue 2026")
    assert [button.text[:10] for button in answer.buttons] == ["2026-03-02", "2026-01-05"]


async def test_a_bad_date_offers_the_nearest(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/issue 2026-01-31")
    assert "最近" in answer.text
    assert answer.buttons[0].text.startswith("2026-01-05")


@pytest.mark.parametrize(
    ("typed", "named"), [("/issue no. 9", "「no. 9」"), ("第9期", "「第9期」"), ("看第九期", "「看第九期」")]
)
async def test_a_number_that_no_issue_has_is_told_as_that_with_the_nearest(
    archive: World, lin: int, typed: str, named: str
) -> None:
    (answer,) = await archive.said(lin, typed)
    assert f"没有{named}这一期" in answer.text
    assert answer.buttons[0].text.startswith("2026-03-02")


async def test_an_issue_can_be_cut_by_topics(archive: World, lin: int) -> None:
    contents, *rest = await archive.said(lin, "/issue last 剪枝", answers=2)
    assert "5 条中有 1 条" in contents.text
    assert "通道剪枝" in rest[0].text


async def test_an_issue_can_be_cut_by_words_and_without_some(archive: World, lin: int) -> None:
    contents, *_ = await archive.said(lin, "/issue last 代工厂 量化 -GitHub", answers=3)
    assert "5 条中有 2 条关于：量化、“代工厂”，不含「“GitHub”」" in contents.text
    (nothing,) = await archive.said(lin, "/issue 2025-11-03 quantisaton")
    assert "没有关于「“quantisaton”」的内容" in nothing.text


async def test_a_double_tap_sends_an_issue_once(archive: World, lin: int) -> None:
    (listing,) = await archive.said(lin, "/issues")
    before = len(archive.telegram.chat(lin).from_bot)
    button = next(button.data for button in listing.buttons if button.text.startswith("2025-11-03"))
    for _ in range(2):
        await archive.telegram.press(lin, listing.message_id, button or "")
    await archive.telegram.received(lin, before + WHOLE)
    (help_text,) = await archive.said(lin, "/help")
    assert archive.telegram.chat(lin).from_bot[before + WHOLE] == help_text


async def subscribes(archive: World, chat_id: int) -> bool:
    async with archive.storage() as storage:
        return await storage.subscribers.get(Destination(chat_id)) is not None


async def test_who_opens_an_issue_by_a_link_gets_it_and_is_asked_whether_to_subscribe(
    archive: World, ada: int
) -> None:
    invitation, contents, *_ = await archive.said(ada, "/start issue_2025-11-03", answers=1 + WHOLE)
    assert "Would you like to get every issue?" in invitation.text
    assert "3 November 2025" in contents.text
    assert not await subscribes(archive, ada)
    welcome, *_ = await archive.tapped(invitation, "Subscribe", answers=1 + WHOLE)
    assert "Welcome" in welcome.text
    assert await subscribes(archive, ada)


async def test_who_opens_a_topic_by_a_link_sees_what_there_is_and_subscribes_with_one_tap(
    archive: World, ada: int
) -> None:
    (page,) = await archive.said(ada, "/start topic_quantization")
    assert "Following" not in page.text
    assert not await subscribes(archive, ada)
    messages = await archive.tapped(page, "Subscribe and follow Quantization", answers=5)
    texts = "\n".join(message.text for message in messages)
    assert "Welcome" in messages[0].text
    assert "Following Quantization" in texts
    assert "2 of 5 items are on" in texts


@pytest.mark.parametrize("payload", ["inline", "twitter", "topics"])
async def test_what_stands_behind_start_and_is_no_link_says_what_this_is_and_subscribes_with_one_tap(
    archive: World, ada: int, payload: str
) -> None:
    (hello,) = await archive.said(ada, f"/start {payload}")
    assert "comes to you when it is out" in hello.text
    assert not await subscribes(archive, ada)
    welcome, *_ = await archive.tapped(hello, "Subscribe", answers=1 + WHOLE)
    assert "Welcome" in welcome.text
    (hello,) = await archive.said(ada, f"/start {payload}")
    assert "Subscribe" not in " ".join(button.text for button in hello.buttons)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("item_2026-03-02_nothing", "not in the back issues any more"),
        ("issue_2024-01-01", "There is no issue “2024-01-01”"),
        ("topic_nope", "No topic is called “nope”"),
    ],
)
async def test_a_link_that_names_nothing_says_so_and_subscribes_nobody(
    archive: World, ada: int, payload: str, said: str
) -> None:
    (answer,) = await archive.said(ada, f"/start {payload}")
    assert said in answer.text
    assert not await subscribes(archive, ada)
    (welcome, *_) = await archive.tapped(answer, "Subscribe", answers=1)
    assert "Welcome" in welcome.text


async def test_a_subscriber_who_opens_an_issue_by_a_link_gets_just_that(archive: World, lin: int) -> None:
    contents, *_ = await archive.said(lin, "/start issue_2025-11-03", answers=WHOLE)
    assert "2025年11月3日" in contents.text


async def test_who_stopped_and_opens_an_issue_by_a_link_is_not_taken_back_by_it(
    archive: World, lin: int
) -> None:
    (asked,) = await archive.said(lin, "/stop")
    await archive.tapped(asked, "停止订阅")
    invitation, contents, *_ = await archive.said(lin, "/start issue_2025-11-03", answers=1 + WHOLE)
    assert "2025年11月3日" in contents.text
    assert (await archive.subscriber(lin)).state is SubscriberState.STOPPED
    await archive.tapped(invitation, "恢复订阅")
    assert (await archive.subscriber(lin)).state is SubscriberState.ACTIVE


async def test_who_stopped_and_opens_a_topic_by_a_link_follows_nothing_and_may_begin_again(
    archive: World, lin: int
) -> None:
    (asked,) = await archive.said(lin, "/stop")
    await archive.tapped(asked, "停止订阅")
    (page,) = await archive.said(lin, "/start topic_quantization")
    assert "已关注" not in page.text
    found = await archive.subscriber(lin)
    assert (found.state, found.cut.topics) == (SubscriberState.STOPPED, ())
    (resumed,) = await archive.tapped(page, "恢复订阅", answers=1)
    assert "订阅照常" in resumed.text
    page = await archive.rewritten(page)  # it stays, without that button
    assert "往期共有" in page.text
    assert "恢复订阅" not in " ".join(button.text for button in page.buttons)
    await archive.tapped(page, "关注 量化")
    assert (await archive.subscriber(lin)).cut.topics == ("quantization",)


async def test_a_topic_link_that_names_none_says_so(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/start topic_nope")
    assert "没有叫「nope」的主题" in answer.text


async def test_a_topic_link_shows_what_there_is_and_decides_nothing(archive: World, lin: int) -> None:
    await archive.said(lin, "/topic -剪枝")
    before = (await archive.subscriber(lin)).cut
    (page,) = await archive.said(lin, "/start topic_quantization")
    assert "往期共有" in page.text
    assert (await archive.subscriber(lin)).cut == before
    await archive.tapped(page, "关注 量化")
    assert (await archive.subscriber(lin)).cut.topics == ("quantization",)


async def test_words_may_stand_behind_any_white_space(archive: World, lin: int) -> None:
    for gap in ("\u3000", "\n", "  "):
        (answer,) = await archive.said(lin, f"/topic{gap}剪枝")
        assert "目前关注：剪枝" in answer.text


async def test_who_stopped_blocked_and_returned_has_still_stopped(archive: World, lin: int) -> None:
    (question,) = await archive.said(lin, "/stop")
    await archive.tapped(question, "停止订阅")
    await archive.rewritten(question)
    archive.telegram.block(lin)
    archive.telegram.unblock(lin)
    (answer,) = await archive.said(lin, "/settings")
    assert "订阅已停止" in answer.text


async def test_start_says_whether_one_was_there_already(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/start")
    assert "已经订阅" in answer.text


async def test_settings_change_language_length_and_sections(archive: World, lin: int) -> None:
    (board,) = await archive.said(lin, "/settings")
    await archive.tapped(board, "只看标题")
    board = await archive.rewritten(board)
    await archive.tapped(board, "English")
    board = await archive.rewritten(board)
    assert "headlines only" in board.text
    await archive.tapped(board, "Papers")
    board = await archive.rewritten(board)
    assert "▫️ Papers" in [button.text for button in board.buttons]
    contents, *_ = await archive.said(lin, "/latest", answers=2)
    assert "3 of 5 items" in contents.text


async def test_stop_is_confirmed_and_can_be_undone(archive: World, lin: int) -> None:
    (question,) = await archive.said(lin, "/stop")
    await archive.tapped(question, "停止订阅")
    stopped = await archive.rewritten(question)
    assert "已停止" in stopped.text
    await archive.tapped(stopped, "恢复订阅")
    assert "照常" in (await archive.rewritten(stopped)).text


async def test_every_command_is_in_the_menu_and_in_the_help(archive: World, lin: int, ada: int) -> None:
    for chat in (lin, ada):
        (answer,) = await archive.said(chat, "/help")
        assert all(f"/{name}" in answer.text for name in COMMANDS)


async def test_an_unknown_command_names_the_nearest(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topik 量化")
    assert "/topic" in answer.text


async def test_plain_text_that_names_a_topic_shows_what_has_the_word_and_offers_the_topic(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(lin, "量化")
    assert "往期共有" in answer.text
    assert answer.buttons[-1].data == "follow:quantization"


async def test_of_several_words_that_find_nothing_it_is_said_what_fewer_would_find(
    archive: World, lin: int
) -> None:
    (typed,) = await archive.said(lin, "代工厂 没有这样的词")
    (searched,) = await archive.said(lin, "/search 代工厂 没有这样的词")
    assert typed.text == searched.text
    assert "代工厂" in typed.text


async def test_plain_text_that_names_a_topic_without_items_offers_it(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "联邦学习")
    assert [button.data for button in answer.buttons] == ["follow:federated"]


async def test_plain_text_shows_the_items_that_have_it_and_offers_to_follow_it(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(lin, "代工厂")
    assert "往期共有 3 条" in answer.text
    assert any(entity.url == "https://example.com/2026-03-02/foundry" for entity in answer.entities)
    await archive.tapped(answer, "➕ 关注 “代工厂”")
    assert (await archive.rewritten(answer)).text.endswith("目前关注：“代工厂”")
    (answer,) = await archive.said(lin, "天气如何")
    assert "我只认得" in answer.text


async def test_plain_text_that_wants_no_more_of_a_topic_offers_to_leave_it_out(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(lin, "不看 量化")
    assert answer.buttons[0].data == "omit:quantization"
    assert "不再要这些内容吗？" in answer.text
    await archive.said(lin, "/topic 量化")
    (answer,) = await archive.said(lin, "取消量化")
    assert answer.buttons[0].data == "unfollow:quantization"


async def test_plain_text_that_is_a_date_brings_the_issue(archive: World, lin: int) -> None:
    contents, *_ = await archive.said(lin, "2025-11-03", answers=WHOLE)
    assert "2025年11月3日" in contents.text


async def test_english_speakers_are_answered_in_english(archive: World, ada: int) -> None:
    (answer,) = await archive.said(ada, "/help")
    assert "Each issue comes to you" in answer.text


async def test_search_shows_what_has_all_the_words_and_where_they_stand(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/search 四比特 精度")
    assert "往期共有 3 条" in answer.text
    assert "1. 四比特量化的新方法\n2026-03-02 · 论文 · 知乎\n量化到四比特，精度不降" in answer.text
    assert any(entity.url == "https://example.com/2026-03-02/quant" for entity in answer.entities)
    (one,) = await archive.said(lin, '/search "四比特量化" 2026-01 in:论文')
    assert "往期共有 1 条" in one.text
    (none,) = await archive.said(lin, "/search 四比特 剪枝")
    assert "单独找：四比特 3 条、剪枝 3 条" in none.text
    (without,) = await archive.said(lin, "/search 量化 -精度 #量化")
    assert "精度" not in without.text.split("：", 1)[1]


async def test_an_address_or_the_number_of_a_paper_is_found(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/search http://www.example.com/2026-01-05/pruning/")
    assert "往期共有 1 条" in answer.text
    (paper,) = await archive.said(lin, "/search arXiv:2210.17323v2")
    assert "往期共有 3 条" in paper.text


async def test_a_word_that_was_found_can_be_followed_and_without_words_search_is_explained(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(lin, "/search 微调")
    assert [button.text for button in answer.buttons] == ["1", "2", "3", "➕ 关注 “微调”"]
    await archive.tapped(answer, "微调")
    assert "已关注 “微调”" in (await archive.rewritten(answer)).text
    (explained,) = await archive.said(lin, "/search")
    assert "例如" in explained.text


async def test_search_speaks_english_too(archive: World, ada: int) -> None:
    (answer,) = await archive.said(ada, "/search CVPR")
    assert "3 items in back issues" in answer.text
    (nothing,) = await archive.said(ada, "/search nowhere")
    assert "Nothing was found" in nothing.text


async def test_what_people_say_instead_of_commands_is_understood(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "怎么取消订阅？")
    assert "停止" in answer.buttons[0].text
    (answer,) = await archive.said(lin, "往期")
    assert answer.text.startswith("往期")
    contents, *_ = await archive.said(lin, "上一期", answers=WHOLE)
    assert "2026年1月5日" in contents.text
    contents, *_ = await archive.said(lin, "/issue first", answers=WHOLE)
    assert "2025年11月3日" in contents.text
    contents, *_ = await archive.said(lin, "/issue january 2026", answers=WHOLE)
    assert "2026年1月5日" in contents.text


async def test_who_asks_for_the_newest_issue_before_start_is_asked_to_subscribe(
    archive: World, ada: int
) -> None:
    invitation, contents, *_ = await archive.said(ada, "/latest", answers=1 + WHOLE)
    assert "Would you like to get every issue?" in invitation.text
    assert "2 March 2026" in contents.text
    (welcome,) = await archive.tapped(invitation, "Subscribe", answers=1)
    assert "Welcome" in welcome.text


async def test_a_topic_is_not_followed_and_nobody_subscribed_unasked(archive: World, ada: int) -> None:
    (page,) = await archive.said(ada, "/topic pruning")
    assert "Following" not in page.text
    assert page.text.endswith("You are not subscribed: nothing will be sent.")
    (board,) = await archive.said(ada, "/topics")
    assert "You are not subscribed" in board.text
    welcome, after, *_ = await archive.tapped(page, "Subscribe and follow Pruning", answers=2)
    assert "Welcome" in welcome.text
    assert after.text.endswith("You follow: Pruning")


async def test_who_stopped_is_not_promised_a_push(archive: World, lin: int) -> None:
    (asked,) = await archive.said(lin, "/stop")
    await archive.tapped(asked, "停止订阅")
    (page,) = await archive.said(lin, "/topic 语音")
    assert "一有就会推送" not in page.text
    assert page.text.endswith("⏸ 订阅已停止，恢复以后才会推送。")
    assert "↩️ 恢复订阅" in [button.text for button in page.buttons]


async def test_an_address_is_searched_for_and_not_followed(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/topic https://example.com/2026-01-05/pruning")
    assert "往期共有 1 条" in answer.text
    (settings,) = await archive.said(lin, "/settings")
    assert "主题：全部" in settings.text


async def test_clearing_can_be_undone_wherever_it_was_done(archive: World, lin: int) -> None:
    await archive.said(lin, "/topic 量化 -商业")
    (cleared,) = await archive.said(lin, "/topic clear")
    assert "没有关注主题，推送整期内容。" in cleared.text
    await archive.tapped(cleared, "撤销")
    assert (await archive.rewritten(cleared)).text.endswith("目前关注：量化；排除：商业")
    (board,) = await archive.said(lin, "/topics")
    await archive.tapped(board, "全部清空")
    board = await archive.rewritten(board)
    await archive.tapped(board, "撤销")
    assert (await archive.rewritten(board)).text.endswith("目前关注：量化；排除：商业")


async def test_the_last_section_cannot_be_left_out(archive: World, lin: int) -> None:
    (board,) = await archive.said(lin, "/settings")
    for _ in range(9):
        boxes = [button.text for button in board.buttons if button.text.startswith("✅ ")]
        sections = [text for text in boxes if text not in ("✅ 中文", "✅ 全文")]
        if len(sections) == 1:
            break
        await archive.tapped(board, sections[0])
        board = await archive.rewritten(board)
    last = next(button.data for button in board.buttons if button.text == sections[0])
    query = await archive.telegram.press(lin, board.message_id, last or "")
    assert (await archive.telegram.answer(query)).text == "至少要留一个栏目"


async def test_a_tap_on_a_back_issue_gives_what_latest_gives(archive: World, lin: int) -> None:
    await archive.said(lin, "/topic 剪枝")
    contents, *_ = await archive.said(lin, "/latest", answers=2)
    await archive.recorded("2026-03-02", lin, Purpose.REQUEST)
    (listing,) = await archive.said(lin, "/issues")
    again, *_ = await archive.tapped(listing, "2026-03-02", answers=2)
    assert contents.text == again.text
    assert "5 条中有 1 条关于：剪枝" in contents.text


async def test_a_year_without_issues_says_so(archive: World, lin: int) -> None:
    nothing, listing = await archive.said(lin, "/issues 2019", answers=2)
    assert nothing.text == "2019 年没有往期。"
    assert "2026-03-02" in listing.text


async def test_unfollowing_shows_no_items(archive: World, lin: int) -> None:
    await archive.said(lin, "/topic 量化")
    (answer,) = await archive.said(lin, "/topic -量化")
    assert answer.text.startswith("➖ 已取消关注 量化")
    assert "往期" not in answer.text


async def test_a_command_to_another_bot_is_left_alone(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/nothing@jianbao_bot")
    assert "help" in answer.text
    before = len(archive.telegram.chat(lin).from_bot)
    await archive.telegram.say(lin, "/nothing@another_bot")
    (answer,) = await archive.said(lin, "/help")
    assert len(archive.telegram.chat(lin).from_bot) == before + 1
