"""Each line of a checkup: how it is where all is well, and what is said where it is not."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BadInput, StoreDamaged, StoreError, TokenRefused, TryLater
from bot.model import ChatRole, ClockJump, Happening, HeldBy, Hold, IssueRecord, IssueState, SteadyTime
from bot.pacing import Report
from bot.reports.checkup.checks import checkup
from bot.reports.checkup.facts import Facts, Machine, Stored
from bot.reports.checkup.finding import Finding, Level, size, worst
from bot.reports.checkup.sending import ADVICE
from bot.reports.losses import Lately
from bot.reports.lost_chats import LostChat
from bot.reports.readiness import UNTRIED, Readiness
from bot.reports.sender import Sender
from bot.runtime.watch import CHECKS
from bot.settings import Settings, shipped
from bot.settings.sections import MetricsSettings, SourceSettings, TelegramSettings, WebSettings
from bot.settings.sections.telegram import WebhookSettings
from bot.sources import Listing, Problem, SourceFile
from bot.storage.condition import Condition
from bot.telegram_api import Account, WebhookState
from tests.builders import NOON

NO_WEBHOOK = WebhookState(url="", waiting=0, failed_at=None, failure="")
ACCOUNT = Account(
    id=123456,
    name="简报",
    username="jianbao_bot",
    inline=True,
    joins_groups=True,
    reads_groups=False,
    webhook=NO_WEBHOOK,
    clock_ahead=0.0,
)
SQLITE = Condition(program="SQLite", version="3.45.1", size=500_000_000, unused=0.1, unwritable=None)
POSTGRES = replace(SQLITE, program="PostgreSQL", version="16.2", vacuumed=NOON)
REPORT = Report(rate=1, limit=30, sent=1, refused=0, failed=0, paused_for=0)
STORED = Stored(
    place="/srv/jianbao.sqlite",
    file=None,
    condition=SQLITE,
    revision="0009",
    sender=Sender(holder="host 7", report=REPORT),
    waiting=(),
    until={},
    holds={},
    oldest_due=None,
    lately=Lately(happened={}, active=20),
    admin_chat=77,
)
AT_REST = Sender(holder="host 7", report=replace(REPORT, rate=0.0))
LISTING = Listing(
    files=(
        SourceFile(slug="2026-03-02", name="2026-03-02.md", path=Path("2026-03-02.md"), checksum="c", size=1),
    ),
    problems=(),
)
LEADS, STANDS_BY = (Readiness(status="ok", troubles={}, leads=leads) for leads in (True, False))
OURS = "https://bot.example/telegram/5f1c"


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """A bot of which all is well."""
    for name in ("bot.yml", "digest.yml"):
        (tmp_path / name).touch()
    return Facts(
        now=NOON,
        settings=Settings(config=tmp_path, issues=tmp_path),
        proxy=None,
        account=ACCOUNT,
        listing=LISTING,
        stored=STORED,
        bot=Readiness(status="ok", troubles={}),
        jobs={"publish": NOON},
        zone_data="/usr/share/zoneinfo (2025b)",
        machine=Machine(folder=tmp_path, disk=5 * 10**9, memory=10**9),
    )


def found(facts: Facts, **changes: Any) -> dict[str, Finding]:
    """What is not as it should be, by its name."""
    return {one.name: one for one in checkup(replace(facts, **changes)) if one.level is not Level.OK}


def test_where_all_is_well_every_line_says_so(facts: Facts) -> None:
    lines = {one.name: one.what for one in checkup(facts)}
    assert found(facts) == {}
    assert list(lines) == [
        *(
            "program",
            "configuration",
            "proxy",
            "token",
            "updates",
            "inline mode",
            "groups",
            "clock",
            "issues",
        ),
        *(
            "database",
            "upkeep",
            "sending",
            "running bot",
            "admin chat",
            "time zone",
            "jobs",
            "next issue",
            "disk",
            "memory",
        ),
    ]
    assert lines["token"] == "Telegram knows it: @jianbao_bot (简报), id 123456"
    assert lines["database"] == "/srv/jianbao.sqlite: SQLite 3.45.1, revision 0009, 500 MB, can be written"
    assert lines["jobs"] == "read every 10 s, publish next at 2026-03-02 12:00, deliver every 10 s"


def account(**changes: Any) -> dict[str, Any]:
    return {"account": replace(ACCOUNT, **changes)}


def webhook(**changes: Any) -> dict[str, Any]:
    return account(webhook=replace(NO_WEBHOOK, **changes))


def stored(**changes: Any) -> dict[str, Any]:
    return {"stored": replace(STORED, **changes)}


def condition(of: Condition = SQLITE, **changes: Any) -> dict[str, Any]:
    return stored(condition=replace(of, **changes))


def waiting(day: date | None, slug: str = "later") -> IssueRecord:
    return IssueRecord(
        slug=slug,
        title=None,
        date=day,
        checksum="c",
        state=IssueState.WAITING,
        found_at=NOON,
        published_at=None,
    )


GONE = {Happening.DEACTIVATED: 20}
PROBLEMS = tuple(Problem(path=Path(f"{n}.md"), slug=str(n), reason="has no content yet") for n in range(12))
DEAD = "no connection to the proxy http://proxy.example:3128 (Connection refused)"
UNKNOWN = TokenRefused()
CASES: tuple[tuple[str, Level, str, dict[str, Any]], ...] = (
    ("token", Level.ERROR, "does not know", {"account": UNKNOWN}),
    ("token", Level.ERROR, "no connection in time", {"account": TryLater("no connection in time", after=0)}),
    ("proxy", Level.ERROR, DEAD, {"proxy": "http://proxy.example:3128", "account": TryLater(DEAD, after=0)}),
    ("proxy", Level.ERROR, "must be", {"proxy": BadInput("must be http://"), "account": UNKNOWN}),
    ("updates", Level.ERROR, "at https://else.example", webhook(url="https://else.example/a-secret")),
    ("groups", Level.WARNING, "every message", account(reads_groups=True)),
    ("clock", Level.WARNING, "12 s ahead of Telegram's", account(clock_ahead=12.0)),
    ("clock", Level.ERROR, "3600 s behind Telegram's", account(clock_ahead=-3600.0)),
    ("issues", Level.ERROR, "no such folder", {"listing": BadInput("no such folder")}),
    ("issues", Level.WARNING, "none in", {"listing": Listing(files=(), problems=())}),
    (
        "issues",
        Level.WARNING,
        "12 files are passed over: 0.md",
        {"listing": replace(LISTING, problems=PROBLEMS)},
    ),
    ("database", Level.ERROR, "there is no database", {"stored": BadInput("there is no database at /x")}),
    ("database", Level.ERROR, "locked", {"stored": StoreError("locked")}),
    ("database", Level.ERROR, "malformed", {"stored": StoreDamaged("malformed")}),
    ("database", Level.ERROR, "cannot be written", condition(unwritable="it belongs to root")),
    ("database", Level.ERROR, "too old", condition(POSTGRES, version="14.9")),
    ("upkeep", Level.WARNING, "80% of the file is unused", condition(unused=0.8)),
    ("upkeep", Level.WARNING, "80% of the rows are dead", condition(POSTGRES, unused=0.8)),
    ("sending", Level.WARNING, "no process sends", stored(sender=None)),
    (
        "deliveries",
        Level.WARNING,
        "due since 2026-03-02 11:00",
        stored(oldest_due=NOON - timedelta(hours=1), sender=AT_REST),
    ),
    ("subscribers", Level.WARNING, "20 were lost", stored(lately=Lately(happened=GONE, active=2))),
    ("next issue", Level.WARNING, "late is due", stored(sender=None, waiting=(waiting(None, "late"),))),
    ("running bot", Level.ERROR, "409", {"bot": Readiness(status="trouble", troubles={"updates": "409"})}),
    ("time zone", Level.WARNING, "nobody knows", {"zone_data": None}),
    (
        "disk",
        Level.ERROR,
        "50 MB free",
        {"machine": Machine(folder=Path("/x"), disk=50_000_000, memory=None)},
    ),
    (
        "disk",
        Level.WARNING,
        "500 MB free",
        {"machine": Machine(folder=Path("/"), disk=5 * 10**8, memory=None)},
    ),
    ("memory", Level.WARNING, "64 MB", {"machine": Machine(folder=None, disk=None, memory=64_000_000)}),
)


@pytest.mark.parametrize(("name", "level", "told", "changes"), CASES, ids=lambda value: str(value)[:30])
def test_what_is_wrong_is_told_with_what_to_do(
    facts: Facts, name: str, level: Level, told: str, changes: dict[str, Any]
) -> None:
    line = found(facts, **changes)[name]
    assert line.level is level
    assert told in line.what
    assert line.advice or isinstance(changes.get("stored"), BadInput)  # which says it itself
    assert not line.advice.startswith("docs/")
    assert "a-secret" not in line.what + line.advice


def test_an_admin_chat_that_is_named_and_put_the_bot_out_is_warned_of_and_none_at_all_is_not(
    facts: Facts,
) -> None:
    assert "admin chat" not in found(facts, **stored(admin_chat=None))
    lost = (LostChat(role=ChatRole.ADMIN, at=NOON, named=-77), LostChat(role=ChatRole.EDITORS, at=NOON))
    lines = found(facts, **stored(admin_chat=None, lost_chats=lost))
    line, editors = lines["admin chat"], lines["editors chat"]
    assert (line.level, line.advice) == (Level.WARNING, "let the bot in again")
    assert line.what.startswith("the admin chat -77 put the bot out")
    assert editors.advice == "jianbao editors code makes a code for another"


def test_a_chat_that_is_named_and_that_the_bot_may_not_write_to_is_warned_of(facts: Facts) -> None:
    settings = facts.settings.model_copy(
        update={"admin": facts.settings.admin.model_copy(update={"chat": 77})}
    )
    account = replace(ACCOUNT, strangers=frozenset({77}))
    warned = found(facts, account=account, settings=settings)["admin chat"]
    assert (warned.level, warned.what) == (Level.WARNING, "Telegram does not let the bot write to 77")
    assert "/start" in warned.advice
    assert "admin chat" not in found(facts, settings=settings)


def test_each_check_of_the_running_bot_has_its_own_advice(facts: Facts) -> None:
    troubles = dict.fromkeys(CHECKS, "it fails")
    lines = checkup(replace(facts, bot=Readiness(status="trouble", troubles=troubles)))
    advice = [one.advice for one in lines if one.name == "running bot"]
    assert ADVICE.keys() == set(CHECKS)
    assert advice == [ADVICE[name].format(proxy="telegram.proxy") for name in CHECKS]


def test_of_what_waits_for_another_check_nothing_is_advised(facts: Facts) -> None:
    bot = Readiness(status="trouble", troubles={"telegram": "away", "updates": f"updates: {UNTRIED}"})
    advice = {one.what: one.advice for one in checkup(replace(facts, bot=bot)) if one.name == "running bot"}
    assert advice["updates: not tried yet"].startswith("nothing yet")
    assert advice["away"] == ADVICE["telegram"].format(proxy="telegram.proxy")


PROXY = "socks5://proxy.example:1080"
PLACE = "telegram.proxy_file: /etc/proxy"


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        (f"no connection to the proxy {PROXY} (Connection refused)", f"start it, or correct {PLACE}"),
        (
            f"the proxy {PROXY} does not accept this user and password",
            f"correct user and password: {PLACE}",
        ),
        (
            f"the proxy {PROXY} closed the connection, as some do at a wrong password",
            f"correct user and password: {PLACE}",
        ),
        (
            f"the proxy {PROXY} did not get through to the Bot API (Host unreachable)",
            f"see why the proxy does not reach Telegram, or name another: {PLACE}",
        ),
        (
            f"no connection through the proxy {PROXY} in time",
            f"see what listens there and what it logs, or correct {PLACE}",
        ),
    ],
)
def test_what_to_do_about_a_proxy_depends_on_what_it_does_and_names_where_it_is_set(
    facts: Facts, failure: str, advice: str
) -> None:
    bot = Readiness(status="trouble", troubles={"telegram": failure})
    away = TryLater(failure, after=0)
    lines = found(facts, proxy=PROXY, proxy_place=PLACE, account=away, bot=bot)
    assert lines["proxy"].advice == advice
    assert lines["token"].advice == f"check the network, {PLACE} and api_url"
    assert f"check the network, {PLACE} and api_url;" in (lines["running bot"].advice or "")


def test_what_is_wrong_with_a_repository_is_not_mended_by_mounting_a_folder(facts: Facts) -> None:
    source = SourceSettings(git="https://git.example/digest.git")
    settings = facts.settings.model_copy(update={"source": source})
    bot = Readiness(status="trouble", troubles={"source": "did not answer within 20 seconds"})
    advice = found(facts, settings=settings, bot=bot)["running bot"].advice or ""
    assert "docs/git.md" in advice
    assert "mount" not in advice


def test_who_took_our_webhook_is_not_looked_for_in_the_web_server_in_front(facts: Facts) -> None:
    telegram = TelegramSettings(webhook=WebhookSettings(url=OURS))
    settings = facts.settings.model_copy(update={"telegram": telegram})
    why = "another program removed the webhook; ours is set again"
    bot = Readiness(status="trouble", troubles={"updates": why})
    lines = found(facts, settings=settings, bot=bot, **webhook(url=OURS))
    assert lines["running bot"].advice == ADVICE["updates"]


def test_a_bot_that_runs_and_cannot_lead_is_not_to_be_started(facts: Facts) -> None:
    away = {"telegram": "telegram since 2026-03-02 11:00 UTC: the proxy wants another password"}
    bot = Readiness(status="trouble", troubles=away | {"lease": f"lease: {UNTRIED}"})
    line = found(facts, bot=bot, **stored(sender=None))["sending"]
    assert line.what == f"no process sends; the bot of this machine runs: {away['telegram']}"
    assert "running bot" in line.advice


def test_what_could_not_be_asked_is_not_told(facts: Facts) -> None:
    names = [one.name for one in checkup(replace(facts, account=UNKNOWN, stored=StoreError("gone")))]
    assert {"updates", "inline mode", "groups", "clock", "upkeep", "sending", "next issue"}.isdisjoint(names)


@pytest.mark.parametrize(
    ("ours", "bot", "level"),
    [
        (OURS, None, Level.WARNING),
        (OURS, STANDS_BY, Level.WARNING),
        (None, STANDS_BY, Level.WARNING),
        (OURS, LEADS, Level.ERROR),
        (None, None, Level.ERROR),
    ],
)
def test_a_webhook_of_another_process_that_leads_is_no_error(
    facts: Facts, ours: str | None, bot: Readiness | None, level: Level
) -> None:
    telegram = TelegramSettings(webhook=WebhookSettings(url=ours))
    settings = facts.settings.model_copy(update={"telegram": telegram})
    elses = webhook(url="https://other.example/telegram/77")
    line = found(facts, settings=settings, bot=bot, **elses)["updates"]
    assert line.level is level
    assert ("revoke" in line.advice) == (level is Level.ERROR)
    assert ("host 7 leads" in line.what) == (level is Level.WARNING)
    alone = found(facts, settings=settings, bot=bot, **elses, **stored(sender=None))["updates"]
    assert alone.level is Level.ERROR


def test_a_damaged_file_is_to_be_moved_away_and_restored(facts: Facts) -> None:
    advice = found(facts, stored=StoreDamaged("the file is damaged"))["database"].advice
    assert "with its -wal and -shm" in advice
    assert advice.endswith("jianbao restore FILE --yes")


def test_a_webhook_of_ours_is_told_with_its_last_error(facts: Facts) -> None:
    telegram = TelegramSettings(webhook=WebhookSettings(url=OURS))
    settings = facts.settings.model_copy(update={"telegram": telegram})
    assert found(facts, settings=settings)["updates"].what == "the webhook of the settings is not set"
    assert found(facts, settings=settings, **webhook(url=OURS)) == {}
    failed = {"url": OURS, "failed_at": NOON - timedelta(minutes=1), "failure": "Connection refused"}
    lines = [
        found(facts, settings=settings, **webhook(**failed, waiting=waits))["updates"] for waits in (0, 3)
    ]
    assert [one.level for one in lines] == [Level.WARNING, Level.ERROR]
    assert lines[1].what.endswith("failed at 11:59:00 UTC: Connection refused; 3 updates wait")
    assert "5f1c" not in lines[1].what
    old = webhook(**failed | {"failed_at": NOON - timedelta(days=1)})
    assert found(facts, settings=settings, **old) == {}


def test_what_is_no_trouble_is_told_all_the_same(facts: Facts) -> None:
    changes = account(inline=False, joins_groups=False) | {"proxy": "http://proxy.example:3128", "bot": None}
    lines = {one.name: one for one in checkup(replace(facts, **changes))}
    assert worst(lines.values()) is Level.OK
    assert lines["inline mode"].advice == "to turn it on, send /setinline to @BotFather"
    assert lines["groups"].advice == "to allow it, send /setjoingroups to @BotFather"
    assert lines["proxy"].what == "http://proxy.example:3128 lets us through"
    assert "409" in lines["running bot"].advice


def test_the_next_issue_is_the_first_of_those_that_wait(facts: Facts) -> None:
    days = [NOON.date() + timedelta(days=n) for n in (9, 2)]
    issues, until = [waiting(day, f"on-{day}") for day in days], {f"on-{day}": f"{day} 08:30" for day in days}
    lines = checkup(replace(facts, **stored(waiting=issues, until=until)))
    assert {one.name: one.what for one in lines}["next issue"] == f"on-{days[1]} waits until {days[1]} 08:30"


def test_an_issue_that_is_due_while_everything_is_held_is_told_as_held(facts: Facts) -> None:
    held = {"": Hold(by=HeldBy.RESTORED, why="restored", at=NOON)}
    lines = list(checkup(replace(facts, **stored(waiting=[waiting(None, "late")], holds=held))))
    assert {one.name: one.what for one in lines}["next issue"] == "late is due now, and held with everything"
    (advice,) = (one.advice for one in lines if one.name == "held")
    assert advice is not None
    assert "jianbao resume --skip-open leaves out" in advice


def test_for_how_long_deliveries_are_due_is_told_without_what_the_clock_was_put(facts: Facts) -> None:
    before = facts.now - timedelta(hours=2, minutes=3)
    put = ClockJump(before=before, after=before + timedelta(hours=2), seconds=0.0)
    for since, what in (
        (before, "the oldest has been due for 3 min"),
        (facts.now - timedelta(hours=1), "not known"),
    ):
        due = stored(oldest_due=since, time=SteadyTime((put,)))
        lines = list(checkup(replace(facts, **due)))
        assert what in {one.name: one.what for one in lines}["deliveries"]


def test_what_is_held_is_told_and_is_not_due(facts: Facts) -> None:
    stopped = Hold(by=HeldBy.OPERATOR, why="wait for the lawyers", at=NOON)
    doubted = replace(stopped, by=HeldBy.DATE, why="title and file name disagree")
    held = {"": stopped, "late": doubted}
    lines = list(checkup(replace(facts, **stored(sender=None, waiting=[waiting(None, "late")], holds=held))))
    assert [(one.what, one.advice) for one in lines if one.name == "held"] == [
        (
            "nothing is pushed since 2026-03-02 12:00 UTC: wait for the lawyers",
            "jianbao resume lets it go on",
        ),
        (
            "late is held since 2026-03-02 12:00 UTC: title and file name disagree",
            "jianbao publish late lets it go",
        ),
    ]
    assert {one.name: one.what for one in lines}["next issue"] == "none waits for its day"


def test_samples_and_the_shipped_configuration_are_told(facts: Facts) -> None:
    settings = Settings(config=shipped("config"))
    assert found(facts, settings=settings).keys() == {"configuration", "issues"}


def test_files_that_others_may_read_or_change_are_told(facts: Facts, tmp_path: Path) -> None:
    token, figures, database = tmp_path / "a token", tmp_path / "figures", tmp_path / "jianbao.sqlite"
    for file, mode in ((token, 0o644), (figures, 0o642), (database, 0o644)):
        file.touch()
        file.chmod(mode)
    changed = {"token_file": token, "metrics": MetricsSettings(secret_file=figures)}
    settings = facts.settings.model_copy(update=changed)
    lines = found(facts, settings=settings, **stored(file=database))
    assert lines["secrets"].what == f"others on this machine may read or change {token}, {figures}"
    assert lines["secrets"].advice == f"chmod o= '{token}' {figures}"
    assert lines["database"].advice == f"chmod 600 {database}"
    token.chmod(0o600)
    figures.chmod(0o440)
    database.chmod(0o600)
    assert found(facts, settings=settings, **stored(file=database)) == {}


def test_a_rate_far_below_the_configured_is_told_with_its_begin(facts: Facts) -> None:
    slow = replace(REPORT, limit=1.3, slow_for=180)
    lines = found(facts, **stored(sender=Sender(holder="host 7", report=slow)))
    assert lines["rate"].what == (
        "at most 1.3 of 30 messages a second, for Telegram refused more (429), since 2026-03-02 11:57 UTC"
    )
    assert "climbs back by itself" in lines["rate"].advice
    for well in (replace(slow, limit=20), replace(slow, slow_for=0)):
        assert found(facts, **stored(sender=Sender(holder="host 7", report=well))) == {}


def test_how_many_files_were_not_looked_into_is_told(facts: Facts) -> None:
    lines = list(checkup(replace(facts, listing=replace(LISTING, unread=350))))
    (told,) = (one.what for one in lines if one.name == "issues")
    assert "(the newest are looked into; 350 older ones are new too, and are not)" in told


def test_what_waits_its_turn_in_a_broadcast_that_goes_out_is_not_late(facts: Facts) -> None:
    due = stored(oldest_due=NOON - timedelta(hours=1))
    assert found(facts, **due) == {}
    lines = {one.name: one.what for one in checkup(replace(facts, **due))}
    assert lines["deliveries"] == "the oldest has been due for 60 min, and messages go out"


def test_the_oldest_delivery_may_have_been_due_for_a_while(facts: Facts) -> None:
    settings = facts.settings.model_copy(update={"web": WebSettings(oldest_due=7200)})
    assert (
        found(facts, settings=settings, **stored(oldest_due=NOON - timedelta(hours=1), sender=AT_REST)) == {}
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [(640_000, "640 kB"), (1_234_567, "1.2 MB"), (500_000_000, "500 MB"), (10**13, "10000 GB")],
)
def test_sizes_are_told_in_round_numbers(count: int, told: str) -> None:
    assert size(count) == told
