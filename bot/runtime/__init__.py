"""The running process: what is built, started and stopped in which order.

=========== ====================================================================
serve       the whole bot, from the configuration to a signal
wiring      its parts, built from the configuration
application python-telegram-bot with our handlers: connected, polling
jobs        what the clock wakes
schedule    when
leadership  of several processes one works, the others stand by
pauses      a pause that Telegram asked for, kept where a restart finds it
tasks       waiting for tasks and ending them
clock       the times that the parts are told
memory      garbage collection of a process that runs for years
=========== ====================================================================
"""
