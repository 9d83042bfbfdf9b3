"""The tables of the second reader, which is asked about topics.

==================== ===========================================================================
second_readings      its answer to each question, called by the hash of all that it was asked by;
                     ``yes`` is empty where it was asked and said neither
second_reader_months how many requests it got in each month
==================== ===========================================================================
"""

import sqlalchemy as sa

from bot.storage.feedback_schema import metadata
from bot.storage.schema import UtcTime

__all__ = ["metadata", "second_reader_months", "second_readings"]

second_readings = sa.Table(
    "second_readings",
    metadata,
    sa.Column("question", sa.String(64), primary_key=True),
    sa.Column("yes", sa.Boolean),
    sa.Column("at", UtcTime, nullable=False),
)

second_reader_months = sa.Table(
    "second_reader_months",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("requests", sa.Integer, nullable=False),
)
