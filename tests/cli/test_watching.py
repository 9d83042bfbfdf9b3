"""jianbao status --watch: one snapshot of what is on its way, and how it is shown again and again."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.progress import issue_line, snapshot_line, summary_line
from bot.cli.watching import drawn, follow, watch
from bot.model import Cut, Destination, HeldBy, Hold
from bot.reports.progress import ProgressSnapshot, current_progress
from bot.storage import Planner
from tests import builders as build
from tests.builders import NOON
from tests.cli.conftest import Run
from tests.cli.ledger import SLUG, Ledger, ledger
from tests.storage.rows import add_issue

ROOT = Path(__file__).resolve().parents[2]
LATER = NOON.replace(hour=13)

pytestmark = pytest.mark.usefixtures("database")


class Enough(Exception):
    """Ends a watch, which has no end of its own."""


async def half_sent(one: Ledger) -> None:
    """Of six readers two have it in four parts, one in one, one failed, one was skipped, one waits."""
    await add_issue(one.storage.issues, SLUG)
    for chat_id in range(1, 7):
        await one.storage.subscribers.join(Destination(chat_id), Cut(), NOON)
    await one.storage.planner.push(SLUG, NOON)
    await one.delivered(1, 4)
    await one.delivered(2, 4)
    await one.partly(3, 1)
    await one.failed(4)
    await one.skipped(5)


async def snapshotd(*steps: Callable[[Ledger], Awaitable[object]]) -> ProgressSnapshot:
    async with ledger() as one:
        for step in steps:
            await step(one)
        return await current_progress(one.storage, NOON)


async def test_what_is_left_is_what_those_who_have_it_got_less_what_stands() -> None:
    snapshot = await snapshotd(half_sent, Ledger.says)
    (issue,) = snapshot.issues
    assert (issue.done, issue.total, issue.parts_done, issue.left) == (4, 6, 9, 2 * 4 - 1)
    assert snapshot.seconds == 7 / 2.0
    assert snapshot_line(snapshot) == (
        "host 7 sends 2.0 of at most 29.1 messages a second, "
        "of its calls since it started 3 were refused (429) and 4 failed, "
        "about 4 s left; 2026-03-02: 66 % (4 of 6) of deliveries, 56 % (9 of 16) messages, "
        "1 failed, 1 skipped, 0 uncertain"
    )


async def test_where_nobody_sends_nobody_knows_how_long_it_takes() -> None:
    snapshot = await snapshotd(half_sent, Ledger.leaves)
    assert snapshot.seconds is None
    assert (
        summary_line(snapshot) == "no process is sending; start one with jianbao run, or see jianbao health"
    )


async def test_a_hold_is_told_with_since_when_and_what_lets_it_go_and_no_time_is_promised() -> None:
    async with ledger() as one:
        await half_sent(one)
        await one.says()
        await one.storage.holds.hold(SLUG, Hold(by=HeldBy.OPERATOR, why="a typo", at=NOON))
        one_held = await current_progress(one.storage, NOON)
        await one.storage.holds.hold_everything(Hold(by=HeldBy.OPERATOR, why="", at=LATER))
        both = await current_progress(one.storage, NOON)
    line = f"HELD: {SLUG} since 2026-03-02 12:00 UTC: a typo; jianbao resume {SLUG} lets it go on"
    everything = "HELD: nothing is pushed since 2026-03-02 13:00 UTC; jianbao resume lets it go on"
    assert snapshot_line(one_held).startswith(f"{line}; host 7 sends ")
    assert " left" not in summary_line(one_held)
    assert snapshot_line(both).startswith(f"{everything}; {line}; host 7 sends ")
    paper = io.StringIO()
    Console(file=paper, width=200).print(drawn(both))
    assert paper.getvalue().startswith(f"{everything}\n{line}\nhost 7 sends ")


async def test_before_anybody_has_it_whole_nobody_knows_what_is_left() -> None:
    async def planned(one: Ledger) -> None:
        await add_issue(one.storage.issues, SLUG)
        await one.storage.subscribers.join(Destination(1), Cut(), NOON)
        await one.storage.planner.push(SLUG, NOON)
        await one.partly(1, 1)

    snapshot = await snapshotd(planned, Ledger.says)
    assert (snapshot.issues[0].left, snapshot.seconds) == (None, None)
    assert "0 % (0 of 1) of deliveries, 1 message, " in snapshot_line(snapshot)


async def test_to_take_back_is_to_delete_what_stands() -> None:
    async def taken_back(one: Ledger) -> None:
        await one.storage.planner.retract(SLUG, LATER)

    (issue,) = (await snapshotd(half_sent, taken_back)).issues
    assert (issue.left, issue.parts_done) == (9, 0)
    assert issue_line(issue) == "taken back from 0 of 3 chats"


async def test_how_many_may_hold_a_copy_is_told_of_an_issue_that_is_taken_back() -> None:
    async with ledger() as one:
        await half_sent(one)
        await one.uncertain(3)
        await one.storage.planner.retract(SLUG, LATER)
        for chat_id in (1, 3):
            await one.skipped(chat_id, "taken back")
        (issue,) = (await current_progress(one.storage, NOON)).issues
    copy = f"1 may still hold a copy: jianbao deliveries {SLUG} --uncertain"
    assert issue_line(issue) == f"taken back from 2 of 3 chats, {copy}"


async def test_what_could_not_be_deleted_is_told_of_an_issue_that_is_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with ledger() as one:
        await half_sent(one)
        await one.storage.planner.retract(SLUG, LATER)
        await one.skipped(1, "taken back")
        await one.failed(2, "message can't be deleted")
        (issue,) = (await current_progress(one.storage, NOON)).issues
        assert issue_line(issue) == "taken back from 1 of 3 chats, could not be deleted in 1"
        await one.skipped(3, "taken back")
        await one.storage.planner.resume(LATER)
        await follow(one.storage, SLUG)
    done, _, *reasons = capsys.readouterr().out.splitlines()
    assert done == f"{SLUG} is taken back from 2 of 3 chats, could not be deleted in 1"
    assert ["failed", "message", "can't", "be", "deleted", "1"] in [line.split() for line in reasons]
    assert "skipped" not in str(reasons)


class CutShort(Planner):
    """Dies after its first chunk."""

    async def _carry_out(self, slug: str, now: datetime) -> int:
        return await self._chunk_of(slug, now) or 0


async def test_while_more_is_being_planned_there_is_no_percentage_that_would_fall_back() -> None:
    async def begun(one: Ledger) -> None:
        await add_issue(one.storage.issues, SLUG)
        for chat_id in range(1, 7):
            await one.storage.subscribers.join(Destination(chat_id), Cut(), NOON)
        await CutShort(one.storage.database, chunk=3).push(SLUG, NOON)
        await one.delivered(1, 4)
        await one.delivered(2, 4)

    snapshot = await snapshotd(begun, Ledger.says)
    assert issue_line(snapshot.issues[0]) == (
        "2 of 3 deliveries, more being planned, 8 messages, 0 failed, 0 skipped, 0 uncertain"
    )
    assert snapshot.seconds is None


async def test_how_many_messages_an_issue_takes_goes_by_what_others_with_the_same_cut_got() -> None:
    """Who follows one topic is done first, and says nothing of those who get all."""
    shares = []

    async def looks(one: Ledger) -> None:
        (issue,) = (await current_progress(one.storage, NOON)).issues
        shares.append((issue.parts_done, issue.left))

    async def sent(one: Ledger) -> None:
        await add_issue(one.storage.issues, SLUG)
        few, some = (Cut(topics=(name,)) for name in ("ai", "space"))
        for chat_id, cut in enumerate((few, few, Cut(), Cut(), Cut(), Cut(), some), 1):
            await one.storage.subscribers.join(Destination(chat_id), cut, NOON)
        await one.storage.planner.push(SLUG, NOON)
        for chat_id, parts in enumerate((1, 1, 5, 5, 5, 5, 2), 1):
            await one.delivered(chat_id, parts)
            if chat_id < 7:
                await looks(one)

    await snapshotd(sent)
    assert shares == [(1, None), (2, None), (7, 20), (12, 15), (17, 10), (22, 5)]


async def test_to_correct_is_to_edit_all_that_stands_at_most() -> None:
    async def corrected(one: Ledger) -> None:
        await one.storage.issues.update_text(SLUG, build.correction("# new"), even_if_under_way=True)
        await one.storage.planner.correct(SLUG, LATER)

    async def sent_to_all(one: Ledger) -> None:
        await half_sent(one)
        await one.partly(3, 2)
        await one.delivered(3, 1)
        await one.failed(6)

    snapshot = await snapshotd(sent_to_all, corrected, Ledger.says)
    assert snapshot.issues[0].left == 12
    assert "at most 6 s left" in summary_line(snapshot)


async def test_when_all_have_it_nothing_is_on_its_way() -> None:
    snapshot = await snapshotd(Ledger.says)
    assert snapshot.issues == ()
    assert snapshot_line(snapshot).endswith(", nothing is being delivered")


async def test_where_no_terminal_is_each_look_is_a_line(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    async with ledger() as one:
        await half_sent(one)
        rests: list[float] = []

        async def goes_on(seconds: float) -> None:
            rests.append(seconds)
            if len(rests) == 3:
                raise Enough
            await one.delivered(6 if len(rests) == 1 else 3, 3)

        with pytest.raises(Enough):
            await watch(partial(current_progress, one.storage, NOON), every=60, sleep=goes_on)
    shown = capsysbinary.readouterr().out.decode().splitlines()
    assert len(shown) == 3
    assert "66 % (4 of 6)" in shown[0]
    assert "83 % (5 of 6)" in shown[1]
    assert shown[2].endswith("nothing is being delivered")
    assert rests == [60, 60, 60]


async def test_on_a_terminal_there_is_a_bar_for_each_issue() -> None:
    paper = Console(file=io.StringIO(), width=200)
    with paper.capture() as capture:
        paper.print(drawn(await snapshotd(half_sent)))
    first, second = capture.get().splitlines()
    assert first.startswith("host 7 is sending")
    assert second.startswith(SLUG)
    assert "━" in second


async def test_who_waits_sees_it_through_and_what_could_not_be_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with ledger() as one:
        await half_sent(one)
        await one.leaves()
        left = [3, 6]

        async def goes_on(_: float) -> None:
            await one.delivered(left.pop(), 3)

        await follow(one.storage, SLUG, sleep=goes_on)
    shown = capsys.readouterr()
    assert [line.split(" %")[0][-2:] for line in shown.err.splitlines()] == ["66", "83"]
    assert shown.err.startswith("no process is sending; start one with jianbao run, or see jianbao health; ")
    done, _, *reasons = shown.out.splitlines()
    assert done == f"{SLUG} is done: 4 sent, 1 failed, 1 skipped"
    assert [line.split() for line in reasons] == [["failed", "refused", "1"], ["skipped", "stopped", "1"]]


def test_ctrl_c_ends_it_without_a_word() -> None:
    watching = subprocess.Popen(
        (sys.executable, "-m", "bot", "status", "--watch", "--every", "0.1"),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert watching.stdout is not None
    assert watching.stdout.readline() == (
        b"no process is sending; start one with jianbao run, or see jianbao health, "
        b"nothing is being delivered\n"
    )
    watching.send_signal(signal.SIGINT)
    _, err = watching.communicate(timeout=30)
    assert (watching.returncode, err) == (128 + signal.SIGINT, b"")


def test_json_cannot_be_watched(jianbao: Run) -> None:
    result = jianbao("status", "--watch", "--format", "json")
    assert (result.code, result.err) == (2, "jianbao: --watch: cannot be combined with --format json\n")
