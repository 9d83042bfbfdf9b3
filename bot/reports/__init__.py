"""The bot's state as values that a terminal, a chat or a metrics page can show.

========= ====================================================================
sender    the process that sends, with its rate, limit and counts
progress  how far each issue has been delivered, and how long the rest takes
waves     how many wait for their hour, and until when
outlook   what will become of an issue by itself
forecast  what publishing an issue would send
cards     what editors see of an issue that is not out yet; drafts finds them
live      an issue while it goes out, and what became otherwise than planned
correction what a correction would change in chats
status    issues, subscribers and deliveries, counted
briefing  the same, short, with what is wrong
standing  what lasts and an operator should know of
bulletin  when an operator is told of what, and how often
slowness  whether Telegram lets the bot send far less than it is to
losses    who was lost within a day, and whether more than usual
lost_chats chats with a role that put the bot out
audience  who came and who was lost, by day and by issue
readiness what the running bot says of itself over HTTP
checkup   whether the bot can do its work, found out from beside it
troubles  what is wrong at present: it begins and ends, and whoever listens is told
========= ====================================================================
"""
