"""What is known of inline queries: which wait for the bot, what it answered, and for how long that holds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.state import Entity, Json, Preview

ANSWERED_WITHIN = timedelta(seconds=10)  # later than that, the query is too old

Place = tuple[int, int]  #: a person, and the chat where they type


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineResult:
    """A row of the list above the text box, and the message that is posted when it is picked.

    ``text``, ``entities``, ``preview`` and ``reply_markup`` are the message's; ``html`` is the text as the
    bot wrote it.
    """

    result_id: str
    title: str
    text: str
    html: str
    description: str = ""
    url: str = ""
    thumbnail_url: str = ""
    entities: tuple[Entity, ...] = ()
    preview: Preview | None = None
    reply_markup: Json | None = None

    def as_json(self) -> Json:
        """The row for the page."""
        return {
            "id": self.result_id,
            "title": self.title,
            "description": self.description,
            "url": self.url,
            "thumbnail_url": self.thumbnail_url,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineButton:
    """The button above the results: it leads to the chat with the bot and starts it with the parameter."""

    text: str
    start_parameter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    """What a person sees of an answer. ``next_offset`` asks for more; empty if that was all.

    ``cached``: Telegram knew the answer, and the bot was not asked.
    """

    results: tuple[InlineResult, ...]
    next_offset: str = ""
    button: InlineButton | None = None
    cached: bool = False

    def as_json(self) -> Json:
        """The list for the page."""
        button = self.button
        return {
            "results": [result.as_json() for result in self.results],
            "next_offset": self.next_offset,
            "button": button and {"text": button.text, "start_parameter": button.start_parameter},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineQuery:
    """A query that the bot was asked at ``at``."""

    query_id: str
    person_id: int
    text: str
    offset: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class InlineQueries:
    """The inline queries of all people; ``enabled`` is whether inline mode is on.

    ``answers`` and ``refusals`` are kept by query: what the bot answered, and why that was not taken.
    """

    enabled: bool = True
    asked: dict[str, InlineQuery] = field(default_factory=dict)
    answers: dict[str, InlineAnswer] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    _cache: dict[tuple[int | None, str, str], tuple[datetime, InlineAnswer]] = field(default_factory=dict)
    _shown: dict[Place, tuple[str, dict[str, InlineResult]]] = field(default_factory=dict)

    def open(self, query_id: str, now: datetime) -> InlineQuery | None:
        """The query, if it can still be answered."""
        query = self.asked.get(query_id)
        return query if query and query_id not in self.answers and now - query.at <= ANSWERED_WITHIN else None

    def answer(self, query: InlineQuery, answer: InlineAnswer, *, until: datetime, is_personal: bool) -> None:
        """Give the answer to who asked, and until then to all who ask the same (personal: to them)."""
        self.answers[query.query_id] = answer
        self._cache[(query.person_id if is_personal else None, query.text, query.offset)] = until, answer

    def cached(self, person_id: int, text: str, offset: str, now: datetime) -> InlineAnswer | None:
        """An answer that still holds for that person."""
        for key in ((person_id, text, offset), (None, text, offset)):
            until, answer = self._cache.get(key, (now, None))
            if answer and now < until:
                return answer
        return None

    def show(self, place: Place, text: str, offset: str, answer: InlineAnswer) -> None:
        """Let a person see results, below those that they see already if it is a further page of them."""
        before, rows = self._shown.get(place, ("", {}))
        kept = rows if offset and before == text else {}
        self._shown[place] = text, kept | {result.result_id: result for result in answer.results}

    def seen(self, place: Place, result_id: str) -> InlineResult | None:
        """The result, if a person sees it."""
        return self._shown.get(place, ("", {}))[1].get(result_id)
