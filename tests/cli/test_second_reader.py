"""The second reader in the terminal: measured before it is trusted, shown beside a question, looked after."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest

from bot.cli.second_opinion import with_known_proposals
from bot.digest.topics.classifier import Classifier
from bot.editors.topics.questions import questions
from bot.runtime.second_reader import make_second_reader
from bot.settings import load
from bot.storage import Access, Storage, open_database
from tests.builders import NOON
from tests.cli.conftest import Run, write
from tests.digest.shipped import issue_of, read, topics
from tests.editors.second_reader.server import MODEL, ChatServer, raw

KEY = "sk-opens-nothing"
ISSUE = issue_of(
    "- [一篇讲处理器的文章 | 某站](https://example.com/1)\n摘要：首先。后来是量化，又是int8。\n",
    "- [别的 | 某站](https://example.com/2)\n摘要：先说别的。显卡也有。\n",
)
GOLD = {
    "file": "2026-03-02.md",
    "sections": [
        {
            "slug": "news",
            "items": [
                {"title": "一篇讲处理器的文章", "topics": ["quantization"]},
                {"title": "别的", "topics": []},
            ],
        }
    ],
}


@contextmanager
def served(model: ChatServer) -> Iterator[str]:
    """The address of the model, which is served by a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    server = model.server()
    asyncio.run_coroutine_threadsafe(server.start_server(loop=loop), loop).result(10)
    try:
        yield f"http://127.0.0.1:{server.port}/v1"
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture
def model(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """A model that the settings name, and an issue with a reading of it."""
    right = ("处理器", "quantization")
    made = ChatServer(says=lambda text, topic: right[0] in text and topic == right[1])
    write(home / "issues" / "2026-03-02.md", ISSUE)
    write(home / "gold" / "2026-03-02.json", json.dumps(GOLD, ensure_ascii=False))
    write(home / "key", KEY)
    with served(made) as url:
        monkeypatch.setenv("JIANBAO_TOPICS__READER__URL", url)
        monkeypatch.setenv("JIANBAO_TOPICS__READER__MODEL", MODEL)
        monkeypatch.setenv("JIANBAO_TOPICS__READER__KEY_FILE", "key")
        yield made


def evaluate(jianbao: Run, *more: str) -> dict[str, object]:
    found: dict[str, object] = jianbao(
        "topics", "evaluate", "gold", "--reader", "--format", "json", *more
    ).json
    return found


def test_it_is_measured_by_readings_as_if_it_were_the_editor(jianbao: Run, model: ChatServer) -> None:
    found = evaluate(jianbao)
    assert (found["model"], found["requests"], found["with_reader"]) == (MODEL, 1, 1.0)
    assert float(str(found["alone"])) < 1
    assert found["questions"] == found["answers"] == found["right"] == len(model.asked)
    model.says = lambda text, topic: True  # noqa: ARG005  # yes to everything
    assert float(str(evaluate(jianbao)["with_reader"])) < 1
    assert len(model.seen) == 2  # nothing is kept: each time it is measured anew


def test_the_table_has_both_and_what_it_cost(jianbao: Run, model: ChatServer) -> None:
    result = jianbao("topics", "evaluate", "gold", "--reader")
    assert (result.code, result.err) == (0, "")
    assert "words alone  with reader" in result.out
    assert f"1.000 if what {MODEL} says were the editor's word" in result.out
    assert f"{len(model.asked)} questions in 1 request, " in result.out
    assert KEY not in result.told


def test_the_least_f1_is_that_with_its_answers(jianbao: Run, model: ChatServer) -> None:
    assert jianbao("topics", "evaluate", "gold", "--reader", "--min-f1", "1").code == 0
    model.says = lambda text, topic: True  # noqa: ARG005  # yes to everything
    assert jianbao("topics", "evaluate", "gold", "--reader", "--min-f1", "1").code == 1


def test_what_it_does_not_answer_leaves_the_topics_to_the_words(jianbao: Run, model: ChatServer) -> None:
    model.says = lambda text, topic: "perhaps"  # noqa: ARG005  # neither
    found = evaluate(jianbao)
    assert (found["answers"], found["with_reader"]) == (0, found["alone"])


@pytest.mark.usefixtures("model")
def test_more_is_not_asked_than_a_month_allows(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, model: ChatServer
) -> None:
    write(home / "issues" / "2026-03-09.md", ISSUE)
    write(home / "gold" / "2026-03-09.json", json.dumps(GOLD | {"file": "2026-03-09.md"}, ensure_ascii=False))
    monkeypatch.setenv("JIANBAO_TOPICS__READER__REQUESTS_A_MONTH", "1")
    result = jianbao("topics", "evaluate", "gold", "--reader")
    assert (result.code, result.err.startswith("jianbao: topics.reader.requests_a_month: this takes 2")) == (
        2,
        True,
    )
    assert not model.seen


def test_where_it_does_not_answer_that_is_one_line_without_the_key(jianbao: Run, model: ChatServer) -> None:
    model.answers.append(raw(f"no such key: {KEY}", 401))
    result = jianbao("topics", "evaluate", "gold", "--reader")
    assert result.code == 1
    assert result.told == "jianbao: the second reader does not answer: HTTP 401: the key is not accepted\n"


def test_where_it_is_off_one_learns_how_to_name_one(jianbao: Run, home: Path) -> None:
    write(home / "gold" / "2026-03-02.json", json.dumps(GOLD, ensure_ascii=False))
    result = jianbao("topics", "evaluate", "gold", "--reader")
    assert (result.code, result.err) == (
        2,
        "jianbao: topics.reader: is off: name its url and model in bot.yml\n",
    )


def test_what_it_said_before_stands_below_the_question_and_it_is_not_asked_now(
    database: Path, model: ChatServer, jianbao: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = questions(Classifier(topics()).classify(read(ISSUE)), Classifier(topics()))
    asyncio.run(_answered(database, asked[-1].topic))
    configuration = load()
    found = with_known_proposals(asked, configuration)
    assert [one.topic for one in found if one.proposed is not None] == [asked[-1].topic]
    monkeypatch.setattr("sys.stdin", StringIO("s" * len(asked)))
    told = jianbao("topics", "review", "issues/2026-03-02.md").err
    assert f"  the second reader says: {'no' if asked[-1].has else 'yes'}" in told
    assert not model.seen


async def _answered(database: Path, topic: str) -> None:
    """As the bot would have it, if the words were wrong about this topic."""
    reader = make_second_reader(load())
    assert reader
    asked = questions(Classifier(topics()).classify(read(ISSUE)), Classifier(topics()))
    async with await open_database(f"sqlite:///{database}", Access.WRITE) as data:
        answers = {reader.name(one): not one.has for one in asked if one.topic == topic}
        await Storage.of(data).second_readings.note(answers, NOON)


@pytest.mark.usefixtures("model")
def test_without_a_database_the_questions_are_asked_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    asked = questions(Classifier(topics()).classify(read(ISSUE)), Classifier(topics()))
    assert with_known_proposals(asked, load()) == asked
    told = capsys.readouterr().err
    assert told.startswith("jianbao: what the second reader said is not shown: ")
    assert told.count("\n") == 1


@pytest.mark.usefixtures("database")
def test_doctor_asks_what_models_there_are_and_sends_no_text(
    jianbao: Run, model: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_TOKEN", "616161:AAH-a_token_that_opens_nothing")
    monkeypatch.setenv("JIANBAO_API_URL", "http://127.0.0.1:9")
    result = jianbao("doctor")
    (line,) = [one for one in result.out.splitlines() if "second reader" in one]
    assert line.startswith("ok       second reader  127.0.0.1:")
    assert line.endswith(f" answers and knows {MODEL}")
    assert not model.seen
    assert KEY not in result.told
