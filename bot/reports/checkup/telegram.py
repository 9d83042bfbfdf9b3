"""The token, the way to Telegram, and what Telegram says of the bot."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from bot.errors import BadInput, JianbaoError, TokenRefused
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding, error, ok, warning
from bot.reports.readiness import Readiness
from bot.settings import token_place
from bot.telegram_api.account import Account, WebhookState

_LATELY = timedelta(hours=1)
_FAR_OFF, _TOO_FAR_OFF = 5, 60  # seconds of the clock
_CLOUD = "https://api.telegram.org"
#: What to do about a proxy, by what its failure says; the first that fits.
_PROXY_ADVICE = (
    ("password", "correct user and password: {place}"),
    ("no connection to the proxy", "start it, or correct {place}"),
    ("did not get through", "see why the proxy does not reach Telegram, or name another: {place}"),
    ("", "see what listens there and what it logs, or correct {place}"),
)
_WHO_ELSE = "end the other program; if there is none of yours, revoke the token with @BotFather (/revoke)"


def check_proxy(facts: Facts) -> Iterator[Finding]:
    """Whether there is one, and whether it lets us through."""
    match facts.proxy, facts.account:
        case JianbaoError() as wrong, _:
            yield error("proxy", str(wrong), f"correct {facts.proxy_place}")
        case None, _:
            yield ok("proxy", "none: Telegram is asked directly")
        case str(name), JianbaoError() as failed if name in str(failed):
            yield error("proxy", str(failed), _about_proxy(str(failed), facts.proxy_place))
        case name, Account():
            yield ok("proxy", f"{name} lets us through")
        case name, _:
            yield ok("proxy", f"{name} is used")


def _about_proxy(failure: str, place: str) -> str:
    """What to do about a failure of the proxy, which is named at a place."""
    advice = next(advice for sign, advice in _PROXY_ADVICE if sign in failure)
    return advice.format(place=place)


def check_token(facts: Facts) -> Iterator[Finding]:
    """Whether Telegram is reached and knows the token, and whose it is."""
    address, account = facts.settings.api_url, facts.account
    server = "Telegram" if address == _CLOUD else f"the Bot API at {urlsplit(address).netloc}"
    match account:
        case TokenRefused():
            refused = TokenRefused(where=token_place(facts.settings))
            yield error("token", str(refused), "put the right one there; @BotFather has it (/token)")
        case BadInput():
            yield error(
                "token",
                str(account),
                "see JIANBAO_TOKEN, JIANBAO_TOKEN_FILE or token beside bot.yml; @BotFather has it (/token)",
            )
        case JianbaoError():
            yield error(
                "token",
                f"{server} cannot be asked: {account}",
                f"check the network, {facts.proxy_place} and api_url",
            )
        case Account():
            yield ok("token", f"{server} knows it: @{account.username} ({account.name}), id {account.id}")


def check_webhook(facts: Facts) -> Iterator[Finding]:
    """Whether updates come to us, so far as Telegram says."""
    if isinstance(facts.account, JianbaoError):
        return
    ours, state = facts.settings.telegram.webhook.url, facts.account.webhook
    if state.url == (ours or ""):
        yield _brought(facts, state) if ours else _fetched(state)
    elif not state.url:
        yield warning("updates", "the webhook of the settings is not set", "start the bot, which sets it")
    elif (leader := _another_leader(facts)) is not None:
        yield warning(
            "updates",
            f"another webhook is set, at {_host(state.url)}, and {leader} leads: it may be its own",
            "nothing, if that is its telegram.webhook.url; if not, restart it, and it sets its own",
        )
    else:
        yield error(
            "updates",
            f"another webhook is set, at {_host(state.url)}, so the bot gets no updates",
            f"restart the bot, which puts that right; {_WHO_ELSE}",
        )


def _another_leader(facts: Facts) -> str | None:
    """The process that leads, if it may be another than the one of these settings: replicas have webhooks.

    Where this machine's does not say, it may if these settings have a webhook, which it would have set.
    """
    if isinstance(facts.stored, JianbaoError) or facts.stored.sender is None:
        return None
    leads = facts.bot.leads if isinstance(facts.bot, Readiness) else None
    may_be = bool(facts.settings.telegram.webhook.url) if leads is None else not leads
    return facts.stored.sender.holder if may_be else None


def _fetched(state: WebhookState) -> Finding:
    return ok("updates", f"no webhook is set, as it should be; {state.waiting} updates wait to be fetched")


def _brought(facts: Facts, state: WebhookState) -> Finding:
    what = f"our webhook is set at {_host(state.url)}"
    if state.failed_at is None or facts.now - state.failed_at > _LATELY:
        return ok("updates", f"{what}; {state.waiting} updates wait")
    failure = (
        f"{what}, and failed at {state.failed_at:%H:%M:%S} UTC: {state.failure}; {state.waiting} updates wait"
    )
    advice = "see docs/webhook.md: the web server in front, its certificate, and whether the bot runs"
    return error("updates", failure, advice) if state.waiting else warning("updates", failure, advice)


def check_inline(facts: Facts) -> Iterator[Finding]:
    """Whether people can ask the bot in other chats."""
    if isinstance(facts.account, JianbaoError):
        return
    if facts.account.inline:
        yield ok("inline mode", f"on: @{facts.account.username} can be asked in any chat")
    else:
        yield ok(
            "inline mode", "off: items are passed on as links", "to turn it on, send /setinline to @BotFather"
        )


def check_groups(facts: Facts) -> Iterator[Finding]:
    """What the bot gets to see of groups."""
    if isinstance(facts.account, JianbaoError):
        return
    if not facts.account.joins_groups:
        yield ok(
            "groups", "nobody may add the bot to a group", "to allow it, send /setjoingroups to @BotFather"
        )
    elif facts.account.reads_groups:
        yield warning(
            "groups",
            "the bot gets every message of its groups, and needs none but commands",
            "turn privacy mode on: send /setprivacy to @BotFather",
        )
    else:
        yield ok("groups", "privacy mode is on: of groups the bot sees commands alone")


def check_clock(facts: Facts) -> Iterator[Finding]:
    """Whether this machine's clock agrees with Telegram's."""
    if isinstance(facts.account, JianbaoError) or facts.account.clock_ahead is None:
        return
    off = facts.account.clock_ahead
    what = f"{abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} Telegram's"
    advice = "set it, and let it be kept by NTP (timedatectl set-ntp true)"
    if abs(off) <= _FAR_OFF:
        yield ok("clock", "agrees with Telegram's")
    else:
        yield warning("clock", what, advice) if abs(off) <= _TOO_FAR_OFF else error("clock", what, advice)


def _host(url: str) -> str:
    """Where it leads. The rest of somebody's address may be a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
