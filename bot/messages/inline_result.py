"""What people pick from when they ask the bot inside another chat, and what is posted there then."""

from dataclasses import dataclass

from bot.messages.links import accepted, with_scheme
from bot.messages.markup import clean
from bot.messages.message import Message

#: Telegram takes so many bytes as the id of a result.
_MOST_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineResult:
    """A line to pick, and the ``message`` that is posted. ``name`` tells it from others of an answer."""

    name: str
    title: str
    description: str
    message: Message
    thumbnail: str | None = None

    def as_parameter(self) -> dict[str, object]:
        """The Bot API's InlineQueryResultArticle."""
        posted = self.message.params()
        content = {"message_text": posted["text"], "parse_mode": posted["parse_mode"]}
        content["link_preview_options"] = posted["link_preview_options"]
        made: dict[str, object] = {
            "type": "article",
            "id": self.name.encode()[:_MOST_ID].decode(errors="ignore"),
            "title": clean(self.title),
            "description": clean(self.description),
            "input_message_content": content,
        }
        if "reply_markup" in posted:
            made["reply_markup"] = posted["reply_markup"]
        if self.thumbnail and accepted(self.thumbnail):
            made["thumbnail_url"] = with_scheme(self.thumbnail)
        return made
