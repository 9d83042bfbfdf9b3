"""Answers about topics, where the bot keeps them."""

from bot.model import KeptAnswer
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.storage.rows import add_issue

YES = KeptAnswer(item="一条新闻", topic="pruning", yes=True)
NO = KeptAnswer(item="一条新闻", topic="pruning", yes=False)


async def storage_with(database: Database, *slugs: str) -> Storage:
    storage = Storage.of(database)
    for slug in slugs:
        await add_issue(storage.issues, slug)
    return storage


async def test_an_answer_takes_the_place_of_an_earlier_one(database: Database) -> None:
    storage = await storage_with(database, "a", "b")
    for slug, answer in (("a", YES), ("b", YES), ("a", NO)):
        await storage.topic_answers.keep(slug, answer, words=f"{slug} {answer.words}\n", now=NOON)
    assert await storage.topic_answers.by_file() == {"a": (NO,), "b": (YES,)}
    assert await storage.topic_answers.words() == ("a -pruning\n", "b +pruning\n")


async def test_an_answer_that_is_dropped_is_gone(database: Database) -> None:
    storage = await storage_with(database, "a")
    await storage.topic_answers.keep("a", YES, words="", now=NOON)
    await storage.topic_answers.drop("a", NO)
    assert await storage.topic_answers.by_file() == {}


async def test_answers_belong_to_the_issue_whatever_its_file_is_called(database: Database) -> None:
    storage = await storage_with(database, "a", "b")
    for slug in ("a", "b"):
        await storage.topic_answers.keep(slug, YES, words="", now=NOON)
    assert await storage.issue_files.rename("a", "c")
    await storage.issue_files.belongs_to("b", "d.md", "d")
    assert await storage.topic_answers.by_file() == {"c": (YES,), "d": (YES,)}
