"""jianbao check says what the bot will do with an issue, and fails where it holds it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Run, write

TODAY = datetime.now(UTC).date()
DAY = "2126-03-02"
COMPACT, OTHER = "21260302", "2126_03_02"


def issue(day: str, *names: str, title: str = "样刊", said: str = "一句。") -> str:
    items = "".join(f"- [{one} | 某报](https://example.com/{one})\n摘要：{said}\n\n" for one in names)
    return f"# {title} ({day})\n\n## 论文\n\n{items}"


def put(home: Path, name: str, text: str) -> str:
    write(home / "issues" / f"{name}.md", text)
    return f"issues/{name}.md"


def test_a_day_that_does_not_exist_is_an_error_with_its_line(jianbao: Run, home: Path) -> None:
    path = put(home, DAY, "---\nlayout: post\n---\n\n" + issue("2126-02-30", "a"))
    why = "the title says 2126-02-30, which is no date; jianbao publish 2126-03-02 lets it go out as it is"
    checked = jianbao("check", path)
    assert f"{path}:5:7: error held the bot holds this issue; {why}\n" in checked.out
    assert checked.code == jianbao("check", path, "--strict").code == 1


def test_what_is_unclear_is_one_error_and_no_second_one(jianbao: Run, home: Path) -> None:
    checked = jianbao("check", put(home, DAY, "---\ndraft: ture\n---\n\n" + issue(DAY, "a")))
    assert [line.split()[2] for line in checked.out.splitlines() if " error " in line] == ["unclear-release"]


def test_a_copy_is_an_error_that_says_of_which_issue(jianbao: Run, home: Path) -> None:
    out, late = f"{TODAY - timedelta(days=1)}", f"{TODAY}".replace("-", "")
    put(home, out, issue(out, *"abcd"))
    path = put(home, late, issue(f"{TODAY}", *"abcd", said="改过。"))
    why = (
        f"most of its items (4 of 4) stand in issue {out} too; jianbao publish {late} lets it go out as it is"
    )
    for checked in (jianbao("check", path), jianbao("check", "issues")):
        assert f"{path}:1:1: error held the bot holds this issue; {why}\n" in checked.out
        assert checked.code == 1
    assert "held" not in jianbao("check", f"issues/{out}.md").told


@pytest.mark.parametrize("front", ["", "---\npublish_at: 2126-03-01 08:30\n---\n\n"])
def test_of_two_that_are_still_to_come_nobody_is_told_to_publish_one(
    jianbao: Run, home: Path, front: str
) -> None:
    put(home, DAY, front + issue(DAY, *"abcd"))
    path = put(home, "2126-03-05", issue("2126-03-05", *"abcd", said="改过。"))
    why = f"most of its items (4 of 4) stand in issue {DAY} too; jianbao plan says which"
    for checked in (jianbao("check", path), jianbao("check", "issues")):
        said = "of this issue and another the bot holds the one that it finds last"
        assert f"{path}:1:1: error one-of-two {said}; {why}\n" in checked.out
        assert f"{path}: this one or the other is held, whichever the bot finds last: {why}\n" in checked.err
        assert checked.code == 1
        assert "jianbao publish" not in checked.told


def test_an_issue_of_the_past_that_is_still_to_come_is_one_of_two(jianbao: Run, home: Path) -> None:
    put(
        home,
        f"{TODAY}",
        f"---\npublish_at: {TODAY + timedelta(days=2)}\n---\n\n" + issue(f"{TODAY}", *"abcd"),
    )
    day = f"{TODAY + timedelta(days=4)}"
    put(home, day, issue(day, *"abcd", said="改过。"))
    checked = jianbao("check", "issues")
    assert "one-of-two" in checked.out
    assert "jianbao publish" not in checked.told


def test_a_copy_to_the_byte_is_passed_over_and_no_second_thing_is_said_of_it(
    jianbao: Run, home: Path
) -> None:
    first, path = (put(home, name, issue(DAY, *"abcd")) for name in (DAY, "2126-03-09"))
    for checked in (jianbao("check", path), jianbao("check", "issues")):
        assert f"{path}: passed over, for it is a duplicate of issue {DAY}, not sent\n" in checked.told
        assert " held " not in checked.out
        assert "lets it go out" not in checked.told
    assert "passed over" not in jianbao("check", first).told


def test_a_draft_has_no_copies_and_is_none(jianbao: Run, home: Path) -> None:
    put(home, "2126-03-01", "---\ndraft: true\n---\n\n" + issue(DAY, *"abcd"))
    put(home, f"{COMPACT}", "---\ndraft: true\n---\n\n" + issue(DAY, *"abcd"))
    path = put(home, DAY, issue(DAY, *"abcd"))
    assert "held" not in jianbao("check", path).told + jianbao("check", "issues").told


def test_another_issue_with_this_title_and_date_is_warned_of(jianbao: Run, home: Path) -> None:
    first = put(home, DAY, issue(DAY, *"abcd"))
    other = put(home, f"{COMPACT}", issue(DAY, *"efgh").replace(")\n", ")：别的\n", 1))
    put(home, f"{OTHER}", issue(DAY, *"ijkl", title="另一刊"))
    told = jianbao("check", "issues").out
    assert f"{other}:1:1: warning same-date another issue has this title and date; see {first}\n" in told
    assert told.count("same-date") == 1


def test_an_issue_that_is_too_long_is_an_error(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(home, DAY, issue(DAY, *"abcd", said="长" * 3000))
    assert "held" not in jianbao("check", path).out
    monkeypatch.setenv("JIANBAO_PUBLISHING__MOST_MESSAGES", "2")
    checked = jianbao("check", path)
    assert "error held the bot holds this issue; it is " in checked.out
    assert f"jianbao resume {DAY} lets it go out as it is\n" in checked.out


@pytest.mark.parametrize("what", ["the file", "the folder"])
def test_an_issue_that_is_put_in_late_goes_to_the_archive(jianbao: Run, home: Path, what: str) -> None:
    put(home, f"{TODAY}", issue(f"{TODAY}", "a"))
    late = f"{TODAY - timedelta(days=40)}"
    path = put(home, late, issue(late, "b"))
    checked = jianbao("check", path if what == "the file" else "issues")
    told = "too old to be pushed (delivery.expires_after); a new one goes to the archive, pushed to nobody"
    assert told in checked.err
    assert path in checked.err


def test_of_many_old_issues_one_line_is_told(jianbao: Run, home: Path) -> None:
    put(home, f"{TODAY}", issue(f"{TODAY}", "a"))
    for number in range(30):
        day = f"{TODAY - timedelta(days=20 + number)}"
        put(home, day, issue(day, f"b{number}"))
    told = [line for line in jianbao("check", "issues").err.splitlines() if "too old" in line]
    assert len(told) == 1


def test_the_newest_issue_is_never_too_old(jianbao: Run, home: Path) -> None:
    assert "too old" not in jianbao("check", put(home, "2026-03-02", ISSUE)).told
