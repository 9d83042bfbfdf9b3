"""When each message may go: one dispatcher and one budget for all that the bot sends.

========== ===========================================================================
dispatcher gives the slots, makes the calls, and learns from how they end
priority   replies go before broadcasts
waiting    who waits, and who of them is next
chats      what one chat allows: one in flight, a gap, twenty a minute in a group
budget     what the bot as a whole is allowed, put together from the five below
gcra       messages evenly spaced in time
window     messages not yet answered, or answered only just now
limit      the messages a second that Telegram takes, as far as we know
outage     when Telegram cannot be reached at all
refusals   whether a 429 is about one chat or about the bot
report     what went, for whoever watches
========== ===========================================================================

Only the dispatcher knows of asyncio; all others are told the time, as seconds of a
steady clock.
"""

from bot.pacing.budget import SHARE
from bot.pacing.dispatcher import Dispatcher
from bot.pacing.priority import Priority
from bot.pacing.report import Report

__all__ = ["SHARE", "Dispatcher", "Priority", "Report"]
