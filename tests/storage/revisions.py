"""Databases as earlier programs left them."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.storage.revision import MIGRATIONS


def at_revision(connection: sa.Connection, revision: str) -> None:
    """Take the first steps up to this one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
