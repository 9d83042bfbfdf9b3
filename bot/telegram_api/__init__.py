"""Telegram's Bot API: sending, fetching updates, and what its errors make us do."""

from bot.telegram_api.account import Account, WebhookState, ask_account
from bot.telegram_api.chat_commands import ChatCommands
from bot.telegram_api.chats import Chats
from bot.telegram_api.client import Client, make_client
from bot.telegram_api.failures import translate
from bot.telegram_api.inline import InlineAnswers
from bot.telegram_api.polling import Poller
from bot.telegram_api.proxy import Proxy
from bot.telegram_api.public_profile import PublicProfile, PublicTexts
from bot.telegram_api.sender import Sender
from bot.telegram_api.token_check import TokenCheck
from bot.telegram_api.transport import Timeouts, Transport
from bot.telegram_api.webhook import Webhook, WebhookKeeper

__all__ = [
    "Account",
    "ChatCommands",
    "Chats",
    "Client",
    "InlineAnswers",
    "Poller",
    "Proxy",
    "PublicProfile",
    "PublicTexts",
    "Sender",
    "Timeouts",
    "TokenCheck",
    "Transport",
    "Webhook",
    "WebhookKeeper",
    "WebhookState",
    "ask_account",
    "make_client",
    "translate",
]
