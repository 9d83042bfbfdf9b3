"""Which configuration a command works by: that of --config, of JIANBAO_CONFIG, or of a usual place."""

from pathlib import Path

import pytest

from bot import __version__
from bot.cli.command import COMMANDS
from bot.errors import BadInput
from bot.settings import configured_in, load, shipped
from bot.settings.folder import configuration_folder
from tests.cli.conftest import Run, write


def named(folder: Path, name: str) -> Path:
    """A folder whose digest is called so."""
    write(folder / "digest.yml", f"extends: embedded-ai\nname: {name}\n")
    return folder


def digest() -> str:
    return load().profile.name


def test_the_option_wins_over_the_variable_and_that_over_the_usual_places(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert digest() == "嵌入式AI简报"
    named(home / "config", "beside")
    assert digest() == "beside"
    monkeypatch.setenv("JIANBAO_CONFIG", str(named(home / "variable", "said")))
    assert digest() == "said"
    with configured_in(str(named(home / "option", "asked"))):
        assert digest() == "asked"
    assert digest() == "said"


def test_a_usual_place_counts_if_it_has_a_file_of_a_configuration(home: Path) -> None:
    places = (home / "config", home / "etc")
    assert configuration_folder({}, places) == shipped("config")
    write(home / "config" / "webpack.js", "")
    assert configuration_folder({}, places) == shipped("config")
    named(home / "etc", "mine")
    assert configuration_folder({}, places) == home / "etc"
    named(home / "config", "mine")
    assert configuration_folder({}, places) == home / "config"


@pytest.mark.parametrize(
    "words", ["--config mine status", "status --config mine", "--config=mine status", "status --config=mine"]
)
def test_it_is_said_before_or_behind_a_command(jianbao: Run, home: Path, words: str) -> None:
    write(home / "mine" / "bot.yml", "database_url: sqlite:///here.db")
    assert f"there is no database at {home}/mine/here.db" in jianbao(*words.split()).err


@pytest.mark.parametrize("command", ["subscribers export", "topics suggest issues", "deliveries"])
def test_commands_of_groups_take_it_too(jianbao: Run, command: str) -> None:
    result = jianbao(*command.split(), "--config", "gone")
    assert (result.code, result.err) == (2, "jianbao: --config: gone: no such folder\n")


@pytest.mark.parametrize("words", [["--config", "", "status"], ["--config="], ["--config"]])
def test_no_folder_is_no_answer(jianbao: Run, words: list[str]) -> None:
    assert jianbao(*words).code == 2


def test_behind_two_strokes_it_is_an_argument_like_any_other(jianbao: Run) -> None:
    assert jianbao("parse", "--", "--config").err == "jianbao: --config: no such file or folder\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_h_and_version(jianbao: Run, command: str) -> None:
    assert "Usage: jianbao" in jianbao(*command.split(), "-h").out
    assert jianbao(*command.split(), "--version").out == f"jianbao {__version__}\n"


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("bot.yaml", "bot.yml"),
        ("Bot.yml", "bot.yml"),
        ("digest.yaml", "digest.yml"),
        ("topics.YAML", "topics.yml"),
        ("profiles/mine.yaml", "mine.yml"),
    ],
)
@pytest.mark.parametrize("beside", ["beside", "instead"])
def test_a_file_that_would_be_passed_over_is_refused_by_name(
    home: Path, given: str, right: str, beside: str
) -> None:
    folder = home / "config"
    (folder / "profiles").mkdir(parents=True)
    if beside == "beside":
        write(
            folder / given.replace(Path(given).name, right),
            "extends: link-lists" if "digest" in given else "",
        )
    write(folder / given, "{}")
    with configured_in(str(folder)), pytest.raises(BadInput) as refused:
        load("mine" if "/" in given else None)
    assert str(refused.value) == f"{folder}/{given}: is not read; it must be called {right}"


NEAR = (
    "topic.yml",
    "topics.yml.txt",
    "topics-config.yml",
    "topics.yml.bak",
    "topcis.yaml",
    "topics (1).yml",
    "topics.yml~",
)


@pytest.mark.parametrize("given", [*NEAR, "digest.yml.bak", "digests.yml", "bots.yml", "my-bot.yml"])
def test_a_file_of_nearly_the_name_of_one_that_is_missing_is_refused_by_name(home: Path, given: str) -> None:
    write(home / "config" / given, "{}")
    right = next(one for one in ("topics", "digest", "bot") if given[:2] == one[:2] or one in given)
    with configured_in(str(home / "config")), pytest.raises(BadInput) as refused:
        load()
    assert str(refused.value) == f"{home}/config/{given}: is not read; it must be called {right}.yml"


@pytest.mark.parametrize(
    "given",
    [
        "robots.yml",
        "topics.example.yml",
        "tests.yml",
        ".topics.yml.swp",
        "topics.md",
        "compose.yaml",
        "body.yml",
    ],
)
def test_a_file_of_another_name_is_none_of_ours(home: Path, given: str) -> None:
    write(home / "config" / given, "{}")
    with configured_in("config"):
        assert digest() == "嵌入式AI简报"


def test_a_file_that_is_read_by_its_own_name_is_near_no_other(home: Path) -> None:
    write(home / "config" / "digest.yml", "extends: digest-bot.yml\nname: mine")
    write(home / "config" / "digest-bot.yml", "extends: embedded-ai")
    with configured_in("config"):
        assert digest() == "mine"


@pytest.mark.parametrize("given", NEAR)
def test_beside_the_right_one_doctor_tells_it_but_for_backups(jianbao: Run, home: Path, given: str) -> None:
    write(home / "config" / "topics.yml", "topics: {x: {names: {zh: 甲, en: X}, terms: [x]}}")
    write(home / "config" / given, "{}")
    told = f"{home}/config/{given} is not read; topics.yml is"
    assert (told in jianbao("doctor").out) is not given.endswith((".bak", "~"))


def test_a_file_of_topics_that_is_missing_is_named_where_it_should_lie(home: Path) -> None:
    write(home / "config" / "digest.yml", "extends: embedded-ai\ntopics: my-topics.yml")
    with pytest.raises(BadInput) as refused:
        load()
    assert str(refused.value) == f"{home}/config/my-topics.yml: no such file"


def test_a_file_of_topics_may_have_any_name_that_the_digest_says(home: Path) -> None:
    folder = named(home / "config", "mine\ntopics: mine.yaml")
    write(folder / "mine.yaml", "topics: {x: {names: {zh: 甲, en: X}, terms: [x]}}")
    assert tuple(load().topics) == ("x",)


def test_a_link_that_leads_nowhere_is_not_passed_over(home: Path) -> None:
    (named(home / "config", "mine") / "bot.yml").symlink_to("gone.yml")
    with pytest.raises(BadInput, match=r"bot\.yml: no such file"):
        load()


def test_paths_in_the_file_count_from_it_and_those_in_the_environment_from_here(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANBAO_ISSUES")
    write(home / "mine" / "bot.yml", "{issues: ../weekly, database_url: 'sqlite:///../data/bot.db'}")
    with configured_in("mine"):
        settings = load().settings
        assert settings.issues == home / "weekly"
        assert settings.database_url.get_secret_value() == f"sqlite:///{home}/data/bot.db"
        monkeypatch.setenv("JIANBAO_ISSUES", "here")
        assert load().settings.issues == Path("here")
    write(home / "mine" / "bot.yml", "{issues: /srv/weekly, database_url: 'sqlite:////srv/bot.db'}")
    monkeypatch.delenv("JIANBAO_ISSUES")
    with configured_in("mine"):
        settings = load().settings
    assert settings.issues == Path("/srv/weekly")
    assert settings.database_url.get_secret_value() == "sqlite:////srv/bot.db"


def test_a_path_over_a_link_leads_where_it_did_and_is_shown_plainly(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANBAO_ISSUES")
    write(home / "real" / "bot.yml", "")
    write(home / "real" / "deep" / "bot.yml", "{issues: ../weekly}")
    (home / "mine").symlink_to("real/deep")
    with configured_in("mine"):
        assert load().settings.issues == home / "real" / "weekly"


@pytest.mark.usefixtures("database")
def test_a_folder_that_cannot_be_read_is_called_by_what_the_operator_wrote(
    home: Path, jianbao: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = named(home / "config", "mine")
    write(folder / "bot.yml", "issues: ../gone")
    for command in (("plan", "x"), ("publish", "x"), ("doctor",)):
        monkeypatch.setenv("JIANBAO_ISSUES", "nowhere")
        assert f"JIANBAO_ISSUES: {home}/nowhere: " in jianbao(*command).told
        monkeypatch.delenv("JIANBAO_ISSUES")
        assert f"{folder}/bot.yml: issues: {home}/gone: " in jianbao(*command).told
