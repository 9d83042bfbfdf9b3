"""A reader chooses when issues come, in both languages, and takes each choice back by one tap."""

from collections.abc import AsyncIterator, Iterator
from datetime import time

import pytest
import pytest_asyncio

from bot.model import Hours, Quiet
from tests.acceptance.world import World, make_archive

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINS, ADAS = range(2001, 2061), range(3001, 3041)
SHANGHAI = "Asia/Shanghai"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A running bot; each test has its own people."""
    async with make_archive(tmp_path_factory.mktemp("archive"), LINS, ADAS) as world:
        yield world


@pytest.fixture(scope="module")
def lins() -> Iterator[int]:
    return iter(LINS)


@pytest.fixture
def lin(lins: Iterator[int]) -> int:
    return next(lins)


async def hours(world: World, chat_id: int) -> Hours:
    return (await world.subscriber(chat_id)).hours


async def test_an_hour_a_day_quiet_hours_and_silence_are_a_tap_each(archive: World, lin: int) -> None:
    (board,) = await archive.said(lin, "/settings")
    await archive.tapped(board, "🕗 什么时候送到")
    page = await archive.rewritten(board)
    assert "一出就送" in page.text
    await archive.tapped(page, "⏰ 定个时刻 ▸")
    page = await archive.rewritten(page)
    await archive.tapped(page, "08:30")
    page = await archive.rewritten(page)
    assert "每天 08:30" in page.text
    assert "现在出的一期会在" in page.text
    for label in ("周五", "🌙 22:00–07:00", "🔕 不要提示音"):
        await archive.tapped(page, label)
        page = await archive.rewritten(page)
    assert await hours(archive, lin) == Hours(
        zone=SHANGHAI,
        at=time(8, 30),
        day=4,
        quiet=Quiet(begins=time(22), ends=time(7)),
        silent=True,
    )
    await archive.tapped(page, "↩️ 撤销")
    page = await archive.rewritten(page)
    assert not (await hours(archive, lin)).silent
    await archive.tapped(page, "一出就送")
    page = await archive.rewritten(page)
    assert (await hours(archive, lin)).at is None
    await archive.tapped(page, "↩️ 撤销")
    page = await archive.rewritten(page)
    assert "每周五 08:30" in page.text
    await archive.tapped(page, "◂ 返回")
    assert "设置" in (await archive.rewritten(page)).text


async def test_only_who_chose_something_is_asked_whether_it_must_be_there_and_undoes_it_by_a_tap(
    archive: World, lin: int
) -> None:
    (page,) = await archive.said(lin, "/when")
    assert not any("有我关注的内容" in one.text for one in page.buttons)
    await archive.said(lin, "/topic 量化")
    (page,) = await archive.said(lin, "/when")
    assert "没有你关注的内容时：也送，说一声" in page.text
    await archive.tapped(page, "🎯 有我关注的内容才送")
    page = await archive.rewritten(page)
    assert "没有你关注的内容时：不送" in page.text
    assert (await hours(archive, lin)).on_topics
    await archive.tapped(page, "↩️ 撤销")
    assert "也送" in (await archive.rewritten(page)).text
    assert not (await hours(archive, lin)).on_topics


async def test_what_is_typed_is_an_hour_quiet_hours_or_a_city(archive: World, lin: int) -> None:
    said = {
        "/when 8:45": Hours(zone=SHANGHAI, at=time(8, 45)),
        "/when 22:30 - 7": Hours(
            zone=SHANGHAI, at=time(8, 45), quiet=Quiet(begins=time(22, 30), ends=time(7))
        ),
        "/when 周五晚上8点半": Hours(
            zone=SHANGHAI, at=time(20, 30), day=4, quiet=Quiet(begins=time(22, 30), ends=time(7))
        ),
        "/when 8:45 ": Hours(
            zone=SHANGHAI, at=time(8, 45), day=4, quiet=Quiet(begins=time(22, 30), ends=time(7))
        ),
        "/when off": Hours(zone=SHANGHAI, quiet=Quiet(begins=time(22, 30), ends=time(7))),
        "/when 每天 8:45": Hours(
            zone=SHANGHAI, at=time(8, 45), quiet=Quiet(begins=time(22, 30), ends=time(7))
        ),
        "/when Berlin": Hours(
            zone="Europe/Berlin", at=time(8, 45), quiet=Quiet(begins=time(22, 30), ends=time(7))
        ),
    }
    for text, wanted in said.items():
        (page,) = await archive.said(lin, text)
        assert await hours(archive, lin) == wanted
    assert "🌙 22:30–07:00" in page.text.replace("安静时段：", "🌙 ")
    (unknown,) = await archive.said(lin, "/when 没有这个城")
    assert "没有认出" in unknown.text
    await archive.tapped(unknown, next(one.text for one in unknown.buttons if "东京" in one.text))
    assert (await hours(archive, lin)).zone == "Asia/Tokyo"


async def test_letters_with_which_several_cities_begin_choose_none(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/when San")
    assert await hours(archive, lin) == Hours()
    assert len(answer.buttons) > 3


@pytest.mark.parametrize("words", ["里约", "澳大利亚", "剑桥", "加德"])
async def test_a_city_in_doubt_is_asked_for_and_one_tap_chooses_it(
    archive: World, lin: int, words: str
) -> None:
    (answer,) = await archive.said(lin, f"/when {words}")
    assert "是哪一个" in answer.text
    assert await hours(archive, lin) == Hours()
    await archive.tapped(answer, answer.buttons[0].text)
    assert answer.buttons[0].data == f"when:zone:{(await hours(archive, lin)).zone}"


async def test_namesakes_are_told_apart_by_where_they_lie(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/when 8:30 Portland")
    assert [one.text[:-6] for one in answer.buttons] == ["波特兰（俄勒冈）", "波特兰（缅因）"]
    await archive.tapped(answer, answer.buttons[1].text)
    assert await hours(archive, lin) == Hours(zone="America/New_York", at=time(8, 30))


async def test_an_hour_a_day_and_a_city_are_one_choice_and_one_undo(archive: World, lin: int) -> None:
    (page,) = await archive.said(lin, "/when 周五 8点 东京，静音，晚上十点到早上七点")
    quiet = Quiet(begins=time(22), ends=time(7))
    wanted = Hours(zone="Asia/Tokyo", at=time(8), day=4, silent=True, quiet=quiet)
    assert await hours(archive, lin) == wanted
    await archive.tapped(page, "↩️ 撤销")
    assert "一出就送" in (await archive.rewritten(page)).text
    assert (await hours(archive, lin)).quiet is None


async def test_the_hour_beside_a_city_in_doubt_is_chosen_with_it(archive: World, lin: int) -> None:
    (answer,) = await archive.said(lin, "/when 8:30 里约")
    assert await hours(archive, lin) == Hours()
    await archive.tapped(answer, answer.buttons[0].text)
    assert "每天 08:30" in (await archive.rewritten(answer)).text
    assert await hours(archive, lin) == Hours(zone="America/Sao_Paulo", at=time(8, 30))


async def test_an_offset_is_a_zone_of_its_own_and_cities_that_have_it_are_offered(
    archive: World, lin: int
) -> None:
    (page,) = await archive.said(lin, "/when UTC+8")
    assert "时区：UTC+8" in page.text
    assert "北京" in page.buttons[0].text
    (answer,) = await archive.said(lin, "/when GMT+5:45")
    assert (await hours(archive, lin)).zone == "Etc/GMT-8"
    assert "加德满都" in answer.buttons[0].text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("工作日 9点", "每周送一天"),
        ("25:61", "没看懂「25:61」"),
        ("柏林 8点 马上", "「8点」和「马上」合不到一起"),
        ("不要周三了", "不要「周三」"),
        ("没有这个城", "没有认出"),
    ],
)
async def test_what_cannot_be_had_changes_nothing_and_names_examples(
    archive: World, lin: int, words: str, said: str
) -> None:
    await archive.said(lin, "/when 周三 7点")
    (answer,) = await archive.said(lin, f"/when {words}")
    assert said in answer.text
    assert "没有变" in answer.text
    assert answer.text.count("/when") == len(("an hour", "another"))
    assert await hours(archive, lin) == Hours(zone=SHANGHAI, at=time(7), day=2)


@pytest.mark.parametrize(
    ("words", "unknown", "rest"),
    [
        ("8点 没有这个城 静音", "「没有这个城」", Hours(zone=SHANGHAI, at=time(8), day=2, silent=True)),
        ("明早八点", "「明」", Hours(zone=SHANGHAI, at=time(8), day=2)),
        ("周日 9点 某某 东京", "「某某」", Hours(zone="Asia/Tokyo", at=time(9), day=6)),
        ("tomorrow 9am", "「tomorrow」", Hours(zone=SHANGHAI, at=time(9), day=2)),
    ],
)
async def test_where_some_words_are_not_understood_they_are_named_and_a_tap_sets_the_rest(
    archive: World, lin: int, words: str, unknown: str, rest: Hours
) -> None:
    await archive.said(lin, "/when 周三 7点")
    (answer,) = await archive.said(lin, f"/when {words}")
    assert unknown in answer.text
    assert "提示音：" in answer.text.splitlines()[-2]
    assert answer.text.splitlines()[-1].startswith("时区：")
    assert f"每周{'日' if rest.day == 6 else '三'} {rest.at:%H:%M}" in answer.text
    assert await hours(archive, lin) == Hours(zone=SHANGHAI, at=time(7), day=2)
    await archive.tapped(answer, answer.buttons[0].text)
    assert await hours(archive, lin) == rest


@pytest.mark.parametrize(
    ("words", "said", "first"),
    [
        ("between 7 and 8 am", "几点送", Hours(zone=SHANGHAI, at=time(7))),
        ("周六 7点和19点 东京", "周六几点送", Hours(zone="Asia/Tokyo", at=time(7), day=5)),
        ("周六早上", "周六几点送", Hours(zone=SHANGHAI, at=time(6), day=5)),
        ("晚上", "几点送", Hours(zone=SHANGHAI, at=time(18))),
        ("周日下午 东京 静音", "周日几点送", Hours(zone="Asia/Tokyo", at=time(13), day=6, silent=True)),
        ("周日 早上 东京 某某", "「某某」", Hours(zone="Asia/Tokyo", at=time(6), day=6)),
    ],
)
async def test_a_part_of_the_day_is_asked_its_hour_and_one_tap_chooses_it_with_all_else(
    archive: World, lin: int, words: str, said: str, first: Hours
) -> None:
    (answer,) = await archive.said(lin, f"/when {words}")
    assert said in answer.text
    assert await hours(archive, lin) == Hours()
    await archive.tapped(answer, f"{first.at:%H:%M}")
    assert await hours(archive, lin) == first


@pytest.mark.parametrize(
    ("words", "asked", "label", "quiet"),
    [
        ("晚上十点以后勿扰", "从 22:00 到几点", "🌙 22:00–08:00", Quiet(begins=time(22), ends=time(8))),
        ("别在半夜吵我", "从几点到几点", "🌙 23:00–08:00", Quiet(begins=time(23), ends=time(8))),
        ("早上八点以前别吵我", "从几点到 08:00", "🌙 23:00–08:00", Quiet(begins=time(23), ends=time(8))),
        ("quiet 11pm 没有这个", "没看懂「没有这个」", "🌙 23:00–07:00", Quiet(begins=time(23), ends=time(7))),
    ],
)
async def test_one_end_of_quiet_hours_is_asked_the_other_and_one_tap_sets_both(
    archive: World, lin: int, words: str, asked: str, label: str, quiet: Quiet
) -> None:
    await archive.said(lin, "/when 周五 8:30")
    (answer,) = await archive.said(lin, f"/when {words}")
    assert asked in answer.text
    assert (await hours(archive, lin)).quiet is None
    await archive.tapped(answer, label)
    assert await hours(archive, lin) == Hours(zone=SHANGHAI, at=time(8, 30), day=4, quiet=quiet)


async def test_one_end_that_is_changed_is_offered_with_the_other_that_the_reader_has(
    archive: World, lin: int
) -> None:
    await archive.said(lin, "/when 22:30-6:30")
    (answer,) = await archive.said(lin, "/when 安静时间改到晚上十一点，早上不变")
    await archive.tapped(answer, answer.buttons[0].text)
    assert (await hours(archive, lin)).quiet == Quiet(begins=time(23), ends=time(6, 30))


@pytest.mark.parametrize("words", ["不要周五了，换周六，时间还是老样子", "not friday, saturday"])
async def test_another_day_is_chosen_and_the_hour_stays(archive: World, lin: int, words: str) -> None:
    await archive.said(lin, "/when 周五 8:00")
    await archive.said(lin, f"/when {words}")
    assert await hours(archive, lin) == Hours(zone=SHANGHAI, at=time(8), day=5)


async def test_a_place_that_is_not_meant_is_left_unless_its_clock_is_the_readers(
    archive: World, lin: int
) -> None:
    await archive.said(lin, "/when 8点，东京，不是北京时间")
    assert await hours(archive, lin) == Hours(zone="Asia/Tokyo", at=time(8))
    await archive.said(lin, "/when Shanghai")
    (answer,) = await archive.said(lin, "/when 9点，不是北京时间")
    assert "「不是北京时间」" in answer.text
    assert (await hours(archive, lin)).at == time(8)


async def test_a_slip_in_the_name_of_a_day_is_told_and_one_tap_sets_the_nearest(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(lin, "/when thrusday 10:00")
    assert "没看懂「thrusday」" in answer.text
    assert await hours(archive, lin) == Hours()
    await archive.tapped(answer, "✔ 就这样设")
    assert await hours(archive, lin) == Hours(zone=SHANGHAI, at=time(10), day=3)


@pytest.mark.parametrize(
    "words", ["安静 8:30 9:30 10:30", "安静时间往后推一小时", "whatever does this strange thing do"]
)
async def test_what_is_no_single_name_is_answered_without_a_list_of_cities(
    archive: World, lin: int, words: str
) -> None:
    (answer,) = await archive.said(lin, f"/when {words}")
    assert "没看懂「" in answer.text
    assert not answer.buttons
    assert await hours(archive, lin) == Hours()


async def test_days_and_cities_are_called_in_traditional_characters_where_these_are_read(
    archive: World, lin: int
) -> None:
    (board,) = await archive.said(lin, "/settings")
    await archive.tapped(board, "繁體中文")
    (page,) = await archive.said(lin, "/when 週六 9點 紐約")
    assert {"每週六 09:00", "提示音：開"} <= set(page.text.splitlines())
    assert "✅ 週六" in [one.text for one in page.buttons]
    assert "🌐 紐約 ▸" in [one.text for one in page.buttons]
    (answer,) = await archive.said(lin, "/when 沒有這個城")
    assert any(one.text.startswith("東京") for one in answer.buttons)
    assert not any(one.text.startswith("东京") for one in answer.buttons)


async def test_a_shared_location_names_a_zone(archive: World, lin: int) -> None:
    before = len(archive.telegram.chat(lin).from_bot)
    await archive.telegram.send(lin, "location")
    await archive.telegram.received(lin, before + 1)
    page = archive.telegram.chat(lin).from_bot[-1]
    assert "柏林" in page.text
    assert await hours(archive, lin) == Hours(zone="Europe/Berlin")


async def test_the_page_is_there_in_english(archive: World, lin: int) -> None:
    (board,) = await archive.said(lin, "/settings")
    await archive.tapped(board, "English")
    (page,) = await archive.said(lin, "/when 6pm")
    assert "Every day at 18:00" in page.text
    await archive.tapped(page, "↩️ Undo")
    assert "As soon as they are out" in (await archive.rewritten(page)).text
    assert (await hours(archive, lin)).at is None


async def test_who_is_not_subscribed_is_told_so_and_old_buttons_are_harmless(
    archive: World, lin: int
) -> None:
    (answer,) = await archive.said(ADAS[0], "/when 8:30")
    assert "/start" in answer.text or answer.buttons[0].data == "subscribe:"
    (page,) = await archive.said(lin, "/when")
    for data in ("zone:Mars/Olympus", "at:9999", "day:8", "back:nonsense", "what:ever"):
        query = await archive.telegram.press(lin, page.message_id, f"when:{data}", by=lin)
        assert "失效" in (await archive.telegram.answer(query)).text
    (page,) = await archive.said(lin, "/when")
    assert await hours(archive, lin) == Hours()
