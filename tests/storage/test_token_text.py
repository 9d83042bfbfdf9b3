"""Whatever stands among the tokens of a text is a part of the text that PostgreSQL keeps; nothing else is."""

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import Database
from bot.storage.token_text import part_of, text_of
from bot.words.tokens import phrase_of, spellings, tokens_of
from tests.postgres import Postgres
from tests.words.test_tokens import stands

#: Few signs, so that runs, words, names and plurals meet in every way.
TEXTS = st.text(st.sampled_from("神经网 ai2.s+#，"), max_size=12)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("图神经网络", " ~图神经网络 "),
        ("车 AI芯片", " ~车 ai ~芯片 "),
        ("Qwen2.5 发布", " qwen 2 .5 ~发布 "),
        ("经经经", " ~经经经 "),
        ("", " "),
    ],
)
def test_a_run_is_kept_once(text: str, kept: str) -> None:
    assert text_of(tokens_of(text)) == kept


@given(text=TEXTS, searched=TEXTS)
def test_a_phrase_is_in_the_text_if_it_stands_among_the_tokens(text: str, searched: str) -> None:
    tokens, phrase = tokens_of(text), phrase_of(searched)
    for one in spellings(phrase) if phrase else ():
        assert (part_of(one) in text_of(tokens)) == stands(one, tokens)


@pytest.mark.parametrize(
    "text", ["神经网络 与 Qwen2.5、C++", "GPUs 车", "学.NET 经经经", "no runs at all", "……"]
)
async def test_postgresql_makes_the_same_tokens_of_it_again(postgres: Postgres, text: str) -> None:
    tokens = tokens_of(text)
    made = sa.func.tsvector_to_array(sa.func.item_tokens(text_of(tokens)))
    async with Database(postgres.emptied()) as database, database.reading() as connection:
        assert set(await connection.scalar(sa.select(made)) or ()) == set(tokens)
