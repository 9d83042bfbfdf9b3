"""Databases as earlier programs left them."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.storage.revision import MIGRATIONS


def at_revision(connection: sa.Connection, revision: str) -> None:
    """Take the first steps up to this one."""
    command.upgrade(_config(connection), revision)


def back_to_revision(connection: sa.Connection, revision: str) -> None:
    """Take back the steps behind this one."""
    command.downgrade(_config(connection), revision)


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
