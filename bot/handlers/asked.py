"""What an update of Telegram asks for."""

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.handlers.request import Request
from bot.handlers.threads import thread_of, topic_name
from bot.messages import Button, Buttons
from bot.model import Language
from bot.model.spoken import language_of

MOST_WORDS = 256  #: characters of what somebody typed that are looked at
MOST_REPLIED = 4096  #: of what somebody was asked for: as much as a message holds
_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


def request_in(update: Update, words: str, most: int = MOST_WORDS) -> Request | None:
    """What the update asks for, without the subscriber yet; None if it does not come from a chat.

    None also if somebody else than a private chat's person did it.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or (chat.type == ChatType.PRIVATE and user is not None and user.id != chat.id):
        return None
    tapped = update.callback_query.message if update.callback_query else None
    replied = update.message.reply_to_message if update.message else None
    return Request(
        chat_id=chat.id,
        words=words[:most],
        language=reader_language(update),
        app_language=_app_language(update),
        subscriber=None,
        message_id=tapped.message_id if tapped else None,
        buttons=_buttons(tapped.reply_markup) if isinstance(tapped, Message) else (),
        person=update.effective_user.id if update.effective_user else None,
        question=update.message.message_id if update.message and chat.type in _GROUPS else None,
        replied_to=replied.message_id if replied else None,
        replied_buttons=_buttons(replied.reply_markup) if replied else (),
        thread=thread_of(update),
        topic_name=topic_name(update),
    )


def _buttons(keyboard: InlineKeyboardMarkup | None) -> Buttons:
    """The buttons of a keyboard that we can make again."""
    rows = keyboard.inline_keyboard if keyboard else ()
    made = (
        tuple(Button(one.text, data=str(one.callback_data)) for one in row if one.callback_data)
        for row in rows
    )
    return tuple(row for row in made if row)


def text_of(update: Update) -> str:
    """What somebody wrote; empty if it is no text."""
    message = update.effective_message
    return (message.text if message else None) or ""


def reader_language(update: Update) -> Language:
    """Which of our languages is nearest to that of the person's app."""
    return _app_language(update) or language_of("zh")


def _app_language(update: Update) -> Language | None:
    code = update.effective_user.language_code if update.effective_user else None
    return language_of(code) if code else None


def is_in_channel(update: Update) -> bool:
    """Whether it is in a channel, where anybody may tap what then comes to everybody."""
    return update.effective_chat is not None and update.effective_chat.type == ChatType.CHANNEL
