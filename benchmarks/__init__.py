"""How quick the bot is, beside other programs where there are any: ``make bench``."""
