"""jianbao plan: what publishing an issue would send, and how long that takes."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import Format, watched, write, write_json, write_table
from bot.cli.sender import duration
from bot.digest.names import DigestNames
from bot.errors import BadInput
from bot.messages.selection import select
from bot.model import Cut, Interests, Issue, IssueRecord, IssueState, Language
from bot.publishing.decisions import newest_day
from bot.publishing.lookup import find_issue
from bot.runtime.clock import utc_now
from bot.runtime.wiring import make_calendar, make_editorial, open_storage
from bot.settings import Configuration, Settings, load
from bot.storage import Storage

_SHARE = 0.97  # of the rate: as much as the bot uses of it
_MOST_CUTS = 10
_LANGUAGE: Language = "en"  # that of the command line


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the subscribers with one cut get. ``empty``: it selects nothing, and a message says so."""

    cut: Cut
    chats: int
    messages: int
    empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What publishing an issue sends, the most frequent cut first; ``note`` says what stands against it."""

    slug: str
    title: str | None
    note: str | None
    shares: tuple[Share, ...]
    rate: float
    per_chat: float

    @property
    def subscribers(self) -> int:
        """The active ones."""
        return sum(share.chats for share in self.shares)

    @property
    def messages(self) -> int:
        """All messages to all chats."""
        return sum(share.chats * share.messages for share in self.shares)

    @property
    def empty(self) -> tuple[Share, ...]:
        """The cuts that select nothing."""
        return tuple(share for share in self.shares if share.empty)

    @property
    def seconds(self) -> float:
        """How long sending takes at this rate; never less than the longest cut takes in one chat."""
        longest = max((share.messages for share in self.shares), default=0)
        return max(self.messages / self.rate, max(0, longest - 1) * self.per_chat)


def plan(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The issue's file name without .md.")],
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Show what publishing an issue would send: to how many, which cuts of it, for how long."""
    configuration = load()
    found = asyncio.run(_plan(configuration, slug))
    names = DigestNames(configuration.profile, configuration.topics)
    if form is Format.JSON:
        write_json(_values(found, names))
    else:
        _show(found, names)


async def _plan(configuration: Configuration, slug: str) -> Plan:
    settings = configuration.settings
    async with open_storage(settings) as storage:
        editorial = make_editorial(configuration, storage)
        await editorial.intake.read(utc_now())
        record = await find_issue(storage.issues, slug)
        await editorial.archive.refresh()
        issue = editorial.archive.get(slug)
        if issue is None:
            raise BadInput(f"issue {slug} cannot be understood; jianbao check says why")
        cuts = [(Cut.parse(cut), chats) for cut, chats in await storage.reports.cuts()]
        return Plan(
            slug=slug,
            title=record.title,
            note=await _note(record, storage, settings),
            shares=tuple(
                _share(cut, chats, issue, len(editorial.renderer.issue(issue, cut)))
                for cut, chats in watched(cuts, "Rendering")
            ),
            rate=settings.delivery.rate * _SHARE,
            per_chat=settings.delivery.per_chat,
        )


def _share(cut: Cut, chats: int, issue: Issue, messages: int) -> Share:
    return Share(cut=cut, chats=chats, messages=messages, empty=select(issue, cut).empty)


async def _note(record: IssueRecord, storage: Storage, settings: Settings) -> str | None:
    """What a person should know before publishing it; None where it simply goes out."""
    match record.state:
        case IssueState.PUBLISHED:
            when = f" on {record.published_at:%Y-%m-%d %H:%M} UTC" if record.published_at else ""
            return f"was published already{when}; nobody gets it twice"
        case IssueState.RETRACTED:
            return "was taken back; jianbao publish sends it again"
        case IssueState.ARCHIVED:
            return "is archive: it goes out only by jianbao publish"
        case IssueState.WAITING:
            return await _waits(record, storage, settings)


async def _waits(record: IssueRecord, storage: Storage, settings: Settings) -> str | None:
    calendar, now = make_calendar(settings), utc_now()
    if record.date and record.date > calendar.last_day(now):
        return f"waits until {record.date}"
    newest = newest_day(await storage.issues.all(), await storage.issues.due(calendar.last_day(now)))
    if calendar.is_late(record.date, newest=newest, now=now):
        return "is too old to be pushed, and a newer one is there; only jianbao publish sends it"
    return None


def _show(found: Plan, names: DigestNames) -> None:
    write(f"{found.slug} {found.note or 'goes out as soon as the running bot looks'}")
    write(f"{found.subscribers} active subscribers with {len(found.shares)} different cuts")
    per_second = f"at {found.rate:.1f} messages a second"
    write(f"{found.messages} messages after their filters, {duration(found.seconds)} {per_second}")
    if found.empty:
        chats = sum(share.chats for share in found.empty)
        write(f"Cuts that select nothing: {len(found.empty)}; chats that are told so in a message: {chats}")
    if found.shares:
        write("")
        write_table(_table(found, names))


def _table(found: Plan, names: DigestNames) -> Table:
    more = len(found.shares) - _MOST_CUTS
    table = Table(box=None)
    for column in ("chats", "messages each"):
        table.add_column(column, justify="right")
    table.add_column("cut" if more <= 0 else f"cut (the {_MOST_CUTS} most frequent)")
    for share in found.shares[:_MOST_CUTS]:
        nothing = " (selects nothing)" if share.empty else ""
        table.add_row(str(share.chats), str(share.messages), escape(described(share.cut, names) + nothing))
    return table


def described(cut: Cut, names: DigestNames) -> str:
    """A cut as a person would say it."""
    followed, without = (_called(one, names) for one in (cut.followed, cut.without))
    parts = [f"{cut.language}, {cut.mode}: {', '.join(followed) or 'everything'}"]
    if without:
        parts.append(f"without {', '.join(without)}")
    if cut.sections:
        parts.append(f"only in {', '.join(_sections(cut, names))}")
    return "; ".join(parts)


def _called(interests: Interests, names: DigestNames) -> tuple[str, ...]:
    return interests.called(lambda slug: names.topic(slug, _LANGUAGE))


def _sections(cut: Cut, names: DigestNames) -> list[str]:
    return [names.section(slug, _LANGUAGE) or slug for slug in cut.sections]


def _values(found: Plan, names: DigestNames) -> dict[str, Any]:
    return {
        "issue": found.slug,
        "title": found.title,
        "note": found.note,
        "subscribers": found.subscribers,
        "messages": found.messages,
        "seconds": round(found.seconds, 1),
        "rate": round(found.rate, 2),
        "cuts": len(found.shares),
        "empty": {"cuts": len(found.empty), "chats": sum(share.chats for share in found.empty)},
        "most_frequent": [_share_values(share, names) for share in found.shares[:_MOST_CUTS]],
    }


def _share_values(share: Share, names: DigestNames) -> dict[str, Any]:
    cut = share.cut
    return {
        "chats": share.chats,
        "messages": share.messages,
        "empty": share.empty,
        "described": described(cut, names),
        "language": cut.language,
        "mode": cut.mode,
        "topics": cut.topics,
        "keywords": cut.keywords,
        "sections": cut.sections,
        "without": asdict(cut.without),
    }
