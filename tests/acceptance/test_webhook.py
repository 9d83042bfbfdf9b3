"""The whole bot in webhook mode: the stand-in brings updates over HTTP, as Telegram does."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.runtime.clock import utc_now
from bot.sandbox import FaultKind
from bot.settings import Configuration
from bot.settings.sections import TelegramSettings, WebhookSettings
from tests.acceptance.world import ADA, LIN, PEOPLE, World, make_world
from tests.waiting import until

SECRET = "a-secret-of-sixteen-or-more"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def telegram(url: str | None, **webhook: object) -> TelegramSettings:
    return TelegramSettings(
        poll_timeout=1,
        request_timeout=5,
        connect_timeout=2,
        webhook=WebhookSettings.model_validate({"url": url, **webhook}),
    )


def with_telegram(configuration: Configuration, changed: TelegramSettings) -> Configuration:
    return replace(configuration, settings=configuration.settings.model_copy(update={"telegram": changed}))


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n", "utf-8")
    return path


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def url(port: int) -> str:
    return f"http://127.0.0.1:{port}/telegram/updates"


@pytest.fixture
async def world(tmp_path: Path, url: str, port: int, secret_file: Path) -> AsyncIterator[World]:
    changed = telegram(url, port=port, secret_file=secret_file, max_connections=7)
    people = tuple(replace(person, started=True) for person in PEOPLE)
    async with make_world(tmp_path, people, telegram=changed) as made:
        yield made


def message(number: int, text: str, chat_id: int = LIN) -> dict[str, object]:
    chat = {"id": chat_id, "type": "private", "first_name": "小林"}
    sender = {"id": chat_id, "is_bot": False, "first_name": "小林", "language_code": "zh-hans"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    said = {"message_id": number, "date": 1, "chat": chat, "from": sender, "text": text, "entities": entities}
    return {"update_id": number, "message": said}


async def test_the_bot_sets_its_webhook_and_answers_what_is_brought(world: World, url: str) -> None:
    async with world.bot():
        (answer,) = await world.said(LIN, "/help")
        assert "/latest" in answer.text
        info = world.telegram.webhook
        assert (info["url"], info["max_connections"]) == (url, 7)
        assert set(info["allowed_updates"]) == {
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
            "chat_member",
            "inline_query",
        }
        await world.telegram.until(lambda: not world.telegram.webhook["pending_update_count"])
        assert "last_error_message" not in world.telegram.webhook
        assert not any(one.method == "getUpdates" for one in world.telegram.requests.latest(1000))


async def test_only_who_knows_the_secret_brings_updates_and_nothing_else_is_taken(
    world: World, url: str
) -> None:
    right = {HEADER: SECRET}
    async with world.bot(), aiohttp.ClientSession() as session:
        for headers, body, status in (
            ({}, message(1, "/help"), 403),
            ({HEADER: SECRET[:-1]}, message(1, "/help"), 403),
            ({HEADER: SECRET + "é"}, message(1, "/help"), 403),
            (right, [1], 400),
            (right, {"update_id": "1"}, 400),
            (right, {"update_id": 1, "message": {"text": "x" * 1024**2}}, 413),
            (right, {"update_id": 2, "message": {"is of no kind": "known"}}, 200),  # else it came for ever
            (right, message(3, "/help"), 200),
        ):
            sent = io.BytesIO(json.dumps(body).encode())
            async with session.post(url, data=sent, headers=headers) as response:
                assert response.status == status
        async with session.post(url, data=b"{", headers=right) as response:
            assert response.status == 400
        async with session.post(
            url.replace("/updates", ""), json=message(1, "/help"), headers=right
        ) as response:
            assert response.status == 404
        (answer,) = await world.telegram.received(LIN, 1)
        assert "/latest" in answer.text
        await world.said(ADA, "/help")
        assert len(world.telegram.chat(LIN).from_bot) == 1


async def test_an_update_that_is_brought_twice_is_handled_once(world: World, url: str) -> None:
    async with world.bot(), aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        twice = [session.post(url, json=message(8, "/help")) for _ in range(5)]
        assert {answer.status for answer in await asyncio.gather(*twice)} == {200}
        await world.said(ADA, "/help")
        assert len(world.telegram.chat(LIN).from_bot) == 1


async def test_what_was_taken_in_and_not_handled_is_handled_by_the_next_process(world: World) -> None:
    async with world.storage() as storage:
        await storage.updates.keep(5, json.dumps(message(5, "/help")), utc_now())
    async with world.bot():
        await world.telegram.received(LIN, 1)
        async with world.storage() as storage:
            await until(lambda: storage.updates.known(5))
            assert await storage.updates.waiting() == []


async def test_what_people_say_while_no_bot_runs_waits_at_telegram(world: World) -> None:
    async with world.bot():
        await world.said(LIN, "/help")
    await world.telegram.say(LIN, "/help")
    await world.telegram.until(
        lambda: world.telegram.webhook.get("last_error_message") == "Connection refused"
    )
    assert world.telegram.webhook["pending_update_count"] == 1
    async with world.bot():
        await world.telegram.received(LIN, 2)


async def test_polling_comes_back_when_the_webhook_is_switched_off_and_nothing_is_lost(world: World) -> None:
    async with world.bot():
        await world.said(LIN, "/help")
    await world.telegram.say(LIN, "/help")
    polls = replace(world, configuration=with_telegram(world.configuration, telegram(None)))
    async with polls.bot():
        await world.telegram.received(LIN, 2)
        assert world.telegram.webhook["url"] == ""
        assert world.telegram.polled


@pytest.mark.parametrize("call", ["deleteWebhook", "setWebhook"])
async def test_a_webhook_that_another_program_takes_is_set_again_and_a_trouble(
    world: World, url: str, call: str
) -> None:
    with capture_logs() as lines:
        async with world.bot():
            async with aiohttp.ClientSession() as session:
                token = world.configuration.settings.token
                assert token is not None
                address = f"{world.telegram.url}/bot{token.get_secret_value()}/{call}"
                await session.post(address, json={"url": "http://127.0.0.1:9/other"})
            await world.telegram.until(lambda: world.telegram.webhook["url"] == url)
            await world.said(LIN, "/help")
    told, lasts = [line for line in lines if line["event"].startswith("trouble_")]
    assert (told["event"], told["trouble"]) == ("trouble_began", "updates")
    assert (lasts["event"], lasts["trouble"]) == ("trouble_lasts", "updates")  # as the process ends
    assert "another program" in told["reason"]


async def test_a_bot_whose_webhook_is_refused_for_now_sets_it_later(world: World) -> None:
    world.telegram.faults.add(FaultKind.SERVER_ERROR, methods={"setWebhook"}, times=1)
    async with world.bot():
        await world.said(LIN, "/help")


async def test_a_replica_that_stands_by_takes_nothing_and_takes_over(
    world: World, port: int, secret_file: Path
) -> None:
    other_port = free_port()
    other_url = f"http://127.0.0.1:{other_port}/other"
    other = replace(
        world,
        configuration=with_telegram(
            world.configuration, telegram(other_url, port=other_port, secret_file=secret_file)
        ),
    )
    async with aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        async with world.bot(), other.bot():
            async with session.post(other_url, json=message(3, "/help")) as response:
                assert (response.status, response.headers["Retry-After"]) == (503, "1")
            async with session.get(other_url) as response:
                assert response.status == 503
            async with session.get(f"http://127.0.0.1:{port}/telegram/updates") as response:
                assert response.status == 204
            await world.said(LIN, "/help")
        async with other.bot():
            await world.telegram.until(lambda: world.telegram.webhook["url"] == other_url)
            await world.said(LIN, "/help")


async def test_a_port_that_is_taken_ends_the_start(world: World, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(BadInput, match=r"^telegram\.webhook\.port: cannot listen on"):
            async with world.bot():
                pass
