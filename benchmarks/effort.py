"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """``rounds`` of each measurement count by their best; ``growth`` is how large the largest issue gets.

    ``files`` are in the folder that ``jianbao check`` looks at.

    Of sending: ``chats`` get ``parts`` messages each. What is compared with ours is stopped after ``span``
    seconds, after ``wrong_span`` where less is allowed than believed, after ``paid_span`` at the paid rate;
    our engine is stopped by the latter two alone. What a message costs is measured on so many ``messages``.

    Of the ledger: an issue is planned for each number of ``subscribers``, with ``sets`` of hours and without,
    of which the best of so many ``pairs`` counts, and for ``by_message`` with a row a message; about so many
    messages are ``recorded`` in groups of each size.

    So many subscribers are ``kept``: imported, exported, backed up, restored and moved.

    An index is made of each number of ``indexed`` issues; of so many ``searches`` the median counts.

    So many ``updates`` are brought to a webhook.

    The bot is started for the first time, and then so many ``starts`` more.
    """

    rounds: int = 10
    growth: int = 100
    files: int = 100
    chats: int = 2000
    parts: int = 5
    span: float = 120.0
    wrong_span: float = 60.0
    paid_span: float = 15.0
    messages: int = 1500
    subscribers: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    sets: int = 400
    pairs: int = 3
    by_message: int = 100_000
    recorded: int = 20_000
    kept: int = 1_000_000
    indexed: tuple[int, ...] = (1_000, 10_000)
    searches: int = 21
    updates: int = 10_000
    starts: int = 5
