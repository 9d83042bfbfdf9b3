"""Token and passwords: in no word of a command or of the bot, in no line of `ps`, in no answer."""

from pathlib import Path

import aiohttp
import pytest

from bot.cli.command import COMMANDS
from bot.settings import load, secrets_of
from tests.acceptance.test_webhook import free_port
from tests.cli.conftest import Run, home, jianbao, log
from tests.cli.test_run import running, stopped, until_said

__all__ = ["home", "jianbao", "log"]

TOKEN, DATABASE, PROXY = "616161:AAH-opens_nothing", "d4tabase-w0rd", "pr0xy-w0rd"
WEBHOOK, METRICS = "webhook-secret-of-16", "metrics-s3cret"
SECRETS = (TOKEN, TOKEN.partition(":")[2], DATABASE, PROXY, WEBHOOK, METRICS)
NOWHERE = "127.0.0.1:1"
ROOT = Path(__file__).resolve().parents[2]

#: What is wrong with each, and still holds its secret.
WRONG = {
    "JIANBAO_TOKEN": f"{TOKEN} {TOKEN}",
    "JIANBAO_DATABASE_URL": f"postgresql+asyncpg://bot:{DATABASE}@[::1/x",
    "JIANBAO_TELEGRAM__PROXY": f"ftp://u:{PROXY}@{NOWHERE}",
    "JIANBAO_TELEGRAM__WEBHOOK__URL": f"https://u:{PROXY}@example.com/",
    "JIANBAO_API_URL": f"http://u:{PROXY}@",
    "JIANBAO_METRICS__PORT": METRICS,
    "JIANBAO_DELIVERY__RATE": DATABASE,
}


@pytest.fixture(autouse=True)
def given(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """All that holds a secret, each as it is meant to be given."""
    files = {"token": TOKEN, "hook": WEBHOOK, "metrics": METRICS, "proxy": f"http://u:{PROXY}@{NOWHERE}"}
    for name, secret in files.items():
        (home / name).write_text(secret, "utf-8")
    variables = {
        "JIANBAO_TOKEN_FILE": "token",
        "JIANBAO_DATABASE_URL": f"postgresql+asyncpg://bot:{DATABASE}@{NOWHERE}/bot",
        "JIANBAO_TELEGRAM__PROXY_FILE": "proxy",
        "JIANBAO_TELEGRAM__WEBHOOK__SECRET_FILE": "hook",
        "JIANBAO_METRICS__SECRET_FILE": "metrics",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


def test_every_secret_is_blotted_out_of_the_log() -> None:
    settings = load().settings
    assert set(SECRETS) - {TOKEN.partition(":")[2]} <= set(secrets_of(settings))
    assert not any(secret in repr(settings) for secret in SECRETS)


#: Those that end by themselves, whatever the settings.
ENDING = sorted(COMMANDS.keys() - {"run", "demo", "sandbox"})


@pytest.mark.parametrize("name", ENDING)
def test_no_command_says_a_secret(jianbao: Run, name: str) -> None:
    """Of a database that does not answer, and of whatever else is wrong."""
    (Path.cwd() / "given.csv").write_text("chat_id\n1\n", "utf-8")
    for words in (
        ["--help"],
        [],
        ["2026-03-02"],
        ["2026-03-02", "--yes"],
        ["export"],
        ["import", "given.csv"],
    ):
        found = jianbao(name, *words)
        assert not any(secret in found.out + found.err for secret in SECRETS), words


@pytest.mark.parametrize("variable", WRONG)
@pytest.mark.parametrize("name", ["run", "status", "publish"])
def test_no_setting_that_is_refused_is_quoted(
    jianbao: Run,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    variable: str,
) -> None:
    if name == "run" and variable not in {"JIANBAO_TOKEN", "JIANBAO_TELEGRAM__PROXY"}:
        name = "plan"
    monkeypatch.setenv(variable, WRONG[variable])
    found = jianbao(name, *([] if name in {"run", "status"} else ["2026-03-02"]))
    assert found.code != 0
    assert not any(secret in found.out + found.err for secret in SECRETS)


async def test_a_bot_that_cannot_work_says_no_secret_in_log_process_list_or_answers(
    home: Path, given: dict[str, str]
) -> None:
    port, hook = free_port(), free_port()
    variables = {
        **{name.removeprefix("JIANBAO_"): value for name, value in given.items()},
        "DATABASE_URL": f"sqlite:///{home}/bot.sqlite",
        "API_URL": f"http://{NOWHERE}",
        "TELEGRAM__WEBHOOK__URL": f"http://127.0.0.1:{hook}/hook",
        "TELEGRAM__WEBHOOK__PORT": str(hook),
        "WEB__PORT": str(port),
        "LOG__LEVEL": "debug",
    }
    async with running(home, **variables) as process, aiohttp.ClientSession() as session:
        seen = await until_said(process, "telegram_not_reached")
        for path, headers, status in (
            ("live", {}, 200),
            ("ready", {}, 503),
            ("health", {}, 503),
            ("metrics", {}, 401),
            ("metrics", {"Authorization": f"Bearer {METRICS[:-1]}"}, 401),
            ("metrics", {"Authorization": METRICS}, 401),
            ("metrics", {"Authorization": f"Bearer {METRICS}"}, 200),
        ):
            async with session.get(f"http://127.0.0.1:{port}/{path}", headers=headers) as response:
                assert response.status == status, path
                seen += await response.text() + str(response.headers)
        seen += as_others_see(process.pid)
        seen += await stopped(process)
    assert not any(secret in seen for secret in SECRETS)


def as_others_see(pid: int) -> str:
    """The command line and the environment of a process and of its children."""
    proc = Path("/proc")
    if not proc.is_dir():
        return ""
    children = (proc / f"{pid}/task/{pid}/children").read_text().split()
    files = [proc / str(one) / name for one in (pid, *children) for name in ("cmdline", "environ")]
    return "".join(file.read_text(errors="replace") for file in files)
