"""The second reader: off where nobody names it, whole where somebody does, and its key is shown to nobody."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.errors import BadInput
from bot.settings import Settings, proxy_of_environment, read_reader_key
from bot.settings.files import explained
from bot.settings.secrets import all_secrets

HERE = {"url": "http://127.0.0.1:11434/v1/", "model": "small"}
KEY = "sk-opens-nothing"


def settings(**reader: object) -> Settings:
    return Settings.model_validate({"topics": {"reader": reader}})


def refused(**reader: object) -> str:
    with pytest.raises(ValidationError) as raised:
        settings(**reader)
    return str(explained(raised.value, Settings, "bot.yml"))


def test_it_is_off_by_default() -> None:
    assert Settings().topics.reader.url is None


def test_an_address_and_a_model_are_enough() -> None:
    reader = settings(**HERE).topics.reader
    assert (reader.url, reader.model) == ("http://127.0.0.1:11434/v1", "small")


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        ({"url": "http://127.0.0.1:1/v1"}, "bot.yml: topics.reader: model: is missing"),
        ({"model": "small"}, "bot.yml: topics.reader: url: is missing"),
        ({"key_file": "key"}, "bot.yml: topics.reader: url: is missing"),
        (HERE | {"url": "ftp://host/v1"}, "bot.yml: topics.reader.url: must be an http:// or https://"),
        (HERE | {"url": "https://me:secret@host/v1"}, "bot.yml: topics.reader.url: must be an http:// or"),
        (HERE | {"url": "file:///etc/passwd"}, "bot.yml: topics.reader.url: must be an http:// or https://"),
        (
            HERE | {"url": "http://host/v1", "key_file": "key"},
            "bot.yml: topics.reader: key_file: over http:// anybody on the way could read the key",
        ),
        (HERE | {"timeout": 0}, "bot.yml: topics.reader.timeout: "),
    ],
)
def test_what_cannot_be_is_one_line_without_a_value(reader: dict[str, object], told: str) -> None:
    message = refused(**reader)
    assert message.startswith(told)
    assert "secret" not in message


def test_the_key_comes_from_its_file_and_is_among_the_secrets(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", "utf-8")
    found = settings(**HERE, key_file=file)
    assert read_reader_key(found) == SecretStr(KEY)
    assert KEY not in repr(read_reader_key(found)) + repr(found)
    assert KEY in all_secrets(found, SecretStr("616161:token"))


def test_without_a_file_there_is_no_key() -> None:
    assert read_reader_key(settings(**HERE)) is None


@pytest.mark.parametrize("text", ["", "one\ntwo\n"])
def test_a_file_that_holds_no_key_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=r"topics\.reader\.key_file: .*: must hold one line"):
        read_reader_key(settings(**HERE, key_file=file))


def test_the_way_to_it_is_by_the_proxy_of_the_environment() -> None:
    url = "https://models.example/v1"
    assert proxy_of_environment(url, {"HTTPS_PROXY": "http://web:3128"}) == SecretStr("http://web:3128")
    assert proxy_of_environment("http://127.0.0.1:11434/v1", {"ALL_PROXY": "socks5://own:1080"}) is None
