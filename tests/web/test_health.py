"""Monitoring hears the truth."""

import socket
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.errors import BadInput
from bot.web import Check, Figure, Health
from bot.web.server import WebServer

SINCE = datetime(2026, 3, 2, 12, tzinfo=UTC)
WELL = Check(name="telegram", trouble=None, since=SINCE)
GONE = Check(name="source", trouble="the folder is gone", since=SINCE)
NEW = Check(name="lease", trouble="not tried yet", since=None)


def health(*checks: Check) -> Health:
    return Health(checks=lambda: checks, role=lambda: "leads")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


def test_each_check_says_how_it_is_and_since_when() -> None:
    ready, said = health(WELL, GONE, NEW).answer()
    assert not ready
    assert said == {
        "status": "trouble",
        "role": "leads",
        "checks": {
            "telegram": {"status": "ok", "since": "2026-03-02T12:00:00+00:00"},
            "source": {
                "status": "trouble",
                "since": "2026-03-02T12:00:00+00:00",
                "reason": "the folder is gone",
            },
            "lease": {"status": "trouble", "since": None, "reason": "not tried yet"},
        },
    }


def test_it_is_ready_when_every_check_is_well() -> None:
    ready, said = health(WELL).answer()
    assert (ready, said["status"]) == (True, "ok")


def test_it_is_ready_while_everything_is_held_and_says_that_it_is() -> None:
    held = Health(checks=lambda: (WELL,), role=lambda: "leads", held=lambda: "nothing is pushed since noon")
    ready, said = held.answer()
    assert (ready, said["status"], said["held"]) == (True, "ok", "nothing is pushed since noon")


@pytest.mark.parametrize(
    ("check", "answers"),
    [(WELL, {"live": 200, "ready": 200, "health": 200}), (GONE, {"live": 200, "ready": 503, "health": 503})],
)
async def test_a_process_that_is_not_ready_lives(check: Check, answers: dict[str, int], port: int) -> None:
    server = WebServer(host="127.0.0.1", port=port)
    server.show_health(health(check))
    await server.start()
    try:
        async with aiohttp.ClientSession() as http:
            for path, status in answers.items():
                async with http.get(f"http://127.0.0.1:{port}/{path}") as answer:
                    assert (path, answer.status) == (path, status)
    finally:
        await server.stop()


FIGURE = Figure(name="jianbao_ready", help="Whether all is well.", samples=[((), 1)])


@pytest.mark.parametrize(
    ("token", "brought", "status"),
    [
        (None, None, 200),
        ("a/se+cret=", "Bearer a/se+cret=", 200),
        ("a/se+cret=", "Bearer another", 401),
        ("a/se+cret=", "Bearer a/se+cret= ", 200),  # white space at the end is no part of a header
        ("a/se+cret=", "a/se+cret=", 401),
        ("a/se+cret=", "Bearer caf\u00e9", 401),
        ("a/se+cret=", None, 401),
    ],
)
async def test_figures_are_for_who_brings_the_token(
    token: str | None, brought: str | None, status: int, port: int
) -> None:
    async def figures() -> list[Figure]:
        return [FIGURE]

    server = WebServer(host="127.0.0.1", port=port)
    server.show_metrics(figures, token)
    await server.start()
    headers = {} if brought is None else {"Authorization": brought}
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"http://127.0.0.1:{port}/metrics", headers=headers) as answer,
        ):
            assert answer.status == status
            assert ("jianbao_ready 1.0" in await answer.text()) == (status == 200)
    finally:
        await server.stop()


async def test_a_port_that_is_taken_is_one_clear_line(port: int) -> None:
    first = WebServer(host="127.0.0.1", port=port)
    await first.start()
    try:
        told = rf"web\.port: cannot listen on 127\.0\.0\.1:{port}: .* in use; end the process that has it"
        with pytest.raises(BadInput, match=told):
            await WebServer(host="127.0.0.1", port=port).start()
    finally:
        await first.stop()
