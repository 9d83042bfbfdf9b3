"""Updates as anybody could make them who had Telegram's place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bot.runtime.clock import utc_now
from tests.nightly import NIGHTLY
from tests.security.room import ADMINISTRATOR

OWNER, OTHER, STRANGER, MEMBER = 501, 502, 503, 702
GROUP, CHANNEL = -1001, -1002
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, and in which chat; ``sender`` is the chat in whose name it is written.

    ``says_at`` is when, in seconds since 1970; None: now.
    """

    who: int
    chat: int
    kind: str = "private"
    sender: int | None = None
    title: str = "读者群"
    name: str = "小林"
    language: str = "zh-hans"
    says_at: int | None = None

    def taps(self, data: str | None, **more: object) -> dict[str, Any]:
        """A tap on a button with this data, under a message of the bot."""
        message = {"message_id": 9, "date": 1, "chat": self._chat(), "text": "x"}
        query = {"id": "1", "from": self._from(), "chat_instance": "1", "message": message, "data": data}
        return self._update("callback_query", {k: v for k, v in (query | more).items() if v is not None})

    def says(self, text: str, kind: str = "message") -> dict[str, Any]:
        """A text; a command if it begins as one."""
        length = len(text.split(maxsplit=1)[0]) if text.strip() else 0
        entities = [{"type": "bot_command", "offset": 0, "length": length}] if text.startswith("/") else []
        entities += [
            {"type": "mention", "offset": found.start(), "length": len(found[0])}
            for found in re.finditer(r"(?<!\S)@\w+", text)
        ]
        sender = {} if self.sender is None else {"sender_chat": replace(self, chat=self.sender)._chat()}
        said = {
            "message_id": 8,
            "date": int(utc_now().timestamp()) if self.says_at is None else self.says_at,
            "chat": self._chat(),
            "text": text,
            "entities": entities,
        }
        who = {} if self.kind == "channel" else {"from": self._from()}
        return self._update(kind, said | who | sender)

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": self.kind, "title": self.title}

    def _from(self) -> dict[str, Any]:
        return {"id": self.who, "is_bot": False, "first_name": self.name, "language_code": self.language}

    @staticmethod
    def _update(kind: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"update_id": next(_numbers), kind: body}


OWNS = Actor(who=OWNER, chat=OWNER)
INTRUDES = Actor(who=OTHER, chat=OWNER)  #: which Telegram rules out
IS_STRANGE = Actor(who=STRANGER, chat=STRANGER)
IS_MEMBER = Actor(who=MEMBER, chat=GROUP, kind="supergroup")
ADMINISTERS = Actor(who=ADMINISTRATOR, chat=GROUP, kind="supergroup")
WATCHES = Actor(who=STRANGER, chat=CHANNEL, kind="channel")


def damaged(*real: str) -> Iterator[str]:
    """What may stand behind a verb that nobody put there: cut, overlong, foreign."""
    for one in real:
        yield from (one[:-1], f"{one}:{one}", f"-{one}\x00")
    yield from ("", "::::", "~" + "f" * 64, "0:0", "-1", "9" * 19, "9" * 256, "٣", "9-9", "language:xx")
    yield from ('"<b>x</b>', '"' + "量" * 200, "\u202e", "{0.__class__}")
    if NIGHTLY:
        yield from ("~", "a0", "²", "%zz", "x" * 4096, "' OR 1=1 --", "../../etc", "show:nothing", "\n\n")
