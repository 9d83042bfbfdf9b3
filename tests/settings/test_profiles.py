"""digest.yml names a profile and changes what it likes of it; what is wrong is told with file and key."""

from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.settings import shipped
from bot.settings.profiles import read_profile

SHIPPED = sorted(path.stem for path in (shipped("config") / "profiles").glob("*.yml"))
OWN = """
name: My links
language: en
files: '.*\\.md'
date: '(?P<year>\\d{4})-(?P<month>\\d\\d)-(?P<day>\\d\\d)'
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def refusal(folder: Path, name: str | None = None) -> str:
    with pytest.raises(BadInput) as refused:
        read_profile(folder, name)
    return str(refused.value)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_profile_can_be_read_by_its_name(tmp_path: Path, name: str) -> None:
    assert read_profile(tmp_path, name).name


def test_a_folder_without_a_digest_has_the_shipped_one(tmp_path: Path) -> None:
    assert read_profile(tmp_path) == read_profile(shipped("config"))


def test_only_what_is_changed_differs_from_what_is_extended(tmp_path: Path) -> None:
    write(tmp_path / "digest.yml", "extends: embedded-ai\nname: 另一份简报\nlabels: {summary: [要点]}\n")
    base, changed = read_profile(tmp_path, "embedded-ai"), read_profile(tmp_path)
    assert changed.name == "另一份简报"
    assert changed.labels.summary == ("要点",)
    assert changed.labels.links == base.labels.links
    assert changed.sections == base.sections


def test_a_profile_of_ones_own_goes_before_a_shipped_one_and_may_extend_it(tmp_path: Path) -> None:
    write(tmp_path / "profiles" / "mine.yml", "extends: embedded-ai\nname: 我的\n")
    write(tmp_path / "digest.yml", "extends: mine\nbase_url: https://example.org/weekly\n")
    profile = read_profile(tmp_path)
    assert (profile.name, profile.base_url) == ("我的", "https://example.org/weekly/")


def test_a_profile_may_be_whole_and_anywhere(tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "links.yml", OWN)
    assert read_profile(tmp_path, str(path)).name == "My links"


def test_a_file_that_is_extended_stands_beside_the_one_that_says_so(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "links.yml", OWN)
    write(tmp_path / "elsewhere" / "profiles" / "mine.yml", "extends: ../links.yml\nwrapped: true\n")
    write(tmp_path / "digest.yml", "extends: elsewhere/profiles/mine.yml\nlanguage: zh\n")
    profile = read_profile(tmp_path)
    assert (profile.name, profile.wrapped, profile.language) == ("My links", True, "zh")


def test_files_that_extend_each_other_by_any_path_are_told(tmp_path: Path) -> None:
    write(tmp_path / "one.yml", "extends: ./deeper/../deeper/two.yml\n")
    write(tmp_path / "deeper" / "two.yml", "extends: ../one.yml\n")
    assert refusal(tmp_path, str(tmp_path / "one.yml")).endswith(
        "two.yml: extends: ../one.yml extends itself"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extends: nobody", "digest.yml: extends: no profile is called 'nobody'; known are embedded-ai, "),
        ("extends: [embedded-ai]", "digest.yml: extends: must be the name of a profile"),
        ("extends: loop", "loop.yml: extends: loop extends itself"),
        ("extends: embedded-ai\nbase_url: example.org", "digest.yml: base_url: must be an http:// or"),
        ("extends: embedded-ai\ndate: '\\d+'", "digest.yml: date: has no group named month or year"),
        ("extends: embedded-ai\nsectons: {}", "no such key; did you mean sections?"),
        (
            f"extends: embedded-ai\nsections: {{{'a' * 33}: {{names: {{zh: 甲, en: A}}}}}}",
            f"digest.yml: sections.{'a' * 33}.[key]: String should match pattern",
        ),
        (
            "extends: embedded-ai\nsections: {flash: {names: {zh: 快讯, en: Flash}}}",
            "digest.yml: sections: flash is what flash news are called; give the section another key",
        ),
        (
            "extends: embedded-ai\nsections: {tools: {names: {zh: 工具, en: Tools}, headings: ['Papers:']}}",
            "digest.yml: sections: the heading 'Papers:' stands in papers and in tools; drop one of them",
        ),
        ("extends: embedded-ai\nitems: {begin: [dots]}", "digest.yml: items.begin.0: Input should be "),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, text: str, told: str) -> None:
    write(tmp_path / "profiles" / "loop.yml", "extends: loop\n")
    write(tmp_path / "digest.yml", text)
    assert told in refusal(tmp_path)


def test_an_unknown_name_on_the_command_line_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, "weekly").startswith("--profile: no profile is called 'weekly'; known are ")
