"""The running process: what is built, started and stopped, in which order.

=========== ====================================================================
serve       the whole bot, from the configuration to a signal
editorial   its parts between files and messages, built from the configuration; origin, where files come from
sending     its parts that send
databases   its database, opened; database_copy copies it into another
application python-telegram-bot with our handlers: connected
telegram_client its way to Telegram
hearing     how updates come: fetched, or brought to a webhook
inbox       updates, stored before they are handled
jobs        what the scheduler runs
retention   what is kept of people no longer than the settings say
schedule    when it runs
leadership  one of several processes works, the others stand by; left_over says what it begins with
watch       how this process is: whether it is ready, and what is wrong
metrics     figures of this process, of sending and of the database
watching    both of them over HTTP, as the settings say
operators   the admin chat, built from the settings
telling     tells it what matters; voice has the words, known_news what it knows
broadcast_news, lease_news, expiry_news, issue_news what it is told beside troubles
newsroom    the editors' chat: cards, previews, live_bars, correction_cards; card_voice has the words,
            board keeps one message about each thing, topic_questions what may be asked about topics
former_chats tells a chat that it has a role no more
channel_pins keeps the contents of the newest issue on top of channels
chat_language in which language a chat is told things
silence     for how long Telegram has answered nothing
slowness    whether Telegram slows the bot down
losses      whether more subscribers are lost than usual
comeback    a wait that ends early when Telegram is back
disk        whether the disk is nearly full
broadcasts  when an issue begins to go to everybody, and how that ended
pauses      a pause that Telegram asked for, stored so that a restart finds it; limits, a limit that it taught
tasks       waiting for tasks and ending them
clock       the only place that reads a clock; clock_jumps finds out that it was put, clocks whom to tell
examination what a checkup goes by, gathered from beside the bot
machine     what this machine has left
memory      memory of a process that runs for years
=========== ====================================================================
"""
