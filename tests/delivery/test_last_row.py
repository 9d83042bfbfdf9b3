"""An issue that was asked for ends with buttons to the issues before and after; a push does not."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from bot.delivery.last_row import LastRow
from bot.delivery.reconcile import RenderedIssue
from bot.messages import Button
from bot.messages.wording import Wording
from bot.model import Aim, Cut, Delivery, Issue, Part, Purpose
from tests import builders as build
from tests.delivery.world import SLUG, edition

ASKED = Delivery(issue_slug=SLUG, chat_id=1, purpose=Purpose.REQUEST, cut=Cut())
ROW = [("◂ 2026-02-16", "issue:2026-02-16"), ("issue-9 ▸", "issue:issue-9")]


@dataclass
class Archive:
    """The issues around ours; counts how often it is asked."""

    before: Issue | None = field(
        default_factory=lambda: build.issue(slug="2026-02-16", date=date(2026, 2, 16))
    )
    after: Issue | None = field(default_factory=lambda: build.issue(slug="issue-9", date=None))
    asked: int = 0

    async def neighbours(self, slug: str) -> tuple[Issue | None, Issue | None]:
        assert slug == SLUG
        self.asked += 1
        return self.before, self.after


def with_parts(delivery: Delivery, *names: str) -> Delivery:
    return replace(delivery, parts=tuple(Part(name=name, message_id=1) for name in names))


def rows(rendered: RenderedIssue) -> list[list[list[tuple[str, str | None]]]]:
    """The label and data of each button, by message and row."""
    return [
        [[(button.label, button.data) for button in row] for row in message.buttons]
        for message in rendered.messages
    ]


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def last_row(archive: Archive) -> LastRow:
    return LastRow(archive, Wording())


async def test_the_last_message_has_the_row_and_what_others_share_stays(last_row: LastRow) -> None:
    shared = edition("1", "2", "3")
    asked = with_parts(ASKED, "1", "2")
    assert rows(await last_row(asked, shared)) == [[], [], [ROW]]
    assert rows(shared) == [[], [], []]


@pytest.mark.parametrize("purpose", [Purpose.PUSH, Purpose.REST])
async def test_what_was_not_asked_for_is_as_all_get_it(last_row: LastRow, purpose: Purpose) -> None:
    shared = edition("1")
    assert await last_row(replace(ASKED, purpose=purpose), shared) is shared


async def test_neighbours_are_looked_up_once_an_issue(last_row: LastRow, archive: Archive) -> None:
    names = ("1", "2", "3", "4")
    for sent in range(len(names)):
        await last_row(with_parts(ASKED, *names[:sent]), edition(*names))
    assert archive.asked == 1


async def test_a_correction_keeps_the_row_and_taking_back_needs_none(last_row: LastRow) -> None:
    shared = edition("1", "2", "3")
    assert rows(await last_row(with_parts(replace(ASKED, aim=Aim.CORRECT), "1"), shared))[-1] == [ROW]
    assert await last_row(with_parts(replace(ASKED, aim=Aim.RETRACT), "1"), shared) is shared


async def test_the_row_stands_below_the_buttons_that_are_there(last_row: LastRow) -> None:
    rest = ((Button("rest", data="rest:x"),),)
    shared = edition("1")
    shared = replace(shared, messages=(replace(shared.messages[0], buttons=rest),))
    assert rows(await last_row(ASKED, shared)) == [[[("rest", "rest:x")], ROW]]


async def test_the_first_and_the_only_issue_have_no_button_that_leads_nowhere() -> None:
    first = await LastRow(Archive(before=None), Wording())(ASKED, edition("1"))
    assert rows(first) == [[ROW[1:]]]
    only = edition("1")
    assert await LastRow(Archive(before=None, after=None), Wording())(ASKED, only) is only
    nothing = edition()
    assert await LastRow(Archive(), Wording())(ASKED, nothing) is nothing
