"""The whole bot with a repository for a folder: what an editor pushes reaches who subscribes."""

import asyncio
import hashlib
import hmac
import socket
import time
from pathlib import Path

import aiohttp

from bot.runtime.serve import serve
from bot.sandbox import Document, Message
from bot.settings.sections import EditorsSettings, GitHookSettings, SourceSettings, WebSettings
from tests.acceptance.test_editors_chat import TO_COME, card, pressed
from tests.acceptance.world import ADA, ISSUE, LIN, World, make_world
from tests.sources.git.forge import Repository, forge, silent_server
from tests.waiting import until

SECRET = "a-secret-of-the-forge-0815"


def issue(day: str) -> dict[str, str | bytes | None]:
    return {f"issues/{day}.md": ISSUE.format(day=day, highlight="量化")}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def test_a_call_of_the_forge_brings_what_was_pushed(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "digest")
    repository.commit(issue("2025-11-03"))
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    port = free_port()
    with forge(tmp_path) as (url, _):
        source = SourceSettings(
            git=f"{url}/digest/.git",
            folder="issues",
            poll=86_400,
            webhook=GitHookSettings(secret_file=tmp_path / "secret"),
        )
        async with (
            make_world(tmp_path, source=source, web=WebSettings(port=port)) as world,
            world.bot(),
        ):
            await world.said(LIN, "/start")
            commit = repository.commit(issue("2026-03-02"))
            signature = hmac.new(SECRET.encode(), b"{}", hashlib.sha256).hexdigest()
            async with (
                aiohttp.ClientSession() as session,
                session.post(
                    f"http://127.0.0.1:{port}/source",
                    data=b"{}",
                    headers={"X-Hub-Signature-256": f"sha256={signature}"},
                ) as answer,
            ):
                assert answer.status == 202
            await world.recorded("2026-03-02", LIN)
            async with world.storage() as storage:
                record = await storage.issues.get("2026-03-02")
            assert record is not None
            assert record.commit == commit
            assert any("2026-03-02/quant" in one.html for one in world.telegram.chat(LIN).from_bot)


async def test_a_bot_whose_repository_hangs_answers_and_ends_at_once(tmp_path: Path) -> None:
    with silent_server() as url:
        async with make_world(tmp_path, source=SourceSettings(git=url, mirror=tmp_path / "mirror")) as world:
            stopping = asyncio.Event()
            running = asyncio.create_task(serve(world.configuration, stopping))
            await world.telegram.until(lambda: world.telegram.polled, timeout=20)
            assert await world.said(LIN, "/start")

            async def is_asked() -> bool:
                return (tmp_path / "mirror/repository/HEAD").exists()

            await until(is_asked)
            begun = time.monotonic()
            stopping.set()
            await running
            assert time.monotonic() - begun < 9


async def test_an_editors_answers_about_a_pushed_issue_count_until_the_repository_has_them(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path / "digest")
    repository.commit(issue("2025-11-03"))
    source = SourceSettings(git=str(tmp_path / "digest"), folder="issues", poll=0.2)
    async with (
        make_world(tmp_path, source=source, editors=EditorsSettings(chat=ADA)) as world,
        world.bot(),
    ):
        await world.said(ADA, "/start")
        repository.commit(issue(TO_COME))
        draft = await card(world, TO_COME, "4 items")
        await pressed(world, draft, "Topics: ")
        question = await card(world, "1/")
        await pressed(world, question, "Yes")
        await card(world, "1 answer about topics kept by the bot")
        await pressed(world, draft, "File of topics")
        await until(lambda: documents(world))
        (file,) = await documents(world)
        assert file.name == f"{TO_COME}.topics.yml"
        repository.commit({f"issues/{TO_COME}.md": ISSUE.format(day=TO_COME, highlight="剪枝")})
        await card(world, "剪枝", "1 answer about topics kept by the bot")
        repository.commit({f"issues/{file.name}": file.data})
        await gone(world, draft, "kept by the bot")


async def documents(world: World) -> list[Document]:
    return [one.document for one in world.telegram.chat(ADA).from_bot if one.document]


async def gone(world: World, message: Message, words: str) -> None:
    """Until a message says these words no more."""
    here = world.telegram.chat(message.chat_id)

    def is_gone() -> bool:
        now = here.find(message.message_id)
        return now is not None and words not in now.text

    await world.telegram.until(is_gone, timeout=20)
