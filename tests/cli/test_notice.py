"""jianbao notice: one message to everybody or some, refused where somebody would have nothing to read."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, write
from tests.cli.ledger import NO_BOT, SLUG, subscribe

pytestmark = pytest.mark.usefixtures("database")

BOTH = ("notice", "--lang", "zh=今晚**停机**维护", "en=Down for *an hour* tonight")
FOLLOWS, ANY, ENGLISH = 1, 2, 3


@pytest.fixture(autouse=True)
def subscribed(jianbao: Run, database: Path) -> None:  # noqa: ARG001  # so that it is there before
    subscribe(jianbao, f"{FOLLOWS},zh,quantization", f"{ANY},zh,", f"{ENGLISH},en,")


def named(jianbao: Run) -> list[str]:
    return [one["slug"] for one in jianbao("status", "--format", "json").json["issues"]]


def test_a_dry_run_says_to_how_many_for_how_long_and_shows_what_they_get(jianbao: Run) -> None:
    result = jianbao(*BOTH, "--dry-run")
    assert result.code == 0
    assert result.out.startswith("would go to 3 readers (1 in en, 2 in zh), about 0 s\n")
    assert "zh:\n今晚<b>停机</b>维护\n" in result.out
    assert "en:\nDown for <i>an hour</i> tonight\n" in result.out
    assert named(jianbao) == []


def test_it_is_planned_for_all_shown_by_its_name_and_taken_back(jianbao: Run) -> None:
    result = jianbao(*BOTH, "--yes")
    slug = result.out.split()[0]
    assert result.out == (
        f"{slug} is planned for 3 subscribers; {NO_BOT}\nto take it back: jianbao retract {slug}\n"
    )
    assert slug.startswith("notice:20")
    second = jianbao(*BOTH, "--yes").out.split()[0]
    assert second == f"{slug}-2"
    assert sorted(named(jianbao)) == [slug, second]
    rows = jianbao("deliveries", slug, "--chat", str(ENGLISH), "--format", "json").json
    assert [(row["purpose"], row["state"]) for row in rows] == [("push", "planned")]
    assert "is a notice" in jianbao("plan", slug).err
    assert "already published" in jianbao("publish", slug).err
    back = jianbao("retract", slug, "--yes")
    assert back.out == f"{slug} will be taken back from 0 chats\n"  # it has reached none


def test_only_who_follows_a_topic_gets_it(jianbao: Run) -> None:
    result = jianbao("notice", "--lang", "zh=一个通知", "--topic", "量化", "--yes")
    slug = result.out.split()[0]
    assert "is planned for 1 subscriber;" in result.out
    rows = jianbao("deliveries", slug, "--chat", str(FOLLOWS), "--format", "json").json
    assert [row["chat"] for row in rows] == [FOLLOWS]
    nobody = jianbao("notice", "--lang", "zh=一个通知", "--topic", "compiler", "--yes")
    assert (nobody.code, nobody.err) == (2, "jianbao: nobody who gets issues follows that\n")
    assert "no topic is called 'quantisatoin'" in jianbao(*BOTH, "--topic", "quantisatoin").err


def test_a_text_may_be_a_file_and_serve_other_languages(jianbao: Run, home: Path) -> None:
    write(home / "notice.md", "# 通知\n\n- 第一\n- 第二\n\n见[这里](https://example.com/)。\n")
    refused = jianbao("notice", "--lang", "zh=@notice.md", "--dry-run")
    assert refused.code == 2
    assert "no text in en, which 1 of 3 read; add --lang en=…, or --default" in refused.err
    shown = jianbao("notice", "--lang", "zh=@notice.md", "--default", "zh", "--dry-run").out
    assert '<b>通知</b>\n• 第一\n• 第二\n见<a href="https://example.com/">这里</a>。' in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--lang: needs a text"),
        (("--lang", "fr=Bonjour"), "--lang: 'fr' is not one of zh, en"),
        (("--lang", "hello"), "--lang: 'hello' is not a language, an equals sign and a text"),
        (("--lang", "zh=一", "zh=二"), "--lang: zh is there twice"),
        (("--lang", "zh=一", "--default", "en"), "--default: there is no text in en"),
        (("--lang", f"zh={'字' * 4097}", "en=x"), "--lang zh: it must fit into one message: length is 4097"),
        (("--lang", "zh= ", "en=x"), "--lang zh: it must fit into one message: a message without a visible"),
        (("--lang", "zh=@no.md"), "no.md: cannot be read"),
        (BOTH[1:], "--yes: is required when input is not a terminal"),
    ],
)
def test_it_is_refused_with_what_to_do(jianbao: Run, arguments: tuple[str, ...], told: str) -> None:
    refused = jianbao("notice", *arguments)
    assert refused.code == 2
    assert told in refused.err
    assert named(jianbao) == []


def test_an_issue_of_the_folder_is_beside_it_as_before(jianbao: Run) -> None:
    slug = jianbao(*BOTH, "--yes").out.split()[0]
    assert jianbao("publish", SLUG, "--yes").code == 0
    assert sorted(named(jianbao)) == [SLUG, slug]
    assert jianbao("status", "--format", "json").json["index"]["total"] == 1
