"""When each message may go: one dispatcher and one budget for all that the bot sends.

========== ===========================================================================
dispatcher grants slots, makes the calls, and learns from how they end
priority   replies and broadcasts take turns
waiting    the slots that wait, and which of them is next
chats      what one chat allows: one in flight, a gap, twenty a minute in a group
budget     what the bot as a whole is allowed, put together from the six below
gcra       messages evenly spaced in time
window     messages without an answer, or answered within the last second
trips      what the shortest round trip tells of the ways there and back
limit      the messages a second that Telegram accepts, as far as known
outage     when Telegram cannot be reached at all
refusals   whether a 429 concerns one chat or the bot
report     rate, limit and counts, for whoever watches
========== ===========================================================================

Only the dispatcher knows asyncio; all others get the time passed in, as seconds of a
monotonic clock.
"""

from bot.pacing.budget import SHARE
from bot.pacing.dispatcher import Dispatcher
from bot.pacing.limit import LearntLimit
from bot.pacing.priority import Priority
from bot.pacing.report import Report

__all__ = ["SHARE", "Dispatcher", "LearntLimit", "Priority", "Report"]
