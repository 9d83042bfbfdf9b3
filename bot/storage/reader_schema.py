"""The tables of what was answered about topics: by the second reader, and by editors.

==================== ===========================================================================
second_readings      its answer to each question, called by the hash of all that it was asked by;
                     ``yes`` is empty where it was asked and said neither
second_reader_months how many requests it got in each month
topic_answers        an editor's answer about an issue whose file nobody here can write beside;
                     ``words`` is the line of JSON from which topics are learned
==================== ===========================================================================
"""

import sqlalchemy as sa

from bot.storage.feedback_schema import metadata
from bot.storage.schema import UtcTime

__all__ = ["metadata", "second_reader_months", "second_readings", "topic_answers"]

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

topic_answers = sa.Table(
    "topic_answers",
    metadata,
    sa.Column("slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("topic", sa.String(64), primary_key=True),
    sa.Column("yes", sa.Boolean, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)
