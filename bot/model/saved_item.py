"""An item that a reader keeps."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.entry import ItemRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedItem:
    """Which item of which issue, and what it was called when it was kept: an issue may be taken back."""

    issue_slug: str
    item_id: str
    title: str
    url: str | None
    saved_at: datetime

    @property
    def ref(self) -> ItemRef:
        """What names it among all entries."""
        return ItemRef(issue_slug=self.issue_slug, item_id=self.item_id)
