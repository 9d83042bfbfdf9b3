"""How quick the bot reads and renders issues, as ratios to other programs: ``make bench``."""
