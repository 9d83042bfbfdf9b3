"""The second reader is asked beside all else: what it is asked, what it costs, and when it is away."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import BaseTestServer
from structlog.testing import capture_logs

from bot.digest.topics.classifier import Classifier
from bot.editors.second_reader.client import ReaderAway, ReaderClient, ReaderServer
from bot.editors.second_reader.reader import BATCH, SecondReader
from bot.editors.topics.questions import questions
from bot.model import Issue, IssueRecord, IssueState
from bot.runtime.second_reader import Proposals
from bot.runtime.second_reading import FIRST_WAIT, REST, STILL_CHANGES, SecondReading
from bot.storage import Access, Storage, open_database
from tests.builders import NOON
from tests.digest.shipped import issue_of, read, topics
from tests.editors.second_reader.server import MODEL, ChatServer, raw, saying
from tests.storage.rows import record

SLUG = "2026-03-02"
TEXT = issue_of(
    "- [一篇讲处理器的文章 | 某站](https://example.com/1)\n摘要：首先。后来是量化，又是int8。\n",
    "- [别的 | 某站](https://example.com/2)\n摘要：先说别的。显卡也有。\n",
)
MONTH = "2026-03"


class Enough(BaseException):
    """Ends what ends never."""


@dataclass
class Desk:
    """A database with issues, a model, and who asks it."""

    storage: Storage
    server: BaseTestServer
    model: ChatServer
    now: datetime = NOON
    rests: list[float] = field(default_factory=list)
    patience: int = 1
    faults: int = 0

    def reading(self, *, budget: int = 9, most: int = 12) -> SecondReading:
        """As a process does that was just started."""
        return SecondReading(
            storage=self.storage,
            read=self._read,
            classifier=Classifier(topics()),
            reader=self.reader(),
            most=most,
            requests_a_month=budget,
            now=lambda: self.now,
            sleep=self._sleep,
        )

    def reader(self) -> SecondReader:
        server = ReaderServer(url=str(self.server.make_url("/v1")), model=MODEL)
        return SecondReader(ReaderClient(server), model=MODEL, topics=topics())

    async def add(self, slug: str = SLUG, text: str = TEXT, **changes: object) -> IssueRecord:
        fields = {"state": IssueState.WAITING, "checksum": text} | changes
        one = record(slug, **fields)
        assert await self.storage.issues.add(one, text)
        return one

    async def _read(self, record: IssueRecord) -> Issue:
        if self.faults:
            self.faults -= 1
            raise ValueError("a fault")
        return Classifier(topics()).classify(read(await self.storage.issues.text(record.slug) or ""))

    async def _sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        if len(self.rests) == self.patience:
            raise Enough


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    model = ChatServer()
    async with (
        model.server() as server,
        await open_database(f"sqlite:///{tmp_path}/a.db", Access.MIGRATE) as data,
    ):
        yield Desk(storage=Storage.of(data), server=server, model=model)


async def rounds(desk: Desk, reading: SecondReading, count: int) -> None:
    """Let it run for so many looks."""
    desk.rests.clear()
    desk.patience = count
    with suppress(Enough):
        await reading.run()


async def test_what_is_uncertain_in_an_issue_to_come_is_asked_once_and_kept(desk: Desk) -> None:
    await desk.add()
    await desk.reading().look()
    await desk.reading().look()  # of a process that was started anew
    assert len(desk.model.seen) == 1
    found = questions(Classifier(topics()).classify(read(TEXT)), Classifier(topics()))
    assert len(desk.model.asked) == len(found)
    proposed = await Proposals(desk.storage, desk.reader())(found)
    assert {one.proposed for one in proposed} == {True}


async def test_nothing_is_sent_but_texts_of_the_issue_and_names_of_topics(desk: Desk) -> None:
    await desk.add()
    await desk.reading().look()
    (body,) = desk.model.seen
    assert sorted(body) == ["messages", "model", "stream"]
    assert all(text.strip() and text.splitlines()[0] in TEXT for text, _ in desk.model.asked)


async def test_of_a_changed_issue_only_what_is_new_is_asked(desk: Desk) -> None:
    await desk.add()
    reading = desk.reading()
    await reading.look()
    before = set(desk.model.asked)
    more = TEXT + "- [又一条 | 某站](https://example.com/3)\n摘要：先说别的。显卡也有，一点。\n"
    await desk.add("2026-03-03", more)
    await reading.look()
    new = desk.model.asked[len(before) :]
    assert {text.splitlines()[0] for text, _ in new} == {"又一条"}


async def test_an_issue_that_is_out_is_asked_about_for_a_week_and_the_archive_is_not(desk: Desk) -> None:
    out = {"state": IssueState.PUBLISHED}
    await desk.add("2026-01-05", published_at=NOON - STILL_CHANGES - timedelta(days=1), **out)
    await desk.reading().look()
    assert not desk.model.seen
    await desk.add("2026-03-01", published_at=NOON - timedelta(days=1), **out)
    await desk.reading().look()
    assert len(desk.model.seen) == 1


async def test_what_the_model_does_not_answer_is_no_proposal_and_is_not_asked_again(desk: Desk) -> None:
    await desk.add()
    desk.model.answers.append(saying("I would say: yes!"))
    with capture_logs() as logs:
        await desk.reading().look()
    await desk.reading().look()
    assert len(desk.model.seen) == 1
    assert [(one["event"], one["answers"]) for one in logs] == [("second_reader_asked", 0)]


async def test_the_budget_of_a_month_outlasts_a_restart_and_is_told_once(desk: Desk) -> None:
    for day in range(1, 4):
        await desk.add(f"2026-03-0{day}", TEXT.replace("首先", f"首先{day}").replace("先说", f"先说{day}"))
    with capture_logs() as logs:
        await desk.reading(budget=2).look()
        reading = desk.reading(budget=2)
        await reading.look()
        await reading.look()
    assert len(desk.model.seen) == 2
    spent = [one for one in logs if one["event"] == "second_reader_spent"]
    assert [(one["month"], one["requests"]) for one in spent] == [(MONTH, 2)] * 2  # once a process
    desk.now = NOON + timedelta(days=31)
    await reading.look()
    assert len(desk.model.seen) == 3


async def test_many_questions_are_several_requests(desk: Desk) -> None:
    items = "".join(
        f"- [第{n}条 | 某站](https://example.com/{n})\n摘要：先说别的{n}。显卡也有。\n"
        for n in range(BATCH + 3)
    )
    await desk.add(text=issue_of(items))
    await desk.reading(most=BATCH + 1).look()
    assert (len(desk.model.seen), len(desk.model.asked)) == (2, BATCH + 1)


async def test_a_server_that_is_away_costs_one_line_when_it_begins_and_one_when_it_ends(desk: Desk) -> None:
    await desk.add()
    desk.model.answers += [raw("", 503)] * 4
    with capture_logs() as logs:
        await rounds(desk, desk.reading(), 6)
    told = [one for one in logs if one["event"] != "second_reader_asked"]
    assert [(one["event"], one.get("reason")) for one in told] == [
        ("second_reader_away", "HTTP 503"),
        ("second_reader_back", None),
    ]
    assert desk.rests == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT, REST, REST]


async def test_a_request_that_was_refused_costs_nothing_of_the_budget_and_one_without_an_answer_does(
    desk: Desk,
) -> None:
    await desk.add()
    reading = desk.reading()
    for answer, counted in ((raw("", 503), 0), (raw("<html>"), 1)):
        desk.model.answers.append(answer)
        with pytest.raises(ReaderAway):
            await reading.look()
        assert await desk.storage.second_readings.requests(MONTH) == counted


async def test_an_issue_that_brings_no_answer_keeps_no_other_back(desk: Desk) -> None:
    await desk.add("2026-03-01", TEXT.replace("首先", "另外"))
    await desk.add("2026-03-02")
    desk.model.answers.append(raw("<html>"))
    reading = desk.reading()
    with pytest.raises(ReaderAway):
        await reading.look()
    with capture_logs() as logs:
        await reading.look()
    assert [one["issue"] for one in logs] == ["2026-03-02", "2026-03-01"]


async def test_a_fault_of_ours_is_logged_and_ends_nothing(desk: Desk) -> None:
    await desk.add()
    desk.faults = 1
    with capture_logs() as logs:
        await rounds(desk, desk.reading(), 2)
    assert [one["event"] for one in logs] == ["second_reading_failed", "second_reader_asked"]
