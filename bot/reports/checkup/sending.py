"""Who sends, what is due, and what the running bot says of itself."""

from collections.abc import Iterator
from datetime import timedelta

from bot.errors import JianbaoError
from bot.model import ChatRole
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding, error, ok, warning
from bot.reports.checkup.folder import SOURCE_ADVICE
from bot.reports.readiness import UNTRIED, Readiness
from bot.reports.slowness import slowness
from bot.telegram_api.account import Account
from bot.words.durations import duration
from bot.words.moments import moment

_NOT_ASKED = "set web.port to have it asked; a second program with the token (409) it tells in its log too"
#: What to do, by the checks of the running bot.
ADVICE = {
    "telegram": "check the network, {proxy} and api_url; it is tried again at least every minute",
    "updates": "end the other program, or revoke the token with @BotFather (/revoke)",
    "source": "mount the folder of issues, and let the bot's user read it",
    "database": "check the database and its disk; what was sent is kept and written later",
    "lease": "wait a minute; if it stays so, look whether the database can be written",
    "deliveries": "see jianbao deliveries",
}
_TAKEN = "another"  # program, or webhook: nothing of ours is in the way
_BROUGHT = (
    "see docs/webhook.md: the web server in front, its certificate, and the header that it must pass on"
)
_MIND_BOT = "see below what the running bot says"
_STRANGER = "if it is a person, let them send /start to the bot; if a group, add the bot; or correct the id"
_LOSSES = "see jianbao status --since 2d; if Telegram knows none of the chats: is it this bot's token?"


def check_lease(facts: Facts) -> Iterator[Finding]:
    """Whether a process sends."""
    if isinstance(facts.stored, JianbaoError):
        return
    sender = facts.stored.sender
    if sender is None and isinstance(facts.bot, Readiness):
        why = facts.bot.why or "it has just begun, or stands by"
        yield warning("sending", f"no process sends; the bot of this machine runs: {why}", _MIND_BOT)
    elif sender is None:
        yield warning("sending", "no process sends", "start one: jianbao run")
    elif sender.is_silent:
        what = f"{sender.holder} does not renew its lease, which ends in {duration(sender.left)}"
        yield warning("sending", what, "if it is gone, start one: jianbao run")
    else:
        yield ok("sending", f"{sender.holder} leads")


def check_admin_chat(facts: Facts) -> Iterator[Finding]:
    """Whether a chat is told what matters, and whether that of the editors is there if it ever was."""
    if isinstance(facts.stored, JianbaoError):
        return
    for lost in facts.stored.lost_chats:
        yield warning(f"{lost.role} chat", lost.what, lost.advice)
    strangers = facts.account.strangers if isinstance(facts.account, Account) else frozenset()
    for role, named in (
        (ChatRole.ADMIN, facts.settings.admin.chat),
        (ChatRole.EDITORS, facts.settings.editors.chat),
    ):
        if named in strangers:
            yield warning(f"{role} chat", f"Telegram does not let the bot write to {named}", _STRANGER)
    if (chat := facts.stored.admin_chat) is not None and chat not in strangers:
        yield ok("admin chat", f"{chat} is told what matters")
    elif chat is None and all(lost.role is not ChatRole.ADMIN for lost in facts.stored.lost_chats):
        yield ok("admin chat", "none: nobody is told what matters", "jianbao admin code makes a code for one")


def check_running(facts: Facts) -> Iterator[Finding]:
    """What the bot of this machine says of itself: a second program with the token it alone can see."""
    match facts.bot:
        case None:
            yield ok("running bot", "is not asked, for web.port is 0", _NOT_ASKED)
        case JianbaoError():
            gone = isinstance(facts.stored, JianbaoError)
            advice = "mind the database first" if gone else "start it here, or ask where it runs: jianbao run"
            yield warning("running bot", str(facts.bot), advice)
        case found if not found.troubles:
            yield ok("running bot", "says that it is ready")
        case found:
            for name, why in found.troubles.items():
                yield error("running bot", why, _advice(name, why, facts))


def _advice(name: str, why: str, facts: Facts) -> str:
    if why.endswith(UNTRIED):
        return "nothing yet: the bot comes to it when the rest is well"
    if name == "updates" and facts.settings.telegram.webhook.url and _TAKEN not in why:
        return _BROUGHT
    if name == "source" and facts.settings.source.git is not None:
        return SOURCE_ADVICE[True]
    advice = ADVICE.get(name, "look in its log for what it says of it")
    return advice.format(proxy=facts.proxy_place)


def check_due(facts: Facts) -> Iterator[Finding]:
    """Whether what is due goes out."""
    if isinstance(facts.stored, JianbaoError) or facts.stored.oldest_due is None:
        return
    since = facts.stored.oldest_due
    waits = facts.stored.time.elapsed(since, facts.now)
    sender = facts.stored.sender
    moves = sender is not None and sender.report is not None and sender.report.rate > 0
    if waits is None:
        yield ok("deliveries", "some are due; for how long is not known, as the clock was put")
    elif waits > facts.settings.web.oldest_due and not moves:
        yield warning("deliveries", f"the oldest has been due since {moment(since)}", ADVICE["deliveries"])
    else:
        going = ", and messages go out" if moves else ""
        yield ok("deliveries", f"the oldest has been due for {duration(waits)}{going}")


def check_rate(facts: Facts) -> Iterator[Finding]:
    """Whether Telegram lets the bot send far less than it is to."""
    if isinstance(facts.stored, JianbaoError) or facts.stored.sender is None:
        return
    report = facts.stored.sender.report
    if report is None or (slow := slowness(report, facts.settings.delivery.rate)) is None:
        return
    since = facts.now - timedelta(seconds=report.slow_for)
    yield warning(
        "rate",
        f"{slow}, since {moment(since)}",
        "wait: it climbs back by itself within minutes; if it comes again, lower delivery.rate",
    )


def check_topics(facts: Facts) -> Iterator[Finding]:
    """Whether readers follow what is no topic any more."""
    if not isinstance(facts.stored, JianbaoError):
        yield from (warning("topics", one.what, one.advice) for one in facts.stored.gone_topics)


def check_losses(facts: Facts) -> Iterator[Finding]:
    """Whether more subscribers were lost than usual."""
    if not isinstance(facts.stored, JianbaoError) and facts.stored.lately.unusual:
        yield warning("subscribers", str(facts.stored.lately), _LOSSES)
