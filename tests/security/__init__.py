"""What strangers, readers, members of groups and editors may try, and what must not come of it.

======== ==============================================================
room     the bot's handlers on a real database, before a Telegram that takes everything
forging  updates as Telegram never sends them
hostile  issues that were written to do harm
======== ==============================================================
"""
