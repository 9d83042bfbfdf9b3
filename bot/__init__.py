"""Jianbao: a Telegram bot that publishes a Markdown digest to the people who subscribe to it."""

__version__ = "0.1.0"
