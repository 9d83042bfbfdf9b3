"""In which language a chat is told things that it did not ask for."""

from bot.errors import StoreError
from bot.model import Destination, Language
from bot.storage import Subscribers
from bot.storage.role_chats import RoleChat


async def language_of(chat: RoleChat, subscribers: Subscribers, otherwise: Language) -> Language:
    """That of who claimed it; where nobody did, the one that it reads issues in, if it does."""
    if chat.language:
        return chat.language
    try:
        subscriber = await subscribers.get(Destination(chat.chat_id))
    except StoreError:
        subscriber = None
    return subscriber.cut.language if subscriber else otherwise
