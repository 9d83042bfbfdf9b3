"""The secret that Telegram shows with each update, so that nobody else can bring one."""

import hashlib
import hmac
import re

from pydantic import SecretStr

from bot.errors import BadInput
from bot.settings.files import read_secret
from bot.settings.values import Settings

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_PURPOSE = b"jianbao: secret of the webhook"


def read_webhook_secret(settings: Settings, token: SecretStr) -> SecretStr:
    """What ``telegram.webhook.secret_file`` holds; without it, one that only who has the token can make.

    All replicas make the same, and it says nothing of the token. Raises BadInput if the file holds no secret.
    """
    file = settings.telegram.webhook.secret_file
    if file is None:
        made = hmac.new(token.get_secret_value().encode(), _PURPOSE, hashlib.sha256)
        return SecretStr(made.hexdigest())
    where = f"telegram.webhook.secret_file: {file}"
    secret = read_secret(file, where)
    if not _SECRET.fullmatch(secret):
        raise BadInput("must hold 16 to 256 letters, digits, _ or -", where=where)
    return SecretStr(secret)
