"""From rows of the ledger to messages in chats: in order, paced, and going on after any fault.

========= ==========================================================================
deliverer which chats are served: those first who asked, up to so many at a time
courier   one delivery, step by step, until done or put off
carrying  one step: the call to Telegram, and what its end says of the delivery
recorder  what couriers note, written to the ledger a group at a time
========= ==========================================================================

Everything that must survive is in the ledger: drop all of these at any moment, and new ones go on
where they were.
"""

from bot.delivery.batch_writer import Recorder
from bot.delivery.execute import Post
from bot.delivery.job import Courier
from bot.delivery.worker import Deliverer

__all__ = ["Courier", "Deliverer", "Post", "Recorder"]
