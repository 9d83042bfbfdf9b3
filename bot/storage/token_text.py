"""The tokens of a text as PostgreSQL keeps them: one text, in which a phrase is a part of it.

Where scripts run on, tokens repeat every character (神经 经网 网络 络), so a run stands there once,
behind a sign of its own: `` ~神经网络 qwen 2 .5 ``. That is half as long, and PostgreSQL reads it for
every entry that has the tokens of a phrase: its index does not know where they stand.
"""

from collections.abc import Iterator
from itertools import pairwise

from bot.words.scripts import runs_on
from bot.words.tokens import BEGINNING, Phrase

_RUN = " ~"  #: before a run; it is in no token

#: The function that makes the tokens again, for the index.
ITEM_TOKENS = """CREATE OR REPLACE FUNCTION item_tokens(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT array_to_tsvector(array(
        SELECT CASE WHEN starts_with(piece, '~') THEN substr(piece, place, 2) ELSE piece END
        FROM unnest(string_to_array(trim($1), ' ')) AS piece,
             generate_series(2, CASE WHEN starts_with(piece, '~') THEN length(piece) ELSE 2 END) AS place
        WHERE piece <> ''
    ))
$$"""


def text_of(tokens: Phrase) -> str:
    """All tokens of a text; the last is a word, or the end of a run."""
    return "".join(_pieces(tokens)) + " "


def part_of(phrase: Phrase) -> str:
    """What is in :func:`text_of` tokens if, and only if, they have the phrase."""
    last = phrase[-1]
    text = "".join(_pieces(phrase)).removesuffix(BEGINNING).removeprefix(_RUN)
    goes_on = last.endswith(BEGINNING) or (runs_on(last[0]) and len(last) > 1)
    return text if goes_on else f"{text} "


def _pieces(tokens: Phrase) -> Iterator[str]:
    """Each token, or what it adds to the run that it goes on with."""
    for before, token in pairwise(("", *tokens)):
        if not runs_on(token[0]):
            yield f" {token}"
        elif runs_on(before[:1] or " ") and before[1:] == token[0]:
            yield token[1:]
        else:
            yield f"{_RUN}{token}"
