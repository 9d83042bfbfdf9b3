"""Which proxy the bot takes: its own, or the environment's by the rules that other programs have."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.errors import BadInput
from bot.settings import Settings, passwords_of, proxy_place, read_proxy
from bot.settings.files import explained
from bot.settings.sections import TelegramSettings

OF_ALL = {"ALL_PROXY": "socks5h://all:1080"}
REASON = "must be http://, https:// or socks5://, perhaps user:password@, then host:port"
OWN = "socks5://reader:p%40ss@own:1080"


def chosen(
    environment: dict[str, str], api_url: str = "https://api.telegram.org", **own: object
) -> str | None:
    telegram = TelegramSettings.model_validate(own)
    found = read_proxy(Settings(api_url=api_url, telegram=telegram), environment)
    return found.get_secret_value() if found else None


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        (OF_ALL, "socks5://all:1080"),
        (OF_ALL | {"HTTPS_PROXY": "http://web:3128/"}, "http://web:3128"),
        (OF_ALL | {"HTTP_PROXY": "http://web:3128"}, "socks5://all:1080"),
        (OF_ALL | {"https_proxy": "small:3128", "HTTPS_PROXY": "http://large:3128"}, "http://small:3128"),
        (OF_ALL | {"HTTPS_PROXY": ""}, "socks5://all:1080"),
        (OF_ALL | {"NO_PROXY": "example.com, .telegram.org"}, None),
        (OF_ALL | {"no_proxy": "*"}, None),
        (OF_ALL | {"NO_PROXY": "example.com,,gram.org,10.0.0.0/8"}, "socks5://all:1080"),
    ],
)
def test_the_environments_proxy(environment: dict[str, str], proxy: str | None) -> None:
    assert chosen(environment) == proxy


@pytest.mark.parametrize("api_url", ["http://127.0.0.1:8081", "http://localhost:8081", "http://[::1]:8081"])
def test_a_server_on_this_machine_is_asked_without_the_environments_proxy(api_url: str) -> None:
    assert chosen(OF_ALL | {"HTTP_PROXY": "http://web:3128"}, api_url) is None
    assert chosen(OF_ALL, api_url, proxy=OWN) == OWN


def test_a_network_may_be_excluded() -> None:
    assert chosen(OF_ALL | {"NO_PROXY": "10.0.0.0/8"}, "http://10.1.2.3:8081") is None


def test_the_settings_win_and_of_them_the_address_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "proxy"
    file.write_text("https://filed:443\n", "utf-8")
    assert chosen(OF_ALL, proxy_file=file) == "https://filed:443"
    assert chosen(OF_ALL, proxy_file=file, proxy=OWN) == OWN


@pytest.mark.parametrize(
    "address",
    ["proxy:3128", "ftp://proxy:21", "http://", "http://u:secret@proxy:70000", "socks5://u:secret@p:1/x"],
)
def test_what_is_no_proxy_is_refused_without_its_password(address: str, tmp_path: Path) -> None:
    file = tmp_path / "proxy"
    file.write_text(address, "utf-8")
    with pytest.raises(BadInput) as refused:
        chosen({}, proxy_file=file)
    assert str(refused.value) == f"telegram.proxy_file: {file}: {REASON}"
    with pytest.raises(ValidationError) as invalid:
        Settings.model_validate({"telegram": {"proxy": address}})
    said = explained(invalid.value, Settings, "bot.yml")
    assert str(said) == f"bot.yml: telegram.proxy: {REASON}"


def test_a_variable_that_holds_no_address_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        chosen({"ALL_PROXY": "ftp://u:secret@proxy:21"})
    assert str(refused.value) == f"ALL_PROXY: {REASON}"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        chosen({}, proxy_file=tmp_path / "none")


@pytest.mark.parametrize(
    ("given", "environment", "place"),
    [
        ({"proxy": SecretStr(OWN)}, {"HTTPS_PROXY": "http://web:3128"}, "telegram.proxy"),
        (
            {"proxy_file": Path("/etc/proxy")},
            {"HTTPS_PROXY": "http://web:3128"},
            "telegram.proxy_file: /etc/proxy",
        ),
        ({}, {"https_proxy": "http://web:3128"}, "https_proxy"),
        ({}, OF_ALL | {"HTTPS_PROXY": ""}, "ALL_PROXY"),
        ({}, {}, "telegram.proxy"),
    ],
)
def test_where_the_proxy_is_named_is_known(
    given: dict[str, Any], environment: dict[str, str], place: str
) -> None:
    assert proxy_place(Settings(telegram=TelegramSettings(**given)), environment) == place


def test_its_password_is_shown_nowhere() -> None:
    settings = Settings(telegram=TelegramSettings(proxy=SecretStr(OWN)))
    assert "p%40ss" not in repr(settings) + str(settings.model_dump()) + settings.model_dump_json()
    assert passwords_of(settings.telegram.proxy) == ("p%40ss", "p@ss")
    assert passwords_of(SecretStr("http://proxy:3128")) == passwords_of(None) == ()
