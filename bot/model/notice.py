"""A notice: a word to readers that is no issue, kept where issues are and told from them by its slug."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.model.cut import Cut, Language, Written, text_language

#: What the slug of a notice begins with; that of an issue has no colon.
NOTICE = "notice:"


def is_notice(slug: str) -> bool:
    """Whether a slug names a notice."""
    return slug.startswith(NOTICE)


def notice_slug(day: date, number: int) -> str:
    """The slug of the first, second … notice of a day."""
    return f"{NOTICE}{day}" + (f"-{number}" if number > 1 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A text in Markdown for each language, and for others that in ``otherwise``, where it is named.

    It is for all who get issues or, if there are ``topics``, for those of them who follow one.
    """

    texts: Mapping[Written, str]
    otherwise: Written | None = None
    topics: tuple[str, ...] = ()

    def text(self, language: Language) -> str:
        """What somebody who reads in a language gets; who has changed it since gets a text all the same."""
        known = (self.texts.get(one) for one in (text_language(language), self.otherwise, *self.texts) if one)
        return next(text for text in known if text is not None)

    def is_for(self, cut: Cut) -> bool:
        """Whether it is for somebody who has chosen this."""
        return not self.topics or not set(self.topics).isdisjoint(cut.topics)

    def lacks(self, language: Language) -> bool:
        """Whether there is nothing to read for somebody who reads in a language."""
        return text_language(language) not in self.texts and self.otherwise is None

    @property
    def as_text(self) -> str:
        """All of it, as it is kept."""
        kept = {"texts": dict(self.texts), "otherwise": self.otherwise, "topics": self.topics}
        return json.dumps(kept, ensure_ascii=False)

    @property
    def checksum(self) -> str:
        """A SHA-256 in hexadecimal digits; two notices that say the same have the same one."""
        return hashlib.sha256(self.as_text.encode()).hexdigest()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The notice that :attr:`as_text` wrote."""
        kept = json.loads(text)
        return cls(texts=kept["texts"], otherwise=kept["otherwise"], topics=tuple(kept["topics"]))
