"""The database: issues, subscribers and the ledger of deliveries. SQL stays in here."""

from bot.storage.database import Database
from bot.storage.deliveries import Deliveries
from bot.storage.issues import Issues
from bot.storage.subscribers import Imported, ImportRow, Subscribers

__all__ = ["Database", "Deliveries", "ImportRow", "Imported", "Issues", "Subscribers"]
