"""What a checkup goes by is asked of a real server, a real proxy and a real database, and changes none."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.errors import BadInput, JianbaoError
from bot.reports.checkup.facts import Facts, Stored
from bot.runtime.examination import examine
from bot.runtime.machine import memory_left, zone_data
from bot.settings import Configuration, load
from bot.settings.sections import AdminSettings, ScheduleSettings, TelegramSettings, Times
from bot.storage import Database
from bot.telegram_api import Account
from tests.builders import NOON
from tests.proxies import PASSWORD, QUOTED, USER, HttpProxy, running
from tests.telegram_api.server import ME, TOKEN, Answer, BotApi, refusal

SAID_AT = "Mon, 02 Mar 2026 12:00:00 GMT"  # NOON
INFO = {"url": "https://else.example/x", "has_custom_certificate": False, "pending_update_count": 3}


@pytest.fixture
def api() -> BotApi:
    return BotApi(results={"getWebhookInfo": INFO})


@pytest.fixture
async def server(api: BotApi) -> AsyncIterator[TestServer]:
    server = api.server()
    server.app.on_response_prepare.append(_dated)
    async with server:
        yield server


async def _dated(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Date"] = SAID_AT


def configured(tmp_path: Path, **changes: Any) -> Configuration:
    """A folder without an issue, a database, and a token."""
    shipped = load()
    given = {
        "token": SecretStr(TOKEN),
        "issues": tmp_path,
        "database_url": SecretStr(f"sqlite:///{tmp_path}/jianbao.db"),
    }
    return replace(shipped, settings=shipped.settings.model_copy(update=given | changes))


async def examined(configuration: Configuration, *, ahead: timedelta = timedelta()) -> Facts:
    return await examine(configuration, lambda: NOON + ahead)


@pytest.mark.parametrize(
    ("ahead", "told"), [(0, 0), (0.9, 0), (31, 30), (-20, -20)], ids=["same", "rounded", "ahead", "behind"]
)
async def test_telegram_is_asked_twice_and_never_for_updates(
    tmp_path: Path, sqlite_file: Path, api: BotApi, server: TestServer, ahead: float, told: float
) -> None:
    configuration = configured(
        tmp_path,
        api_url=str(server.make_url("/")),
        database_url=SecretStr(f"sqlite:///{sqlite_file}"),
        schedule=ScheduleSettings(publish=Times(cron="0 9 * * *")),
    )
    facts = await examined(configuration, ahead=timedelta(seconds=ahead))
    assert [method for method, _ in api.seen] == ["getMe", "getWebhookInfo"]
    assert isinstance(facts.account, Account)
    assert (facts.account.username, facts.account.inline) == (ME["username"], False)
    assert (facts.account.webhook.url, facts.account.webhook.waiting) == (INFO["url"], 3)
    assert facts.account.clock_ahead == pytest.approx(told)
    assert isinstance(facts.stored, Stored)
    assert (facts.stored.sender, facts.stored.waiting, facts.bot) == (None, [], None)
    assert {name: at.isoformat() for name, at in facts.jobs.items()} == {
        "publish": "2026-03-03T09:00:00+08:00"
    }
    assert facts.machine.disk


@pytest.mark.parametrize(
    ("answers", "told"),
    [([refusal(401, "Unauthorized")], "does not know"), ([], "not from the Bot API")],
    ids=["refused", "another program"],
)
async def test_what_cannot_be_found_out_says_why(
    tmp_path: Path, api: BotApi, server: TestServer, answers: list[Answer], told: str
) -> None:
    api.answers += answers
    configuration = configured(
        tmp_path, token=SecretStr("1:another"), api_url=str(server.make_url("/")), issues=tmp_path / "gone"
    )
    facts = await examined(configuration)
    assert isinstance(facts.account, JianbaoError)
    assert told in str(facts.account)
    assert isinstance(facts.listing, BadInput)
    assert "there is no database" in str(facts.stored)
    assert not (tmp_path / "jianbao.db").exists()  # a look at the end


async def test_a_bot_without_a_token_is_not_asked_for(tmp_path: Path) -> None:
    facts = await examined(configured(tmp_path, token=None))
    assert "@BotFather" in str(facts.account)


@pytest.mark.parametrize(
    ("password", "told"), [(QUOTED, ""), ("wrong", "does not accept this user and password")]
)
async def test_the_way_through_a_proxy_is_tried(
    tmp_path: Path, server: TestServer, password: str, told: str
) -> None:
    proxy = HttpProxy()
    async with running(proxy):
        address = SecretStr(f"http://{USER}:{password}@127.0.0.1:{proxy.port}")
        telegram = TelegramSettings(proxy=address)
        facts = await examined(configured(tmp_path, api_url=str(server.make_url("/")), telegram=telegram))
    assert facts.proxy == f"http://127.0.0.1:{proxy.port}"
    assert told in str(facts.account)
    assert isinstance(facts.account, Account) is not bool(told)
    assert PASSWORD not in str(facts.account)


async def test_a_database_of_an_older_program_says_what_to_do(tmp_path: Path) -> None:
    configuration = configured(tmp_path)
    url = configuration.settings.database_url.get_secret_value()
    async with Database(url) as database, database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert "jianbao migrate" in str((await examined(configuration)).stored)


def test_a_container_has_what_its_limit_leaves(tmp_path: Path) -> None:
    assert memory_left(tmp_path) is None
    files = {
        "proc/meminfo": "MemTotal: 9000000 kB\nMemAvailable: 1000000 kB\n",
        "sys/fs/cgroup/memory.max": "max\n",
        "sys/fs/cgroup/memory.current": "90000000\n",
        "sys/fs/cgroup/memory.stat": "anon 50000000\ninactive_file 40000000\n",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert memory_left(tmp_path) == 1_024_000_000
    (tmp_path / "sys/fs/cgroup/memory.max").write_text("100000000\n")
    assert memory_left(tmp_path) == 50_000_000


def test_it_is_told_by_which_data_time_zones_are_known(tmp_path: Path) -> None:
    (tmp_path / "Asia").mkdir()
    (tmp_path / "Asia" / "Shanghai").touch()
    assert zone_data("Asia/Shanghai", (str(tmp_path),)) == str(tmp_path)
    (tmp_path / "tzdata.zi").write_text("# version 2025b\n# rules\n")
    assert zone_data("Asia/Shanghai", ("/none", str(tmp_path))) == f"{tmp_path} (2025b)"


async def test_the_chats_that_the_settings_name_are_asked_for_and_who_never_wrote_is_a_stranger(
    tmp_path: Path, api: BotApi, server: TestServer
) -> None:
    api.answers.append(refusal(400, "Bad Request: chat not found"))
    admin = AdminSettings(chat=77)
    facts = await examined(configured(tmp_path, api_url=str(server.make_url("/")), admin=admin))
    assert isinstance(facts.account, Account)
    assert facts.account.strangers == {77}
