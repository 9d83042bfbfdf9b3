"""The same words find the same entries, in the same order, on either database."""

import pytest

from bot.storage import Entries
from tests import builders as build
from tests.nightly import on_either
from tests.storage.indexed import TakeIn, found, titled


@pytest.mark.parametrize(
    ("searched", "text"),
    [
        ("量化", "模型量化综述"),
        ("神经网络", "图神经网络"),
        ("车", "新汽车"),
        ("车", "车厂"),
        ("qwen", "Qwen2.5 发布"),
        ("qwen 2.5", "Qwen2.5 发布"),
        ("qwen2.5", "Qwen 2.5 发布"),
        ("vue", "用 Vue.js 写"),
        (".NET", "学.NET"),
        ("C++", "现代C++20"),
        ("C#", "用C#写"),
        ("models", "A model"),
        ("model", "MODELS"),
        ("gpus", "两块 GPUs"),
        ("GPUs", "一块 GPU"),
        ("ai app", "AI apps"),
        ("KV缓存", "KV 缓存压缩"),
        ("kv cache", "KV-Cache"),
        ("рост", "Рост рынка"),
        ("हिन्द", "हिन्द"),
        ("로봇", "산업용로봇"),
        ("語言模型", "大语言模型"),
        ("or", "this OR that"),
        ("not", "near, AND not"),
    ],
)
async def test_a_word_is_found_as_people_write_it(
    take_in: TakeIn, entries: Entries, searched: str, text: str
) -> None:
    await take_in(titled(text), titled("别的 something else"))
    assert await found(entries, searched) == [text]


@pytest.mark.parametrize(
    ("searched", "text"),
    [
        ("js", "vue.js"),
        ("net", ".net"),
        ("c", "C++ 与 C#"),
        ("5", "2.5"),
        ("网神", "网络与神经"),
        ("arm", "alarm"),
        ("ios", "高速 IO"),
        ("cache kv", "kv cache"),
    ],
)
async def test_a_part_of_a_word_is_not_found(
    take_in: TakeIn, entries: Entries, searched: str, text: str
) -> None:
    await take_in(titled(text))
    assert await found(entries, searched) == []


@on_either
async def test_every_word_must_be_there_in_whichever_field(take_in: TakeIn, entries: Entries) -> None:
    both = build.item(title="模型", source="手机报", summary=build.text("讲量化"))
    await take_in(both, titled("模型"), titled("手机"))
    assert await found(entries, "模型", "手机", "量化") == ["模型"]


@on_either
async def test_a_phrase_does_not_run_from_one_field_into_the_next(take_in: TakeIn, entries: Entries) -> None:
    await take_in(build.item(title="the KV", source="cache", summary=build.text("the", "kv")))
    assert await found(entries, "KV cache") == []
    assert await found(entries, "the kv") == ["the KV"]


@on_either
async def test_what_is_excluded_is_not_found(take_in: TakeIn, entries: Entries) -> None:
    await take_in(titled("量化 手机"), titled("量化"), titled("手机"), titled("芯片"))
    assert await found(entries, "量化", without=["手机"]) == ["量化"]
    assert await found(entries, without=["手机", "芯片"]) == ["量化"]


@on_either
async def test_the_title_counts_most_then_tags_and_source_then_the_summary(
    take_in: TakeIn, entries: Entries
) -> None:
    often = build.item(title="often", summary=build.text("量化 " * 50))
    await take_in(
        often,
        build.item(title="tagged", tags=("量化",), summary=()),
        build.item(title="from", source="量化报", summary=()),
        build.item(title="讲量化", summary=()),
        titled("nothing"),
    )
    assert await found(entries, "量化") == ["讲量化", "tagged", "from", "often"]
