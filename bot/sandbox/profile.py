"""What the bot tells about itself: its names, descriptions, commands and menu buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.chat import Group, Pair, Person
from bot.sandbox.state import Json

Commands = tuple[Json, ...]


_FIRST_NAME = "Jianbao"  # as @BotFather was told


@dataclass(frozen=True, slots=True, kw_only=True)
class BotTexts:
    """What people of one language read about the bot; empty where nothing is said."""

    name: str
    description: str
    short_description: str


@dataclass(slots=True, kw_only=True)
class BotProfile:
    """The bot's public face; the texts are kept per language code ("" for everybody else)."""

    id: int
    username: str
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name shown to everybody without one in their own language."""
        return self.text("name", "")

    def text(self, kind: str, language: str) -> str:
        """``name``, ``description`` or ``short_description`` in a language, else the general one."""
        texts = self.texts.get(kind, {})
        return texts.get(language) or texts.get("") or (_FIRST_NAME if kind == "name" else "")

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Say it in a language from now on; an empty text takes away what was said in it."""
        texts = self.texts.setdefault(kind, {})
        texts.pop(language, None)
        if text:
            texts[language] = text

    def read_in(self, language: str) -> BotTexts:
        """All texts as people of a language read them, with a region or script or without."""
        language = language[:2]
        return BotTexts(
            name=self.text("name", language),
            description=self.text("description", language),
            short_description=self.text("short_description", language),
        )

    def menu_button(self, chat_id: int | None) -> Json:
        """The menu button of a chat, else the one of all chats."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(None) or {"type": "commands"}

    def commands_for(self, party: Person | Group | Pair) -> Commands:
        """The command list that a chat shows: the narrowest scope that has one, own language first."""
        found = (self.commands.get(key) for key in _scopes_seen_by(party))
        return next(filter(None, found), ())

    def as_json(self) -> Json:
        """A Bot API ``User``."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


def scope_key(scope: Json) -> str:
    """A ``BotCommandScope`` as one word, equal for equal scopes."""
    parts = (scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id"))
    return ":".join(str(part) for part in parts if part is not None)


def _scopes_seen_by(party: Person | Group | Pair) -> Iterator[tuple[str, str]]:
    if isinstance(party, Pair):
        return
    language = party.language_code if isinstance(party, Person) else None
    everywhere = "all_private_chats" if isinstance(party, Person) else "all_group_chats"
    for scope in (f"chat:{party.id}", everywhere, "default"):
        yield scope, (language or "")[:2]
        yield scope, ""
