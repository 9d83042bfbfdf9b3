"""The webhook's address and secret: what cannot be is refused when the configuration is read."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.errors import BadInput
from bot.settings import Settings, read_webhook_secret
from bot.settings.files import explained

TOKEN = SecretStr("123456:AAH-secret_of_the_bot")
OWN = "http://127.0.0.1:8081"


def made(url: str, *, api_url: str = "https://api.telegram.org", **webhook: object) -> Settings:
    return Settings.model_validate({"api_url": api_url, "telegram": {"webhook": {"url": url, **webhook}}})


def refusal(url: str, *, api_url: str = "https://api.telegram.org") -> str:
    with pytest.raises(ValidationError) as refused:
        made(url, api_url=api_url)
    return str(explained(refused.value, Settings, "bot.yml"))


@pytest.mark.parametrize(
    "url",
    [
        "bot.example",
        "https://",
        "ftp://bot.example",
        "https://u:p@bot.example",
        "https://b/?x",
        "https://b:x",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    reason = "must be an https:// address with a host, and without a password, ? or #"
    assert refusal(url, api_url=OWN) == f"bot.yml: telegram.webhook.url: {reason}"


@pytest.mark.parametrize("url", ["http://bot.example/x", "https://bot.example:8080/x"])
def test_what_telegram_would_not_take_a_server_of_ones_own_does(url: str) -> None:
    assert refusal(url) == "bot.yml: telegram.webhook.url: must be https://, at port 443, 80, 88 or 8443"
    assert made(url, api_url=OWN).telegram.webhook.url == url


def test_without_a_file_the_secret_is_made_from_the_token_and_says_nothing_of_it() -> None:
    settings = made("https://bot.example/x")
    secret = read_webhook_secret(settings, TOKEN).get_secret_value()
    assert secret == read_webhook_secret(settings, TOKEN).get_secret_value()
    assert len(secret) == 64
    assert secret != read_webhook_secret(settings, SecretStr("123456:another")).get_secret_value()


def test_a_file_holds_the_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    settings = made("https://bot.example/x", secret_file=file)
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        read_webhook_secret(settings, TOKEN)
    for bad in ("", "short", "with a blank in its middle", "x" * 257):
        file.write_text(bad, "utf-8")
        with pytest.raises(BadInput) as refused:
            read_webhook_secret(settings, TOKEN)
        assert str(refused.value) == (
            f"telegram.webhook.secret_file: {file}: must hold 16 to 256 letters, digits, _ or -"
        )
    file.write_text("sixteen-letters_\n", "utf-8")
    assert read_webhook_secret(settings, TOKEN).get_secret_value() == "sixteen-letters_"
