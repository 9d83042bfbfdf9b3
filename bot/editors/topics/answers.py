"""Answers of editors, kept as lines of JSON from which ``jianbao topics fit`` learns.

Each has the words of the item as they were, so that it is worth something when the issue is gone.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from bot.editors.topics.questions import Question
from bot.errors import BadInput
from bot.model import Flash, Item, Line, RichText, Span, plain

#: The file that answers about the issues of a folder stand in, beside these.
ANSWERS = "topics.answers.jsonl"


class Answer(BaseModel):
    """What an editor said of a topic of an item; ``yes`` is None where he took it back.

    ``title`` and ``tags`` are an item's, ``subject`` is that of a bullet of the flash news.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    at: AwareDatetime
    issue: str
    item: str
    topic: str
    yes: bool | None
    flash: bool = False
    title: str | None = None
    subject: str | None = None
    tags: tuple[str, ...] = ()
    text: str = ""

    @property
    def line(self) -> str:
        """The answer as it stands in the file, with the end of the line."""
        return f"{self.model_dump_json(exclude_defaults=True)}\n"

    @property
    def thing(self) -> Item | Flash:
        """The item or flash as its words were."""
        if self.flash:
            return Flash(subject=self.subject, text=_rich(self.text))
        return Item(
            id=self.item,
            title=self.title,
            url=None,
            source=None,
            tags=self.tags,
            links=(),
            summary=_rich(self.text),
            line=0,
        )


def answer_to(question: Question, *, issue: str, yes: bool | None, at: datetime) -> Answer:
    """The answer to a question about an issue, by its slug."""
    thing = question.thing
    of_item = {"title": thing.title, "tags": thing.tags} if isinstance(thing, Item) else {}
    of_flash = {"flash": True, "subject": thing.subject} if isinstance(thing, Flash) else {}
    text = plain(thing.summary if isinstance(thing, Item) else thing.text)
    return Answer.model_validate(
        {"at": at, "issue": issue, "item": question.key, "topic": question.topic, "yes": yes, "text": text}
        | of_item
        | of_flash
    )


def read_answers(text: str, *, where: str) -> tuple[Answer, ...]:
    """The answers in a file. Raises BadInput, which names ``where`` it lies and the line."""
    return tuple(_answers(text, where))


def _answers(text: str, where: str) -> Iterator[Answer]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield Answer.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False, include_context=False, include_input=False)[0]
                key = ".".join(map(str, first["loc"]))
                reason = f"is no answer ({': '.join(filter(None, (key, first['msg'])))}); remove the line"
                raise BadInput(reason, where=f"{where}:{number}") from None


def standing(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Of several about one topic of an item the last, and none that was taken back."""
    last = {(one.issue, one.item, one.topic): one for one in answers}
    return tuple(one for one in last.values() if one.yes is not None)


def _rich(text: str) -> RichText:
    return tuple(Line(spans=(Span(text=line),)) for line in text.split("\n")) if text else ()
