"""An issue while it goes out, and what became otherwise than it was planned."""

from dataclasses import replace

import pytest

from bot.model import Aim, DeliveryState, HeldBy, Hold
from bot.reports.live import BAR, Planned, ended_of, live_of, read_planned
from bot.reports.progress import IssueProgress, ProgressSnapshot
from bot.storage import LedgerCounts, StateCount, Unsent
from bot.storage.broadcasts import Totals
from tests.builders import NOON

PLAN = Planned(readers=100, messages=500, seconds=20)


def snapshot(sent: int, planned: int, failed: int = 0) -> ProgressSnapshot:
    rows = {DeliveryState.SENT: sent, DeliveryState.PLANNED: planned, DeliveryState.FAILED: failed}
    states = tuple(
        StateCount(
            aim=Aim.SEND, state=state, rows=number, parts=number * (state is DeliveryState.SENT), uncertain=0
        )
        for state, number in rows.items()
    )
    counts = LedgerCounts(states=states, planning=False, swept=False)
    unsent = Unsent(known=planned, unknown=0, begun=0, largest=1)
    return ProgressSnapshot(sender=None, issues=(IssueProgress(slug="x", counts=counts, unsent=unsent),))


@pytest.mark.parametrize(
    ("sent", "planned", "percent", "full"), [(0, 100, 0, 0), (50, 50, 50, BAR // 2), (999, 1, 99, BAR - 1)]
)
def test_a_bar_is_never_full_while_something_is_left(
    sent: int, planned: int, percent: int, full: int
) -> None:
    live = live_of("x", Aim.SEND, snapshot(sent, planned), None)
    assert (live.percent, live.bar.count("▓"), len(live.bar)) == (percent, full, BAR)


def test_while_nobody_has_it_whole_the_bar_goes_by_what_was_planned() -> None:
    """Else it would stand at nothing until the first reader has all."""
    counts = LedgerCounts(
        states=(StateCount(aim=Aim.SEND, state=DeliveryState.SENDING, rows=100, parts=250, uncertain=0),),
        planning=False,
    )
    issue = IssueProgress(slug="x", counts=counts, unsent=Unsent(unknown=100, begun=250, largest=0))
    live = live_of("x", Aim.SEND, ProgressSnapshot(sender=None, issues=(issue,)), None, PLAN)
    assert (live.done, live.percent, live.to_come) == (0, 50, 250)


def test_what_failed_is_done_and_counted() -> None:
    live = live_of("x", Aim.SEND, snapshot(1, 2, failed=3), None)
    assert (live.done, live.total, live.failed, live.rate, live.seconds) == (4, 6, 3, None, None)


def of_rows(*rows: tuple[Aim, DeliveryState, int, int], not_sent: int = 0) -> ProgressSnapshot:
    """Under a hold of everything, rows with so many parts each; of those taken back some were never sent."""
    states = tuple(
        StateCount(
            aim=aim,
            state=state,
            rows=number,
            parts=number * parts,
            uncertain=0,
            not_sent=not_sent if (aim, state) == (Aim.RETRACT, DeliveryState.SKIPPED) else 0,
        )
        for aim, state, number, parts in rows
    )
    counts = LedgerCounts(states=states, planning=False)
    issue = IssueProgress(slug="x", counts=counts, unsent=Unsent(known=100, largest=5))
    hold = Hold(by=HeldBy.OPERATOR, why="", at=NOON)
    return ProgressSnapshot(sender=None, issues=(issue,), held={"": hold})


def test_what_is_taken_back_under_a_hold_is_not_held_and_counts_those_alone_who_had_any() -> None:
    back = of_rows(
        (Aim.RETRACT, DeliveryState.PLANNED, 40, 5), (Aim.RETRACT, DeliveryState.SKIPPED, 110, 0), not_sent=32
    )
    live = live_of("x", Aim.RETRACT, back, None)
    assert (live.held, live.done, live.total) == (None, 78, 118)


def test_a_bar_does_not_fall_when_what_came_is_corrected_meanwhile() -> None:
    to_come = (Aim.SEND, DeliveryState.SENDING, 121, 1)
    before = live_of("x", Aim.SEND, of_rows((Aim.SEND, DeliveryState.SENT, 29, 5), to_come), None)
    after = live_of("x", Aim.SEND, of_rows((Aim.CORRECT, DeliveryState.PLANNED, 29, 5), to_come), None)
    assert (after.done, after.total, after.messages, after.to_come) == (29, 150, 266, 100)
    assert after == before


def test_what_was_taken_back_on_its_way_is_not_measured_by_its_plan() -> None:
    ended = ended_of("x", Aim.SEND, replace(totals(60, 10), taken_back=True), 90, PLAN)
    assert (ended.planned, ended.messages_off, ended.seconds_off) == (False, None, None)


def totals(sent: int = 100, messages: int = 500) -> Totals:
    return Totals(sent=sent, failed=0, skipped=0, uncertain=0, messages=messages, ended=NOON)


def test_what_went_as_planned_is_told_so_and_moments_do_not_count() -> None:
    for took in (20, 29):
        assert ended_of("x", Aim.SEND, totals(), took, PLAN).as_planned


def test_each_that_differs_is_told_as_planned_and_as_it_became() -> None:
    ended = ended_of("x", Aim.SEND, totals(98, 493), 600, PLAN)
    assert (ended.readers_off, ended.messages_off, ended.seconds_off) == ((100, 98), (500, 493), (20, 600))
    assert not ended.as_planned


def test_a_time_that_nobody_knows_is_not_otherwise_than_planned() -> None:
    assert ended_of("x", Aim.SEND, totals(), None, PLAN).as_planned


@pytest.mark.parametrize("aim", [Aim.CORRECT, Aim.RETRACT])
def test_only_what_is_sent_was_planned(aim: Aim) -> None:
    ended = ended_of("x", aim, totals(1, 1), 1, PLAN)
    assert (ended.planned, ended.as_planned, ended.readers_off) == (False, False, None)


def test_a_plan_is_read_as_it_was_kept_and_another_text_is_none() -> None:
    assert read_planned(PLAN.as_json()) == PLAN
    assert [read_planned(text) for text in ("", "{}", "[1]", '{"readers": 1}')] == [None] * 4
