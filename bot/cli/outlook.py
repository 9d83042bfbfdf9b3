"""What will become of an issue, in words."""

from bot.reports.outlook import Obstacle, Outlook
from bot.words.moments import moment

#: Issues with one of these come out one day, unless everything is held.
_TO_COME = (None, Obstacle.WAITING, Obstacle.UNAPPROVED, Obstacle.HELD)


def outlook_told(found: Outlook) -> str | None:
    """What a person should know before publishing it; None if the running bot will push it."""
    record = found.record
    when = f" on {moment(record.published_at)}" if record.published_at else ""
    untold = found.untold or "is away or empty"
    notes = {
        None: None,
        Obstacle.PUBLISHED: f"was already published{when}; nobody gets it twice",
        Obstacle.RETRACTED: "was taken back; jianbao publish sends it again",
        Obstacle.ARCHIVED: "is in the archive; only jianbao publish sends it",
        Obstacle.WAITING: f"waits until {found.until}",
        Obstacle.LATE: "is too old to be pushed, because a newer one exists; only jianbao publish sends it",
        Obstacle.DRAFT: "is a draft, as its file says; only jianbao publish sends it",
        Obstacle.CALLED_OFF: "was called off: its file is gone or empty; only jianbao publish sends it",
        Obstacle.AWAY: f"does not go out while its file {untold}; only jianbao publish sends it",
        Obstacle.UNAPPROVED: f"is not approved; jianbao approve {record.slug} lets it go out on its day",
        Obstacle.HELD: f"is held: {found.held}; {found.release} lets it go out",
    }
    note, everything = notes[found.obstacle], found.everything
    if everything is None or found.obstacle not in _TO_COME:
        return note
    held = f"everything is held {everything.told}; {everything.advice()}"
    return f"{note}; and {held}" if note else f"does not go out yet, for {held}"
