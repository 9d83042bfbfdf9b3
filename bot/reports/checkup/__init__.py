"""Whether a bot can do its work, found out from beside it: what ``jianbao doctor`` shows.

======== ===========================================================================
finding  one line: ok, a warning or an error; what it is and what to do
facts    what was asked of Telegram, the folder, the database and the machine
checks   the kinds of checks in their order
program  the program and its configuration
telegram the token, the way to Telegram, and what Telegram says of the bot
folder   the issues
second_reader
         the language model that is asked about topics
database where subscribers and deliveries are
sending  who sends, what is due, and what the running bot says of itself
times    time zone, jobs and the next issue
machine  disk and memory
======== ===========================================================================

A check is a function of the facts alone; :mod:`bot.runtime.examination` gathers them and changes nothing.
"""
