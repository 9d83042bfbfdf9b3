"""From rows of the ledger to messages in chats: in order, paced, and continuing after any failure.

============ ==========================================================================
worker       which chats are served: requests first, up to a number of chats at a time
job          one delivery, step by step, until done or deferred
reconcile    the next step, from what is in the chat and what should be; pure
render_cache the messages of an issue, each distinct cut rendered once
notices      the message of a notice, in each language
in_full      what a reader gets in place of rich messages that Telegram refuses
reader_hours quiet hours, and several issues of one wait as one
on_topics    who wants nothing of an issue that has nothing for them
earlier_issues the others of these, a line each
channel_posts
             what goes to a channel: posts that link to each other
last_row     buttons to the issues before and after one that was asked for
correction_note
             a silent line about a correction, where the editor says so
execute      one step: the call to Telegram, and the delivery after it
failures     what an error means for a delivery and its chat
retry        when to try again, and when to give up; pure
in_flight    the parts that wait for a slot and those that have left
newcomers    chats that join, to which nothing is delivered before they are greeted
withdrawals  chats that nothing more is sent to, although a delivery is under way there
brake        pushes that an operator holds
changed_chats
             channels and groups in which something happened
losses       a broadcast that loses most of those whom it tries holds itself
batch_writer changes of rows, written to the ledger in groups
============ ==========================================================================

Everything that must survive is in the ledger: if the process ends at any moment, another one
continues where it was.
"""

from bot.delivery.batch_writer import BatchWriter
from bot.delivery.brake import Brake
from bot.delivery.execute import MessageGateway
from bot.delivery.failures import FailureHandler
from bot.delivery.in_flight import InFlight
from bot.delivery.job import DeliveryJob
from bot.delivery.losses import LossBrake
from bot.delivery.reader_hours import ReaderHours
from bot.delivery.withdrawals import Withdrawals
from bot.delivery.worker import Worker

__all__ = [
    "BatchWriter",
    "Brake",
    "DeliveryJob",
    "FailureHandler",
    "InFlight",
    "LossBrake",
    "MessageGateway",
    "ReaderHours",
    "Withdrawals",
    "Worker",
]
