"""Numbers and languages as spreadsheets, programs and people write them; what is in doubt is refused."""

import pytest

from bot.cli.cells import integer, language, plain, unwrapped
from bot.errors import BadInput


@pytest.mark.parametrize(
    "written",
    [
        "5123456789",
        "+5123456789",
        "0005123456789",
        " 5123456789\t",
        "5123456789.0",
        "5123456789,00",
        "5 123 456 789",
        "5\u00a0123\u00a0456\u00a0789",
        "5\u202f123\u202f456\u202f789,0",
        "5'123'456'789",
        "5’123’456’789",
        "5,123,456,789",
        "5,123,456,789.00",
        "5.123.456.789",
        "5.123.456.789,000",
        "'5123456789",
        '="5123456789"',
        "=5123456789",
        "“5123456789”",
        "\u200e5123456789\u200b",
        "\uff15\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",  # digits of full width
    ],
)
def test_an_id_is_read_however_a_spreadsheet_writes_numbers(written: str) -> None:
    assert integer(written, "chat_id") == 5123456789


@pytest.mark.parametrize("minus", ["-", "−", "–", "\uff0d", "'-", "=-", "- "])
def test_an_id_of_a_group_is_read_whatever_its_minus(minus: str) -> None:
    assert integer(f"{minus}1001234567890", "chat_id") == -1001234567890


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1.23457E+09", "was shortened by a spreadsheet, and digits are lost; format the column there as a"),
        ("-1,00123e12", "was shortened by a spreadsheet, and digits are lost"),
        ("13.5", "is not a whole number"),
        ("13,05", "is not a whole number"),
        ("13,000", "may be 13000 or a decimal fraction; write it without , or ."),
        ("13.000", "may be 13000 or a decimal fraction"),
        ("12 34", "is not a number"),
        ("5,12,34,567", "is not a number"),
        ("5.123,456.789", "is not a number"),
        ("5,123,456,0", "is not a number"),
        ("1001234567890-", "is not a number"),
        ("(1001234567890)", "is not a number"),
        ("--13", "is not a number"),
        ("13²", "is not a number"),
        ("=13+1", "is not a number"),
        ("@somebody", "is not a number"),
        ("", "is not a number"),
        ("1" * 100, "is not a number"),
    ],
)
def test_what_may_be_another_number_is_refused(written: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        integer(written, "chat_id")
    assert (refused.value.where, refused.value.reason[: len(repr(written)) + 1 + len(told)]) == (
        "chat_id",
        f"{written!r} {told}",
    )


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (
            "zh",
            (
                "zh",
                "ZH",
                "zh_CN",
                "zh-Hans",
                "zh_Hans_SG",
                "zh_CN.UTF-8",
                "简体中文",
                "Chinese",
                "cmn-Hans-CN",
                "",
            ),
        ),
        (
            "zh-Hant",
            ("zh-TW", "zh_HK", "ZH-mo", "zh-Hant", "zh_hant_CN", "繁體中文", "Chinese (Taiwan)", "zho_TW"),
        ),
        ("en", ("en", "EN", "en_GB", "en-US", "en_US.UTF-8", "English", "eng", "英文", "\uff45\uff4e")),
    ],
)
def test_a_language_is_read_by_its_code_its_locale_or_its_name(read: str, written: tuple[str, ...]) -> None:
    assert {one: language(one) for one in written} == dict.fromkeys(written, read)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *[(one, "") for one in ("fr", "cn", "tw", "zh/en", "zh, en", "en-zh", "zh-Latn", "english-mostly")],
        ("englsh", "; is en meant?"),
        ("zh-hnat", "; is zh-Hant meant?"),
    ],
)
def test_another_language_is_refused_and_the_nearest_named(written: str, meant: str) -> None:
    with pytest.raises(BadInput) as refused:
        language(written)
    assert refused.value.reason.startswith(f"{written!r} is not one of zh, en, zh-Hant{meant}")


def test_what_guards_a_cell_from_a_spreadsheet_is_no_part_of_it() -> None:
    assert [unwrapped(one) for one in ("'-business", '="量化"', "'KV cache'")] == [
        "-business",
        "量化",
        "'KV cache'",
    ]
    assert plain("\ufeff\u3000\uff21\u200b–1 ") == "A-1"
