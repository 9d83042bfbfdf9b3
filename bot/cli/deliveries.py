"""jianbao deliveries: who got what, what failed and why; and sending it again to those who missed it."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer
from rich.table import Table
from typer.core import TyperGroup

from bot.cli.beside import settings_beside
from bot.cli.ledger import LedgerFormat, as_csv, reasons_table, write_rows
from bot.cli.output import write, write_json
from bot.cli.progress import change_line, sends_when
from bot.cli.tables import write_table
from bot.errors import BadInput
from bot.model import Aim, DeliveryState
from bot.publishing.lookup import find_issue
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import Access, CopyChange, Statistics
from bot.words.english import plural

_MEANINGS = {
    DeliveryState.PLANNED: "Not started yet.",
    DeliveryState.SENDING: "Started and not finished.",
    DeliveryState.SENT: "Finished: the chat has every part.",
    DeliveryState.FAILED: "Given up; see the reason.",
    DeliveryState.SKIPPED: "Left out on purpose, or taken back; see the reason.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fits:
    """Which rows are listed; false if none were asked for, and the ledger is summed up."""

    chat_id: int | None
    states: tuple[DeliveryState, ...]
    uncertain: bool

    def __bool__(self) -> bool:
        return self.chat_id is not None or bool(self.states) or self.uncertain


class _CommandOrSlug(TyperGroup):
    """A group whose first word is one of its commands, or its own argument."""

    # The type of a context and of its parameters is typer's own.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words; options may follow the argument, and a command has its own options."""
        ctx.meta[_COMMAND_FIRST] = bool(args) and args[0] in self.commands
        ctx.allow_interspersed_args = not ctx.meta[_COMMAND_FIRST]
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, without the argument if a command stands in its place."""
        params = super().get_params(ctx)
        if ctx.meta.get(_COMMAND_FIRST):
            return [param for param in params if param.param_type_name != "argument"]
        return params


_COMMAND_FIRST = f"{__name__}.command_first"
deliveries = typer.Typer(cls=_CommandOrSlug, invoke_without_command=True, subcommand_metavar="| retry SLUG")


@deliveries.callback()
def show(
    context: typer.Context,
    slug: Annotated[
        str | None, typer.Argument(metavar="SLUG", help="Only this issue.", show_default=False)
    ] = None,
    *,
    failed: Annotated[bool, typer.Option("--failed", help="List deliveries that failed.")] = False,
    uncertain: Annotated[
        bool,
        typer.Option("--uncertain", help="List deliveries with a part that may be missing or doubled."),
    ] = False,
    chat: Annotated[
        int | None, typer.Option("--chat", metavar="ID", help="List deliveries to this chat.")
    ] = None,
    form: Annotated[LedgerFormat, typer.Option("--format", help="As text, JSON or CSV.")] = LedgerFormat.TEXT,
) -> None:
    """Show deliveries: how many pushes are in each state and why, or a list of all.

    With several options, only deliveries that match all of them are listed.
    """
    if context.invoked_subcommand:
        if slug:
            raise BadInput(f"the command comes first: jianbao deliveries {context.invoked_subcommand} {slug}")
        return
    fits = _Fits(chat_id=chat, states=(DeliveryState.FAILED,) if failed else (), uncertain=uncertain)
    asyncio.run(_show(settings_beside(), slug, fits, form))


@deliveries.command("retry")
def retry(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The issue's file name without .md.")],
    *,
    left_out: Annotated[
        bool,
        typer.Option(
            "--left-out",
            help="Also to those whom resume --skip-open left out; who got it unrecorded gets it twice.",
        ),
    ] = False,
) -> None:
    """Send an issue again to active subscribers whose delivery failed or was skipped.

    They keep what they have; only missing parts are sent.
    """
    asyncio.run(_retry(settings_beside(), slug, left_out=left_out))


async def _retry(settings: Settings, slug: str, *, left_out: bool) -> None:
    async with open_storage(settings, Access.WRITE) as storage:
        await find_issue(storage.issues, slug)
        planned = await storage.planner.retry(slug, utc_now(), left_out=left_out)
        sends = await sends_when(storage, slug)
        away = await storage.planner.missed(slug, away=True)
        passed_over = (await storage.broadcasts.totals(slug, Aim.SEND)).left_out
    if planned:
        write(f"{slug} is planned for {plural(planned, 'subscriber')} who missed it; {sends}")
    else:
        write(f"No active subscriber missed {slug}.")
    if away:
        write(f"of those who stopped, blocked the bot or are gone, {away} missed it: nothing goes there")
    if passed_over and not left_out:
        pushes = plural(passed_over, "push was", "pushes were")
        write(f"{pushes} left out by an operator: those chats may have it. To send it there all the same:")
        write(f"jianbao deliveries retry {slug} --left-out")


async def _show(settings: Settings, slug: str | None, fits: _Fits, form: LedgerFormat) -> None:
    async with open_storage(settings, Access.READ) as storage:
        if slug is not None:
            await find_issue(storage.issues, slug)
        if fits:
            await write_rows(storage.statistics.rows(slug, **asdict(fits)), form)
            return
        found = await _summary(storage.statistics, slug)
    match form:
        case LedgerFormat.TEXT:
            _write_summary(found)
        case LedgerFormat.JSON:
            write_json(found)
        case LedgerFormat.CSV:
            write(as_csv([("state", "reason", "rows"), *_counts(found)]))


async def _summary(statistics: Statistics, slug: str | None) -> dict[str, Any]:
    counts = await statistics.counts_of(slug)
    pushes, apart = counts.pushes, counts.apart.rows
    return {
        "issue": slug,
        "states": {
            state.value: {"rows": pushes.rows.get(state, 0), "parts": pushes.parts.get(state, 0)}
            for state in DeliveryState
        },
        "reasons": [
            {"state": state, "reason": reason, "rows": rows}
            for state, reason, rows in await statistics.reasons(slug, pushes=True)
        ],
        "uncertain": counts.uncertain,
        "change": asdict(pushes.change) if slug and pushes.change else None,
        "apart": {state.value: apart[state] for state in DeliveryState if state in apart},
    }


def _write_summary(found: dict[str, Any]) -> None:
    states = Table("state", box=None)
    for column in ("rows", "parts sent"):
        states.add_column(column, justify="right")
    states.add_column("meaning")
    for state, meaning in _MEANINGS.items():
        count = found["states"][state]
        states.add_row(state, str(count["rows"]), str(count["parts"]), meaning)
    write_table(states)
    if found["change"]:
        write(f"\n{change_line(CopyChange(**found['change'])).capitalize()}")
    if found["reasons"]:
        write("")
        write_table(reasons_table((one["state"], one["reason"], one["rows"]) for one in found["reasons"]))
    write(f"\nRows with a part that may be missing or doubled: {found['uncertain']}")
    if found["apart"]:
        apart = ", ".join(f"{rows} {state}" for state, rows in found["apart"].items())
        write(f"Apart from these pushes, asked for or from the archive: {apart}")


def _counts(found: dict[str, Any]) -> list[tuple[str, str, int]]:
    """How many rows have each state and reason; the reason is empty if there is none.

    States and reasons are counted one after the other, and rows change meanwhile.
    """
    reasons = [(one["state"], one["reason"], one["rows"]) for one in found["reasons"]]
    bare = (
        (state, "", count["rows"] - sum(rows for of, _, rows in reasons if of == state))
        for state, count in found["states"].items()
    )
    return [*(one for one in bare if one[2] > 0), *reasons]
