"""A trouble is told once when it begins and once when it has ended, however often it is seen."""

from datetime import timedelta

from bot.reports.troubles import Change, Troubles
from tests.delivery.world import StillClock


class Told:
    """A clock that stands still, and what a listener was told."""

    def __init__(self, calm: float = 0) -> None:
        self.clock = StillClock()
        self.changes: list[Change] = []
        self.troubles = Troubles(self.clock.now, calm={"updates": timedelta(seconds=calm)})
        self.troubles.subscribe(self.changes.append)

    @property
    def names(self) -> list[tuple[str, bool]]:
        """Of each change the trouble, and whether it ended."""
        return [(change.trouble.name, change.ended is not None) for change in self.changes]


def test_what_is_seen_every_ten_seconds_begins_once_and_ends_once() -> None:
    told = Told()
    began = told.clock.now()
    for _ in range(5):
        told.troubles.begin("source", "the folder is gone")
        told.clock.advance(10)
    told.troubles.end("source")
    told.troubles.end("source")
    assert told.names == [("source", False), ("source", True)]
    assert told.changes[1].trouble.since == began
    assert told.changes[1].ended == told.clock.now()


def test_what_is_wrong_now_has_its_first_moment_and_its_latest_reason() -> None:
    told = Told()
    began = told.clock.now()
    told.troubles.begin("source", "the folder is gone")
    told.clock.advance(10)
    told.troubles.begin("source", "may not be read")
    (trouble,) = told.troubles.present
    assert (trouble.since, trouble.reason) == (began, "may not be read")


def test_what_was_never_tried_is_neither_wrong_nor_well() -> None:
    told = Told()
    assert (told.troubles.get("telegram"), told.troubles.well_since("telegram")) == (None, None)
    told.troubles.end("telegram")
    first = told.clock.now()
    told.clock.advance(10)
    told.troubles.end("telegram")
    assert (told.troubles.well_since("telegram"), told.changes) == (first, [])


def test_what_comes_and_goes_is_one_trouble_until_it_has_been_calm() -> None:
    told = Told(calm=60)
    for _ in range(20):
        told.troubles.begin("updates", "409")
        told.clock.advance(30)
        told.troubles.end("updates")
    assert told.names == [("updates", False)]
    told.clock.advance(30)
    told.troubles.end("updates")
    assert told.names == [("updates", False), ("updates", True)]


def test_what_is_left_to_another_process_is_not_said_to_have_ended() -> None:
    told = Told(calm=60)
    told.troubles.begin("updates", "409")
    told.troubles.leave("updates")
    assert (told.names, told.troubles.present) == ([("updates", False)], ())
    assert told.troubles.well_since("updates") is None
    told.troubles.leave("updates", well=True)
    assert told.troubles.well_since("updates") == told.clock.now()
