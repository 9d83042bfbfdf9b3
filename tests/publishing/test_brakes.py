"""Before everybody there is a brake: what is too long, held or taken off its day waits for a word."""

from collections.abc import Iterator, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.model import Cut, Destination, Purpose
from bot.publishing.holding import Holding
from bot.publishing.publisher import Published
from bot.storage import Database, Deliveries, Holds, Statistics, Subscribers
from tests.builders import NOON
from tests.publishing.parts import Publishing
from tests.publishing.test_publishing import drop, folder, make
from tests.storage.rows import pushed

Logs = list[MutableMapping[str, Any]]
SLUG = "2026-03-02"
LONG = "简报" + "长" * 4_098
__all__ = ["folder"]


@pytest.fixture
async def publishing(folder: Path, database: Database, subscribers: Subscribers) -> Publishing:
    """After its first start on one issue, with one subscriber."""
    await subscribers.join(Destination(1), Cut(), NOON)
    drop(folder, "2026-02-16")
    made = make(folder, database)
    await made.read(NOON)
    return made


@pytest.fixture
def holding(publishing: Publishing) -> Holding:
    return publishing.holding


@pytest.fixture
def logs() -> Iterator[Logs]:
    with capture_logs() as captured:
        yield captured


async def taken_in(publishing: Publishing, folder: Path, slug: str = SLUG, text: str = "") -> None:
    drop(folder, slug, text)
    await publishing.read(NOON)


async def test_an_issue_of_too_many_messages_is_held_and_told_once_until_it_is_published(
    folder: Path, publishing: Publishing, logs: Logs
) -> None:
    await taken_in(publishing, folder, text=LONG)
    assert await publishing.publish_due(NOON) == await publishing.publish_due(NOON) == ()
    told = [entry for entry in logs if entry["event"] == "issue_held"]
    assert [entry["command"] for entry in told] == [f"jianbao resume {SLUG}"]
    assert told[0]["reason"] == "it is 41 messages, more than publishing.most_messages (40)"
    assert await publishing.caution(SLUG, NOON) is None
    assert (await publishing.publish(SLUG, NOON)).planned == 1


async def test_one_that_waits_for_its_day_is_held_and_told_at_once(
    folder: Path, publishing: Publishing, logs: Logs
) -> None:
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await taken_in(publishing, folder, "2026-03-10")
    assert await publishing.publish_due(NOON) == await publishing.publish_due(NOON) == ()
    (told,) = (entry for entry in logs if entry["event"] == "issue_held")
    assert (told["issue"], told["command"]) == ("2026-03-09", "jianbao resume 2026-03-09")
    why = "it is 41 messages, more than publishing.most_messages (40), and its day is 2026-03-09"
    assert told["reason"] == why
    on_its_day = NOON + timedelta(days=7)
    assert await publishing.publish_due(on_its_day) == ()
    await taken_in(publishing, folder, "2026-03-09", "简报")
    assert await publishing.publish_due(on_its_day) == (Published(slug="2026-03-09", planned=1),)


async def test_a_long_one_that_is_resumed_comes_out_on_its_day_also_if_it_is_corrected_without_growing(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await publishing.publish_due(NOON)
    assert (await holding.resume("2026-03-09")).messages == 41
    assert await publishing.publish_due(NOON) == ()
    assert await publishing.caution("2026-03-09", NOON) is None
    await taken_in(publishing, folder, "2026-03-09", LONG.replace("长", "短"))
    on_its_day = NOON + timedelta(days=7)
    assert await publishing.publish_due(on_its_day) == (Published(slug="2026-03-09", planned=1),)


async def test_a_long_one_that_was_resumed_and_grows_is_held_again_with_what_was_accepted(
    folder: Path, publishing: Publishing, holding: Holding, logs: Logs
) -> None:
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await publishing.publish_due(NOON)
    await holding.resume("2026-03-09")
    await taken_in(publishing, folder, "2026-03-09", f"{LONG}{LONG}")
    on_its_day = NOON + timedelta(days=7)
    assert await publishing.publish_due(NOON) == await publishing.publish_due(on_its_day) == ()
    assert [entry["reason"] for entry in logs if entry["event"] == "issue_held"][1:] == [
        "it is 82 messages, more than the 41 that were accepted, and its day is 2026-03-09"
    ]
    assert (await holding.resume("2026-03-09")).messages == 82
    assert await publishing.publish_due(on_its_day) == (Published(slug="2026-03-09", planned=1),)


async def test_who_resumes_a_long_one_means_the_text_that_was_shown(
    folder: Path, publishing: Publishing, holding: Holding, database: Database
) -> None:
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await publishing.publish_due(NOON)
    with pytest.raises(BadInput, match="2026-03-09 has changed meanwhile; look at it again"):
        await holding.resume("2026-03-09", edition="another")
    assert "2026-03-09" in await Holds(database).all()


async def test_a_long_one_that_was_resumed_stays_so_under_another_name(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await publishing.publish_due(NOON)
    await holding.resume("2026-03-09")
    (folder / "2026-03-09.md").rename(folder / "2026-03-09-news.md")
    await publishing.read(NOON)
    on_its_day = NOON + timedelta(days=7)
    (published,) = await publishing.publish_due(on_its_day)
    assert published.planned == 1


async def test_publishing_a_long_one_before_its_day_is_asked_about_although_its_hold_was_told(
    folder: Path, publishing: Publishing
) -> None:
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await publishing.publish_due(NOON)
    long = "is 41 messages, more than publishing.most_messages (40)"
    early = f"{long}, and would go out before its day, 2026-03-09"
    assert await publishing.caution("2026-03-09", NOON) == early
    on_its_day = NOON + timedelta(days=7)
    assert await publishing.caution("2026-03-09", on_its_day) is None


async def test_a_text_that_waits_is_measured_once_and_again_when_it_has_changed(
    folder: Path, publishing: Publishing, logs: Logs
) -> None:
    await taken_in(publishing, folder, "2026-03-09")
    for _ in range(3):
        await publishing.publish_due(NOON)
    assert publishing.measured == ["2026-03-09"]
    await taken_in(publishing, folder, "2026-03-09", LONG)
    await publishing.publish_due(NOON)
    assert publishing.measured == ["2026-03-09"] * 2
    assert [entry["issue"] for entry in logs if entry["event"] == "issue_held"] == ["2026-03-09"]


async def test_what_an_operator_holds_besides_stays_held_once_it_is_short_enough(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder, text=LONG)
    assert await publishing.publish_due(NOON) == ()
    await holding.hold(SLUG, "wrong sponsor", NOON)
    with pytest.raises(
        BadInput, match="held already: wrong sponsor; the bot holds it too: it is 41 messages"
    ):
        await holding.hold(SLUG, "", NOON)
    await taken_in(publishing, folder, text="简报")
    assert await publishing.publish_due(NOON) == ()
    await holding.resume(SLUG)
    assert await publishing.publish_due(NOON) == (Published(slug=SLUG, planned=1),)


async def test_who_resumes_what_is_too_long_besides_resumes_it_twice(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder, text=LONG)
    await publishing.publish_due(NOON)
    await holding.hold(SLUG, "wrong sponsor", NOON)
    assert (await holding.resume(SLUG)).messages is None
    assert await publishing.publish_due(NOON) == ()
    assert (await holding.resume(SLUG)).messages == 41
    assert await publishing.publish_due(NOON) == (Published(slug=SLUG, planned=1),)


async def test_a_shorter_text_of_it_goes_out_by_itself(folder: Path, publishing: Publishing) -> None:
    await taken_in(publishing, folder, text=LONG)
    await publishing.publish_due(NOON)
    await taken_in(publishing, folder, text="简报")
    assert await publishing.publish_due(NOON) == (Published(slug=SLUG, planned=1),)


async def test_an_operator_is_asked_about_what_is_archived_taken_back_old_or_long(
    folder: Path, publishing: Publishing
) -> None:
    await taken_in(publishing, folder)
    await taken_in(publishing, folder, "2026-02-20")
    await taken_in(publishing, folder, "2026-03-01", LONG)
    asked = [
        await publishing.caution(slug, NOON) for slug in (SLUG, "2026-02-16", "2026-02-20", "2026-03-01")
    ]
    long = "is 41 messages, more than publishing.most_messages (40)"
    assert asked == [None, "is in the archive", "is old, of 2026-02-20", long]
    await publishing.publish(SLUG, NOON)
    assert await publishing.caution(SLUG, NOON) is None
    await publishing.retract(SLUG, NOON)
    assert await publishing.caution(SLUG, NOON) == "was taken back"


async def test_a_test_reaches_one_chat_of_an_issue_that_waits_or_is_held_and_publishes_nothing(
    folder: Path, publishing: Publishing, holding: Holding, ledger: Deliveries, statistics: Statistics
) -> None:
    await taken_in(publishing, folder, "2026-04-01")
    await holding.hold("2026-04-01", "", NOON)
    assert await publishing.test("2026-04-01", Destination(77), Cut(), NOON)
    assert not await publishing.test("2026-04-01", Destination(77), Cut(), NOON)
    (row,) = await ledger.due(NOON, limit=5)
    assert (row.chat_id, row.purpose) == (77, Purpose.TEST)
    assert await pushed(statistics) == {}
    assert await publishing.publish("2026-04-01", NOON) == Published(slug="2026-04-01", planned=1)
    await publishing.retract("2026-04-01", NOON)
    with pytest.raises(BadInput, match="2026-04-01 was taken back"):
        await publishing.test("2026-04-01", Destination(77), Cut(), NOON)


async def test_what_is_held_comes_out_by_its_day_again_once_it_is_resumed(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder)
    await holding.hold(SLUG, "a typo", NOON)
    assert await publishing.publish_due(NOON) == ()
    with pytest.raises(BadInput, match=f"issue {SLUG} is held already: a typo"):
        await holding.hold(SLUG, "", NOON)
    await holding.resume(SLUG)
    assert await publishing.publish_due(NOON) == (Published(slug=SLUG, planned=1),)
    assert not await holding.explain(SLUG, "too late")


async def test_what_is_taken_off_its_day_waits_until_it_is_published(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder)
    await holding.unschedule(SLUG, NOON)
    assert await publishing.publish_due(NOON) == ()
    assert (await publishing.publish(SLUG, NOON)).planned == 1


async def test_while_everything_is_held_nothing_is_published_but_by_hand(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder)
    await taken_in(publishing, folder, "2026-03-01")
    await holding.hold_everything("wrong links", NOON)
    assert await publishing.publish_due(NOON) == ()
    assert (await publishing.publish(SLUG, NOON)).planned == 1
    with pytest.raises(BadInput, match="everything is held already"):
        await holding.hold_everything("", NOON)
    await holding.resume_everything()
    assert [one.slug for one in await publishing.publish_due(NOON)] == ["2026-03-01"]


async def test_what_is_under_way_is_held_and_not_taken_off_its_day_which_is_said(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder)
    await publishing.publish_due(NOON)
    with pytest.raises(BadInput, match=f"{SLUG} is published; jianbao hold {SLUG} keeps back"):
        await holding.unschedule(SLUG, NOON)
    assert (await holding.hold(SLUG, "", NOON)).slug == SLUG


async def test_where_there_is_nothing_to_hold_or_to_resume_that_is_said(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    with pytest.raises(BadInput, match="2026-02-16 is in the archive"):
        await holding.hold("2026-02-16", "", NOON)
    with pytest.raises(BadInput, match="2026-02-16 does not wait for its day"):
        await holding.unschedule("2026-02-16", NOON)
    with pytest.raises(BadInput, match="2026-02-16 is not held"):
        await holding.resume("2026-02-16")
    with pytest.raises(BadInput, match="everything is not held; nor is a single issue"):
        await holding.resume_everything()
    with pytest.raises(BadInput, match="there is no issue 2026-02-61; the nearest are 2026-02-16"):
        await holding.hold("2026-02-61", "", NOON)
    await taken_in(publishing, folder)
    await holding.hold(SLUG, "", NOON)
    with pytest.raises(BadInput, match=f"everything is not held; {SLUG} alone: jianbao resume SLUG"):
        await holding.resume_everything()


async def test_an_issue_under_way_is_held_and_publishing_it_again_says_how_it_goes_on(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder)
    await publishing.publish_due(NOON)
    await holding.hold(SLUG, "", NOON)
    with pytest.raises(BadInput, match=f"and is held; jianbao resume {SLUG} lets it go on"):
        await publishing.publish(SLUG, NOON)
    await holding.resume(SLUG)


async def test_an_issue_that_was_held_and_then_taken_back_or_ended_is_held_no_more_and_resuming_it_says_why(
    folder: Path, publishing: Publishing, holding: Holding, ledger: Deliveries
) -> None:
    for slug in (SLUG, "2026-03-01"):
        await taken_in(publishing, folder, slug)
    await publishing.publish_due(NOON)
    for slug in (SLUG, "2026-03-01"):
        await holding.hold(slug, "", NOON)
    await publishing.retract(SLUG, NOON)
    with pytest.raises(BadInput, match=f"issue {SLUG} is not held: it was taken back"):
        await holding.resume(SLUG)
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    with pytest.raises(BadInput, match="issue 2026-03-01 is not held: it is out, and nothing of it is left"):
        await holding.resume("2026-03-01")


async def test_resuming_what_is_not_held_and_on_its_way_says_so_and_what_lets_it_go_on(
    folder: Path, publishing: Publishing, holding: Holding
) -> None:
    await taken_in(publishing, folder)
    await publishing.publish_due(NOON)
    goes = f"issue {SLUG} is not held by itself: it is out, and 1 of it still on their way"
    with pytest.raises(BadInput, match=f"{goes}$"):
        await holding.resume(SLUG)
    await holding.hold_everything("", NOON)
    with pytest.raises(BadInput, match=f"{goes}; everything is held: jianbao resume lets it go on$"):
        await holding.resume(SLUG)
