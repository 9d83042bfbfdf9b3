"""jianbao preview: exactly what a subscriber gets, in every format."""

import re
from pathlib import Path

import pytest

from bot.model import LANGUAGES
from tests.cli.conftest import Run, write
from tests.telegram_judge import judge_html

PATH = "issues/2026-03-02.md"


def test_text_shows_every_message_in_order(jianbao: Run) -> None:
    result = jianbao("preview", PATH)
    assert (result.code, result.err) == (0, "left out: 3 lines (label)\n")
    places = [result.out.index(text) for text in ("样刊", "某公司", "晶圆代工涨价", "四比特量化的新方法")]
    assert places == sorted(places)


def test_json_holds_requests_that_telegram_takes_as_they_are(jianbao: Run) -> None:
    requests = jianbao("preview", PATH, "--format", "json").json
    assert [set(request) for request in requests] == [{"method", "params"}] * len(requests)
    assert {request["method"] for request in requests} == {"sendMessage"}
    for number, request in enumerate(requests):
        params = request["params"]
        assert params["parse_mode"] == "HTML"
        assert bool(params.get("disable_notification")) is (number > 0)
        judge_html(params["text"])


def test_html_is_a_page_that_needs_nothing_else(jianbao: Run) -> None:
    page = jianbao("preview", PATH, "--format", "html").out
    assert page.lower().startswith("<!doctype html>")
    assert "四比特量化的新方法" in page
    assert re.findall(r'(?:src|<link[^>]*href)="(?!data:)[^"]*"', page) == []


@pytest.mark.parametrize("topic", ["quantization", "量化", "QUANT", "#低比特"])
def test_a_topic_may_be_called_by_any_of_its_names(jianbao: Run, topic: str) -> None:
    out = jianbao("preview", PATH, "--topic", topic).out
    assert "四比特量化的新方法" in out
    assert "晶圆代工涨价" not in out


@pytest.mark.parametrize("words", ['"手机芯片"', "某大学", "四比特"])
def test_any_word_cuts_as_a_topic_does(jianbao: Run, words: str) -> None:
    out = jianbao("preview", PATH, "--topic", words).out
    assert ("四比特量化的新方法" in out) is (words != '"手机芯片"')
    assert "晶圆代工涨价" not in out


def test_a_word_that_no_topic_has_is_told_with_the_topics_near_it(jianbao: Run) -> None:
    result = jianbao("preview", PATH, "--topic", "quantisation")
    assert result.code == 0
    assert result.err.startswith("--topic: no topic is called 'quantisation'; using it as a keyword; similar")
    assert "quantization" in result.err
    assert result.err.count("\n--topic") == 0
    assert "--topic" not in jianbao("preview", PATH, "--topic", '"quantisation"').err


@pytest.mark.parametrize("word", ["-量化", "-quantization", "-某大学", '-"四比特"'])
def test_a_minus_leaves_out(jianbao: Run, word: str) -> None:
    out = jianbao("preview", PATH, "--topic", word).out
    assert "四比特量化的新方法" not in out
    assert "晶圆代工涨价" in out


def test_several_topics_and_sections_cut_together(jianbao: Run) -> None:
    both = jianbao("preview", PATH, "--topic", "量化", "--topic", "foundry").out
    assert "四比特量化的新方法" in both
    assert "晶圆代工涨价" in both
    assert (
        "晶圆代工涨价"
        not in jianbao("preview", PATH, "--topic", "量化", "--topic", "foundry", "--section", "论文").out
    )


@pytest.mark.parametrize("section", ["papers", "论文", "Papers", "PAPERS"])
def test_a_section_may_be_called_by_any_of_its_names(jianbao: Run, section: str) -> None:
    result = jianbao("preview", PATH, "--section", section)
    assert result.code == 0
    assert "晶圆代工涨价" not in result.out


def test_language_and_mode_are_the_subscribers(jianbao: Run) -> None:
    english = jianbao("preview", PATH, "--lang", "en").out
    assert "Papers" in english
    assert "第一行说量化" in english
    assert "第一行说量化" not in jianbao("preview", PATH, "--mode", "headlines").out


def test_the_languages_are_those_of_the_subscribers(jianbao: Run) -> None:
    for language in LANGUAGES:
        assert jianbao("preview", PATH, "--lang", language).code == 0
    assert jianbao("preview", PATH).out == jianbao("preview", PATH, "--lang", LANGUAGES[0]).out
    assert jianbao("preview", PATH, "--lang", "fr").code == 2


def test_without_a_language_it_is_that_of_the_digest(jianbao: Run) -> None:
    shown, english, chinese = (
        jianbao("preview", PATH, "--profile", "link-lists", *more).out
        for more in ((), ("--lang", "en"), ("--lang", "zh"))
    )
    assert shown == english != chinese


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([PATH, "--topic", "!!!"], r"--topic: '!!!' is neither a topic nor a keyword$"),
        (
            [PATH, "--section", "sports"],
            r"--section: no section is called 'sports'; known are news, papers, ",
        ),
        (["gone.md"], r"gone\.md: cannot be read: No such file or directory$"),
        (["issues"], r"issues: cannot be read: Is a directory$"),
    ],
)
def test_what_a_person_must_correct_is_one_line_and_code_2(
    jianbao: Run, arguments: list[str], told: str
) -> None:
    result = jianbao("preview", *arguments)
    assert (result.code, result.out) == (2, "")
    assert re.match(rf"jianbao: {told}", result.err.rstrip("\n"))
    assert result.err.count("\n") == 1


def test_an_empty_file_is_one_message(jianbao: Run, home: Path) -> None:
    write(home / "empty.md", "")
    assert len(jianbao("preview", "empty.md", "--format", "json").json) == 1
