"""Settings that cannot be, or cannot be together, are refused with their key and the reason."""

from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.settings import configured_in, load
from bot.settings.cron import cron_line
from bot.settings.keys import Key, keys_of
from bot.settings.schema import settings_schema

TRUE = "cannot be true or false; a word such as yes or on needs quotation marks"
WEB = "must be an http:// or https:// address with a host, and without a password, ? or #"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def refusal(folder: Path, text: str, name: str = "bot.yml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with configured_in(str(folder)), pytest.raises(BadInput) as refused:
        load()
    return str(refused.value).removeprefix(f"{folder / name}: ")


def as_yaml(path: tuple[str, ...], value: str) -> str:
    *above, last = path
    opened = "".join(f"{key}: {{" for key in above)
    return f"{opened}{last}: {value}{'}' * len(above)}"


NOT_BOOLEAN = [
    key
    for key in keys_of(settings_schema())
    if not key.section and key.limits != "true or false" and not key.name.startswith(("token", "config"))
]


@pytest.mark.parametrize("key", NOT_BOOLEAN, ids=lambda key: key.name)
@pytest.mark.parametrize("value", ["true", "off"])
def test_true_and_off_are_refused_wherever_something_else_is_meant(
    folder: Path, key: Key, value: str
) -> None:
    path = key.path
    assert refusal(folder, as_yaml(path, value)) == f"{'.'.join(path)}: {TRUE}"


@pytest.mark.parametrize("key", NOT_BOOLEAN, ids=lambda key: key.name)
@pytest.mark.parametrize("value", ["' '", ".nan", "[]"])
def test_nothing_and_no_number_are_refused_everywhere(folder: Path, key: Key, value: str) -> None:
    path = key.path
    assert refusal(folder, as_yaml(path, value)).startswith(f"{'.'.join(path)}: ")


NUMBERS = [key for key in NOT_BOOLEAN if key.limits and isinstance(key.default, int | float)]


@pytest.mark.parametrize("key", NUMBERS, ids=lambda key: key.name)
def test_a_number_may_stand_in_quotation_marks_everywhere_as_in_a_variable(folder: Path, key: Key) -> None:
    (folder / "bot.yml").write_text(as_yaml(key.path, f"'{key.default}'"), encoding="utf-8")
    with configured_in(str(folder)):
        value: object = load().settings
    for name in key.path:
        value = getattr(value, name)
    assert value == key.default


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("delivery: {rate: 500}", "delivery.rate: Telegram takes more than 30 messages a second only with"),
        ("delivery: {rate: 30.5, allow_paid_broadcast: false}", "delivery.rate: Telegram takes more than 30"),
        ("api_url: 'http://'", f"api_url: {WEB}"),
        ("api_url: https:///bot", f"api_url: {WEB}"),
        ("api_url: http://:8081", f"api_url: {WEB}"),
        ("api_url: http://host:99999", f"api_url: {WEB}"),
        ("api_url: http://host:port", f"api_url: {WEB}"),
        ("api_url: http://two words", f"api_url: {WEB}"),
        ("api_url: http://[::1", f"api_url: {WEB}"),
        ("api_url: http://u:p@host", f"api_url: {WEB}"),
        ("api_url: http://host/?a=b", f"api_url: {WEB}"),
        ("api_url: 'http://1.2.3.400'", f"api_url: {WEB}"),
        ("web: {host: '0.0.0.0:8080'}", "web.host: must be the name or the IP address of a machine alone"),
        ("web: {host: 'http://localhost'}", "web.host: must be the name or the IP address of a machine"),
        ("web: {host: 1.2.3.400}", "web.host: must be the name or the IP address of a machine alone"),
        ("schedule: {timezone: Asia}", "schedule.timezone: unknown time zone 'Asia'"),
        ("privacy: {keep_ledger: 30}", "privacy.keep_ledger: what somebody missed is looked for in 90 days"),
        ("delivery: [rate]", "delivery: is a section, so keys of its own stand below it"),
    ],
)
def test_it_cannot_be(folder: Path, text: str, told: str) -> None:
    assert refusal(folder, text).startswith(told)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("digest.yml", "{extends: link-lists, issues: {level: true}}", f"issues.level: {TRUE}"),
        ("digest.yml", "{extends: link-lists, levels: {yes: section}}", f"levels: {TRUE}"),
        ("digest.yml", "{extends: link-lists, base_url: 'https://'}", f"base_url: {WEB}"),
        ("topics.yml", "{topics: {}, weights: {title: true}}", f"weights.title: {TRUE}"),
        ("topics.yml", "topics: {x: {names: {zh: 甲, en: X}, terms: [on]}}", f"topics.x.terms: {TRUE}"),
    ],
)
def test_the_same_holds_for_the_other_files(folder: Path, name: str, text: str, told: str) -> None:
    assert refusal(folder, text, name) == told


@pytest.mark.parametrize(
    "text",
    [
        "delivery: {rate: 500, allow_paid_broadcast: true}",
        "delivery: {rate: 30}",
        "api_url: http://telegram_api:8081/",
        "api_url: http://[::1]:8081",
        "api_url: https://例子.example/bots",
        "web: {host: '::'}",
        "web: {host: bot.internal}",
        "delivery:\nlog:\nschedule: {read: }",
    ],
)
def test_it_can_be(folder: Path, text: str) -> None:
    (folder / "bot.yml").write_text(text, encoding="utf-8")
    with configured_in(str(folder)):
        load()


def test_what_cannot_be_together_names_the_variable_that_said_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_DELIVERY__RATE", "500")
    with pytest.raises(BadInput, match=r"^JIANBAO_DELIVERY__RATE: delivery\.rate: Telegram takes"):
        load()


@pytest.mark.parametrize(
    ("line", "never"),
    [
        ("0 9 30 2 *", "February has no day 30"),
        ("0 9 30,31 feb mon", "February has no day 30"),
        ("0 9 31 4,6,9,11 *", "April has no day 31"),
        ("*/5 * 31 */11 *", None),
        ("0 9 29 2 *", None),
        ("0 9 30 2-3 *", None),
        ("0 9 1,30 2 *", None),
        ("0 9 */30 2 *", None),
    ],
)
def test_a_line_whose_moment_never_comes_is_refused(line: str, never: str | None) -> None:
    if never is None:
        assert cron_line(line) == line
        return
    with pytest.raises(ValueError, match=f"^its moment never comes: {never}$"):
        cron_line(line)
