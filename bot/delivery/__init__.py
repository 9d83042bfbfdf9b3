"""From rows of the ledger to messages in chats: in order, paced, and going on after any fault.

============ ==========================================================================
worker       which chats are served: those first who asked, up to so many at a time
job          one delivery, step by step, until done or deferred
reconcile    the next step, from what stands in the chat and what should; pure
render_cache the messages of an issue, each distinct cut rendered once
execute      one step: the call to Telegram, and what its end says of the delivery
failures     what an error means for a delivery and its chat
retry        when to try again, and when to give up; pure
in_flight    what waits for its slot and what has left
batch_writer what jobs note, written to the ledger a group at a time
============ ==========================================================================

Everything that must survive is in the ledger: drop all of these at any moment, and new ones go on
where they were.
"""

from bot.delivery.batch_writer import BatchWriter
from bot.delivery.execute import MessageGateway
from bot.delivery.failures import FailureHandler
from bot.delivery.in_flight import InFlight
from bot.delivery.job import DeliveryJob
from bot.delivery.worker import Worker

__all__ = ["BatchWriter", "DeliveryJob", "FailureHandler", "InFlight", "MessageGateway", "Worker"]
