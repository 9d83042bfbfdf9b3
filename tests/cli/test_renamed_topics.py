"""A topic that has another key, or is gone: what its followers get, and who is told."""

import asyncio
from pathlib import Path

import pytest

from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.followers import settle_followers
from bot.settings import load
from bot.storage import Access
from tests.cli.conftest import Run, write
from tests.cli.ledger import subscribe

_TOPICS = "topics: {{{}: {{names: {{zh: 低比特, en: Low-bit}}, terms: [量化]{}}}}}"


@pytest.fixture
def followed(home: Path, jianbao: Run) -> None:
    """Two follow quantization, one of them other words too; it has another key since."""
    write(home / "config" / "digest.yml", "extends: embedded-ai")
    write(home / "config" / "topics.yml", _TOPICS.format("quantization", ""))
    subscribe(jianbao, "1,en,quantization", "2,en,quantization “vLLM”", "3,en,")
    write(home / "config" / "topics.yml", _TOPICS.format("lowbit", ""))


def formerly(home: Path) -> None:
    write(home / "config" / "topics.yml", _TOPICS.format("lowbit", ", formerly: [quantization]"))


@pytest.mark.usefixtures("followed")
def test_that_readers_follow_what_is_no_topic_is_told_with_what_to_do(home: Path, jianbao: Run) -> None:
    what = "2 readers follow quantization, which is no topic any more"
    advice = "put it back, or name it under formerly of the topic that took its place"
    assert f"TOPIC GONE: {what}; {advice}" in jianbao("status").out
    assert f"warning  topics         {what} → {advice}" in jianbao("doctor").out
    assert jianbao("status", "--format", "json").json["gone_topics"] == {"quantization": 2}
    formerly(home)
    renamed = "2 readers follow quantization, which is lowbit now"
    restart = "restart the bot, and they follow lowbit"  # until then, they follow the old one
    assert f"TOPIC RENAMED: {renamed}; {restart}\n" in jianbao("status").out
    assert f"warning  topics         {renamed} → {restart}\n" in jianbao("doctor").out

    async def begin() -> None:
        configuration = load()
        async with open_storage(configuration.settings, Access.WRITE) as storage:
            await settle_followers(configuration.topics, storage, utc_now())

    asyncio.run(begin())
    assert "TOPIC GONE" not in jianbao("status").out
    exported = jianbao("subscribers", "export").out
    assert "\n1,en,lowbit," in exported
    assert "\n2,en,lowbit “vLLM”," in exported


@pytest.mark.usefixtures("followed")
def test_an_older_table_and_a_notice_may_say_what_a_topic_was_called(home: Path, jianbao: Run) -> None:
    old = "chat_id,language,topics\n7,en,quantization\n"
    write(home / "old.csv", old)
    assert "no topic is called 'quantization'" in jianbao("subscribers", "import", "old.csv").err
    formerly(home)
    assert jianbao("subscribers", "import", "old.csv").code == 0
    assert "\n7,en,lowbit," in jianbao("subscribers", "export").out
    counted = jianbao("notice", "--lang", "en=hello", "--topic", "quantization", "--dry-run")
    assert (counted.code, "1 " in counted.out) == (0, True)
