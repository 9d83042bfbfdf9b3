"""What the server answers around the methods: tokens, paths, encodings, foreign hosts."""

import io
import subprocess
import sys

import aiohttp
import pytest

from bot.errors import BadInput
from bot.sandbox import Sandbox
from bot.sandbox.guard import LARGEST_BODY
from tests.sandbox.conftest import ADA, GROUP, LIN, TOKEN, Client


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("424242:wrong/getMe", 401, "Unauthorized"),
        ("wrong/getMe", 404, "Not Found"),
        (f"{TOKEN}/sendNothing", 404, "Not Found"),
    ],
)
async def test_wrong_tokens_and_unknown_methods(
    telegram: Sandbox, http: aiohttp.ClientSession, path: str, code: int, description: str
) -> None:
    async with http.get(f"{telegram.url}/bot{path}") as response:
        assert response.status == code
        assert await response.json() == {"ok": False, "error_code": code, "description": description}


async def test_query_form_multipart_and_json_say_the_same(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    url, given = f"{telegram.url}/bot{TOKEN}/sendmessage", {"chat_id": str(LIN), "text": "您好"}
    multipart = aiohttp.FormData(given, default_to_multipart=True)
    async with (
        http.get(url, params=given) as query,
        http.post(url, data=given) as form,
        http.post(url, data=multipart) as parts,
        http.post(url, json=given) as as_json,
    ):
        answers = [await response.json() for response in (query, form, parts, as_json)]
    assert [answer["result"]["text"] for answer in answers] == ["您好"] * 4


async def test_foreign_host_names_and_origins_are_refused(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    for headers in ({"Host": "rebound.example"}, {"Origin": "https://elsewhere.example"}):
        async with http.get(f"{telegram.url}/sandbox/state", headers=headers) as response:
            assert response.status == 403


async def test_the_page_runs_only_its_own_scripts(telegram: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(telegram.url + "/") as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_pictures_from_elsewhere_are_for_the_page_alone(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    policies = {}
    for path in ("/", "/page/icon.svg", "/sandbox/state"):
        async with http.get(telegram.url + path) as response:
            policies[path] = response.headers["Content-Security-Policy"]
            assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "img-src 'self' data: http: https:;" in policies.pop("/")
    assert all("img-src 'self' data:;" in policy for policy in policies.values())


async def test_a_body_that_is_too_large_is_refused(telegram: Sandbox, http: aiohttp.ClientSession) -> None:
    body = io.BytesIO(b"x" * (LARGEST_BODY + 1))
    url = f"{telegram.url}/bot{TOKEN}/sendMessage"
    async with http.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        assert response.status == 413


async def test_the_log_tells_misspelt_parameters_and_hides_secrets(telegram: Sandbox, call: Client) -> None:
    await call("sendMessage", chat_id=LIN, text="x", parsemode="HTML")
    await call("setWebhook", url="", secret_token="s3cret")
    sent, hook = telegram.requests
    assert (sent.method, sent.chat_id, sent.unknown, sent.code) == ("sendMessage", LIN, ("parsemode",), 200)
    assert "s3cret" not in str(hook)
    assert TOKEN not in str(sent)


async def test_the_log_tells_by_which_name_the_sender_called(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    port = telegram.url.rpartition(":")[2]
    for name in ("127.0.0.1", "localhost"):
        await Client(http, f"http://{name}:{port}").ok("sendMessage", chat_id=LIN, text="x")
    assert [sent.host for sent in telegram.requests] == [f"127.0.0.1:{port}", f"localhost:{port}"]


async def test_the_log_is_asked_by_method_chat_and_end(telegram: Sandbox, call: Client) -> None:
    for chat_id in (LIN, GROUP, LIN):
        await call.ok("sendMessage", chat_id=chat_id, text="x")
    await call.ok("getMe")
    assert len(telegram.requests.of("sendMessage")) == 3
    assert len(telegram.requests.of("sendMessage", LIN)) == 2
    assert [request.method for request in telegram.requests.latest(2)] == ["sendMessage", "getMe"]


def test_a_token_of_another_shape_is_refused_at_once() -> None:
    with pytest.raises(BadInput, match="bot token"):
        Sandbox(token="nonsense")


async def test_a_taken_port_is_one_clear_line(telegram: Sandbox) -> None:
    with pytest.raises(BadInput, match=r"cannot listen: .*; name another port"):
        await Sandbox(token=TOKEN, port=int(telegram.url.rpartition(":")[2])).start()


async def test_people_who_are_not_there_cannot_act(telegram: Sandbox) -> None:
    with pytest.raises(BadInput, match="no such person"):
        await telegram.say(7, "x")
    with pytest.raises(BadInput, match="no button"):
        await telegram.press(ADA, 1, "x")


def test_without_tdlib_one_clear_line_tells_what_to_install() -> None:
    script = (
        "import sys; sys.modules['tdjson'] = None\n"
        "from bot.errors import BadInput\n"
        "from bot.sandbox import Sandbox\n"
        "try: Sandbox(token='1:a')\n"
        "except BadInput as error: print(error)\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # the script above
    assert done.stdout.startswith("the stand-in needs TDLib (the package tdjson), which")
    assert f"{sys.executable} -m pip install tdjson" in done.stdout
