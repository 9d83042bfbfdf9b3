"""Settings come from the environment and the folder; what is wrong is one clear line without secrets."""

import re
import shutil
from datetime import time
from pathlib import Path

import pytest
import yaml
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.settings import Settings, load, read_token, shipped
from bot.settings.cron import cron_line

TOKEN = "123456:AAH-secret_of_the_bot"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty configuration folder that ``JIANBAO_CONFIG`` names."""
    path = tmp_path / "config"
    path.mkdir()
    monkeypatch.setenv("JIANBAO_CONFIG", str(path))
    return path


def write(folder: Path, text: str, name: str = "bot.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal() -> str:
    with pytest.raises(BadInput) as refused:
        load()
    return str(refused.value)


def test_for_a_file_that_the_folder_lacks_the_shipped_one_serves(folder: Path) -> None:
    write(folder, "topics: {x: {names: {zh: 甲, en: X}, terms: [x]}}", "topics.yml")
    configuration = load()
    assert tuple(configuration.topics) == ("x",)
    assert configuration.profile.name == "嵌入式AI简报"
    assert configuration.settings.schedule.read.every == 10


def test_without_a_folder_the_shipped_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIANBAO_CONFIG")
    configuration = load()
    assert len(tuple(configuration.topics)) == 30
    assert configuration.settings.issues == shipped("issues")


def test_a_folder_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JIANBAO_CONFIG", str(tmp_path / "gone"))
    assert refusal() == f"JIANBAO_CONFIG: {tmp_path / 'gone'}: no such folder"


def test_a_cron_line_in_the_environment_wins_over_the_seconds_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JIANBAO_SCHEDULE__READ__CRON", "0 9 * * mon")
    assert load().settings.schedule.read.cron == "0 9 * * mon"


def test_the_shipped_file_says_what_the_defaults_are() -> None:
    values = yaml.safe_load((shipped("config") / "bot.yml").read_text("utf-8"))
    defaults = Settings().model_dump()
    for section, keys in values.items():
        assert keys.keys() == defaults[section].keys()
        for key, value in keys.items():
            default = defaults[section][key]
            if isinstance(default, dict):  # of which what is null stays out of the file
                default = {name: one for name, one in default.items() if one is not None}
            assert default == value, f"{section}.{key}"


def test_the_environment_wins_over_the_file_key_by_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "delivery: {rate: 5, per_chat: 2}\nlog: {level: debug}")
    monkeypatch.setenv("JIANBAO_DELIVERY__RATE", "20")
    monkeypatch.setenv("JIANBAO_SCHEDULE__READ__EVERY", "60")
    monkeypatch.setenv("JIANBAO_API_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("JIANBAO_ISSUES", "elsewhere")
    settings = load().settings
    assert (settings.delivery.rate, settings.delivery.per_chat, settings.log.level) == (20, 2, "debug")
    assert (settings.schedule.read.every, settings.schedule.publish.every) == (60, 10)
    assert (settings.api_url, settings.issues) == ("http://127.0.0.1:8081", Path("elsewhere"))


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "TOKEN_FILE", "DELIVERY__RATE", "NOBODY__KNOWS"):
        monkeypatch.setenv(f"JIANBAO_{name}", "")
    settings = load().settings
    assert (settings.token, settings.token_file, settings.delivery.rate) == (None, None, 30)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("delivry: {rate: 5}", "delivry: no such key; did you mean delivery?"),
        ("delivery: {rte: 5}", "delivery.rte: no such key; did you mean rate?"),
        ("schedule: {read: {evry: 5}}", "schedule.read.evry: no such key; did you mean every?"),
        ("delivery: {rate: fast}", "delivery.rate: Input should be a valid number"),
        ("delivery: {rate: 0, per_chat: -1}", "delivery.rate: Input should be greater than 0\n"),
        ("schedule: {timezone: Asia/Peking}", "schedule.timezone: unknown time zone 'Asia/Peking'"),
        ("schedule: {timezone: ../etc}", "schedule.timezone: unknown time zone '../etc'"),
        ("schedule: {read: {}}", "schedule.read: needs every or cron"),
        ("schedule: {read: {cron: '0 9 * *'}}", "schedule.read.cron: a cron line needs five fields"),
        (
            "schedule: {read: {cron: '61 9 * * *'}}",
            "schedule.read.cron: invalid minute field '61': use 0-59, ranges low-high, or *",
        ),
        (
            "schedule: {read: {cron: '* * * * fri-mon'}}",
            "schedule.read.cron: invalid weekday field 'fri-mon': use mon-sun, ranges low-high, or *",
        ),
        ("reading: {back_issues_per_page: 26}", "reading.back_issues_per_page: Input should be less than"),
        ("config: elsewhere", "config: is not allowed here; set JIANBAO_CONFIG in the environment"),
        (f"token: {TOKEN}", "token: is not allowed here; set JIANBAO_TOKEN in the environment"),
        ("token_file: t", "token_file: is not allowed here; set JIANBAO_TOKEN_FILE in the environment"),
        ("token:", "token: is not allowed here; set JIANBAO_TOKEN in the environment"),
        ("api_url: ftp://example.com", "api_url: must be an http:// or https:// address"),
        ("issues: [a]", "issues: must be one path, written as a text such as /srv/digest/issues"),
        ("telegram: {proxy_file: {a: b}}", "telegram.proxy_file: must be one path, written as a text"),
        ("log: {level: loud}", "log.level: Input should be 'debug', 'info', 'warning' or 'error'"),
        ("- a list", "must consist of keys and values"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_file_key_and_reason(
    folder: Path, text: str, told: str
) -> None:
    path = write(folder, text)
    assert refusal().startswith(f"{path}: {told}")
    assert "secret" not in refusal()


def test_every_mistake_is_told_in_a_line_with_its_own_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folder, "delivery: {rate: 0}\nreading: {botons: true}\n")
    monkeypatch.setenv("JIANBAO_LOG__LEVEL", "loud")
    said = refusal().splitlines()
    assert [line.split(": ")[:2] for line in said] == [
        [str(path), "reading.botons"],
        [str(path), "delivery.rate"],
        ["JIANBAO_LOG__LEVEL", "log.level"],
    ]


def test_broken_yaml_and_broken_text_are_told_with_their_place(folder: Path) -> None:
    path = write(folder, "log:\n  level: [debug\n")
    assert re.match(rf"{re.escape(str(path))}:\d: invalid YAML: ", refusal())
    path.write_bytes(b"log: \xff\xfe")
    assert refusal() == f"{path}: is not UTF-8 text"


def test_a_digest_that_will_not_do_is_told(folder: Path) -> None:
    text = (shipped("config") / "profiles" / "embedded-ai.yml").read_text("utf-8")
    path = write(folder, text.replace("files: '", "files: '(["), "digest.yml")
    assert refusal().startswith(f"{path}: files: is not a regular expression: ")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "JIANBAO_DELIVERY__RATE",
            "fast",
            "JIANBAO_DELIVERY__RATE: delivery.rate: Input should be a valid number",
        ),
        (
            "jianbao_delivery__rate",
            "fast",
            "jianbao_delivery__rate: delivery.rate: Input should be a valid number",
        ),
        (
            "JIANBAO_DELIVRY__RATE",
            "5",
            "JIANBAO_DELIVRY__RATE: no such setting; did you mean JIANBAO_DELIVERY__RATE?",
        ),
        ("JIANBAO_WEATHER__RAIN", "5", "JIANBAO_WEATHER__RAIN: no such setting"),
        ("JIANBAO_ISSUE", "x", "JIANBAO_ISSUE: no such setting; did you mean JIANBAO_ISSUES?"),
        (
            "JIANBAO_LOG",
            "debug",
            "JIANBAO_LOG: is a section; set one of its keys, such as JIANBAO_LOG__LEVEL",
        ),
    ],
)
def test_what_is_wrong_in_the_environment_is_told_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    assert refusal().startswith(told)


@pytest.mark.parametrize("name", ["JIANBAO_PORT", "JIANBAO_SERVICE_HOST", "JIANBAO_ISSUES_SERVICE_PORT"])
def test_a_variable_that_a_cluster_sets_for_itself_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    without = load().settings
    monkeypatch.setenv(name, "tcp://10.0.0.1:80")
    assert load().settings == without


@pytest.mark.parametrize(
    "line",
    ["* * * * *", "0 9 * * mon", "*/15 0-6 1,15 jan-mar sat,sun", "05 09 01 2 MON-FRI", "0-59/5 * * * *"],
)
def test_a_cron_line_may_be(line: str) -> None:
    assert cron_line(line) == line


@pytest.mark.parametrize(
    "line",
    [
        *("", "@daily", "0 9 * *", "0 9 * * * *", "a * * * *", "60 * * * *", "-1 * * * *", "1- * * * *"),
        *("*/0 * * * *", ", * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * mon *"),
        *("* * * * 1", "* * * * fri-mon", "* * * dec-jan *", "30-10 * * * *", "* * * jan-3 *"),
        *("*/60 * * * *", "* * */31 * *", "* * * * */7", "5-6/2 * * * *", "50/10 * * * *"),
        *("* * * * mon-fri/2", "* * * jan/2 *", "* * * 1-mar *", "*/999999 * * * *"),
    ],
)
def test_a_cron_line_may_not_be(line: str) -> None:
    with pytest.raises(ValueError, match=r"^invalid \w+ field|five fields"):
        cron_line(line)


_VALUES = st.sampled_from(["0", "1", "05", "6", "12", "31", "59", "jan", "mar", "dec", "mon", "fri", "sun"])
_ENDS = st.tuples(_VALUES, _VALUES).map("-".join)
_STEPS = st.sampled_from(["", "", "/1", "/2", "/6", "/12", "/30", "/59"])
_PARTS = st.tuples(st.just("*") | _VALUES | _ENDS, _STEPS).map("".join)


@given(st.integers(0, 4), st.lists(_PARTS, min_size=1, max_size=2))
def test_what_the_settings_accept_the_schedule_runs_by(place: int, parts: list[str]) -> None:
    fields = ["*"] * 5
    fields[place] = ",".join(parts)
    try:
        line = cron_line(" ".join(fields))
    except ValueError:
        return
    CronTrigger.from_crontab(line)


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_TOKEN", f" {TOKEN}\n")
    assert read_token(load().settings).get_secret_value() == TOKEN


def test_the_token_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    monkeypatch.setenv("JIANBAO_TOKEN_FILE", str(path))
    assert read_token(load().settings).get_secret_value() == TOKEN


def test_a_token_beside_bot_yml_is_found_by_itself(folder: Path) -> None:
    write(folder, f"{TOKEN}\n", "token")
    assert read_token(load().settings).get_secret_value() == TOKEN


@pytest.mark.parametrize("name", ["TOKEN", "TOKEN_FILE"])
def test_a_token_that_is_named_wins_over_the_one_beside_bot_yml(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(folder, "99:of-another-bot", "token")
    named = write(tmp_path, TOKEN, "named")
    monkeypatch.setenv(f"JIANBAO_{name}", TOKEN if name == "TOKEN" else str(named))
    assert read_token(load().settings).get_secret_value() == TOKEN


def test_a_token_beside_bot_yml_that_is_none_is_told_by_its_name(folder: Path) -> None:
    path = write(folder, "two words", "token")
    with pytest.raises(BadInput, match=rf"^{re.escape(str(path))}: is not a token"):
        read_token(load().settings)


def test_without_a_token_one_learns_where_to_get_it() -> None:
    with pytest.raises(BadInput, match=r"^JIANBAO_TOKEN: .*@BotFather.*jianbao demo"):
        read_token(load().settings)


@pytest.mark.parametrize("content", [b"", b"\n", b"two words", b"\xff\xfe", "１２：全角".encode()])
def test_a_file_that_holds_no_token_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "token"
    path.write_bytes(content)
    monkeypatch.setenv("JIANBAO_TOKEN_FILE", str(path))
    with pytest.raises(
        BadInput, match=rf"^JIANBAO_TOKEN_FILE: {re.escape(str(path))}: (is not a token|cannot be)"
    ):
        read_token(load().settings)


def test_a_token_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JIANBAO_TOKEN_FILE", str(tmp_path / "gone"))
    with pytest.raises(BadInput, match="No such file"):
        read_token(load().settings)


def test_no_secret_is_in_a_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_TOKEN", TOKEN)
    monkeypatch.setenv("JIANBAO_DATABASE_URL", "postgresql+asyncpg://bot:pa55word@db/jianbao")
    configuration = load()
    token = read_token(configuration.settings)
    for text in map(str, (configuration, configuration.settings, token, configuration.settings.model_dump())):
        assert TOKEN not in text
        assert "pa55word" not in text
    assert TOKEN not in repr(configuration) + repr(token) + configuration.settings.model_dump_json()


@pytest.mark.parametrize(
    "name",
    ["TOKEN", "DELIVERY__RATE", "API_URL", "LOG__LEVEL", "WEB__PORT", "DATABSE_URL", "SCHEDULE__READ__EVERY"],
)
def test_no_error_repeats_what_stands_in_a_variable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Somebody may have put the token into the wrong one, or two words into the right one."""
    monkeypatch.setenv(f"JIANBAO_{name}", f"{TOKEN} {TOKEN}")
    with pytest.raises(BadInput) as refused:
        read_token(load().settings)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_copy_of_the_shipped_folder_reads_as_the_shipped_one(folder: Path) -> None:
    shutil.copytree(shipped("config"), folder, dirs_exist_ok=True)
    copied = load()
    assert copied.settings == Settings(config=folder)
    assert len(tuple(copied.topics)) == 30


def test_a_key_that_stands_twice_is_named_with_its_line(folder: Path) -> None:
    path = write(folder, "delivery: {rate: 20}\nlog: {level: info}\ndelivery: {rate: 30}\n")
    assert refusal() == f"{path}:3: invalid YAML: the key delivery occurs twice"


def test_a_variable_wins_over_the_file_and_an_empty_one_over_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "delivery:\n  rate: 7\n  per_chat: 2\n")
    monkeypatch.setenv("JIANBAO_DELIVERY__RATE", "9")
    monkeypatch.setenv("jianbao_delivery__per_chat", "")
    monkeypatch.setenv("jianbao_schedule__read__every", "3")
    settings = load().settings
    assert (settings.delivery.rate, settings.delivery.per_chat, settings.schedule.read.every) == (9, 2, 3)


def test_a_section_that_is_none_is_refused_whatever_the_variables_say(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "delivery: quick\n")
    monkeypatch.setenv("JIANBAO_DELIVERY__RATE", "9")
    with pytest.raises(BadInput, match="delivery"):
        load()


@pytest.mark.parametrize("value", ["2026-03-99", "2026-13-01", "2026-02-30 25:00:00"])
def test_a_day_that_there_is_not_is_named_with_its_file(folder: Path, value: str) -> None:
    path = write(folder, f"delivery:\n  rate: {value}\n")
    assert refusal().startswith(f"{path}:2: invalid YAML")


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ('"08:30"', time(8, 30)),
        ("08:30", time(8, 30)),
        ("8:05", time(8, 5)),
        ("18:30", time(18, 30)),
        ("'0:00'", time()),
        ("23:59", time(23, 59)),
        ("null", None),
    ],
)
def test_the_hour_of_a_day_is_meant_however_yaml_reads_it(
    folder: Path, written: str, hour: time | None
) -> None:
    write(folder, f"publishing: {{at: {written}}}")
    assert load().settings.publishing.hour == hour


@pytest.mark.parametrize(
    "written", ["8", "24:00", '"8.30"', "08:60", "morning", "'8:30 am'", "18:30:00", "0830"]
)
def test_what_is_no_hour_of_a_day_is_refused_with_the_right_way_to_write_it(
    folder: Path, written: str
) -> None:
    write(folder, f"publishing: {{at: {written}}}")
    with pytest.raises(BadInput, match=r'publishing\.at: .* is no hour of the day; write it as "08:30"'):
        load()
