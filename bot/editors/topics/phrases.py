"""Words and phrases that a body of texts uses again and again.

Latin terms are words with their hyphens and versions, and pairs of words that keep together.
Chinese has no spaces; there a run of characters is a phrase where it stands often, its parts
stand together more often than chance would have it, and its neighbours are free: "深度学习" has
many, "度学" but one on either side. (Pointwise mutual information and branching entropy.)
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|cn|io|ai)\b\S*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*\+*")
_LONGEST = 6
_LEAST_COHESION = 2.0
_LEAST_FREEDOM = 1.0
_TOGETHER = 0.5

#: A Chinese phrase neither begins nor ends with one of these.
_FUNCTION_CHARACTERS = frozenset(
    "的了是在和与对为等也就都而及或被把将从以到这那个们我你他她它其可能会要更最很一上下中不有出于种款并还又该此所用给让向由着过两多每各后前内"
)
#: Words that say nothing about what a text is about.
_COMMON = frozenset(
    word
    for line in (
        "about all also an and any are as at based be been between both but by can do even first for from",
        "get has have how if in into is it its just like make more most new no not of on one only or",
        "other our out over see so some such than that the their them there these they this through time",
        "to two up use used using via was we well what when where which while who will with without you",
        "your com github html http https www",
        "进行 通过 使用 采用 提出 实现 基于 支持 提供 提升 发布 推出 相比 具有 包括 需要 达到 针对 利用",
        "结合 介绍 表示 带来 减少 提高 完成 解决 如何 运行 曝光 首发 打造 成为 开始 影响 增加 降低 超过",
        "面向 准确 研究者 研究人员 作者 本文 文章 论文 项目 方法 问题 情况 方面 方式 过程 部分 内容 结果",
        "效果 能力 功能 特点 工作 任务 时间 系列 方案 产品 全球 团队 公司 基础 速度提升 准确率 行代码",
        "高效 快速 有效 优秀 目前 近日 今天 今年 去年 明年 下半年 上半年 日前 未来 之前 同时 此外 因此",
        "然后 然而 但是 如果 虽然 以及 其中 其他 例如 比如 我们 他们 这些 那些 这个 这种 这样 没有 已经",
        "可以 能够 进一步 主要 重要 不同 相同 相关 简单 复杂 直接 完全 非常 更好 更多 亿美元 万元",
        "正式发布 正式 宣布 解决方案 详细 详情 最新 全新 新版本 版本 新一代 下一代 全球首 初创公司 开发者",
        "研究院 实验室 负责人",
    )
    for word in line.split()
)


def occurrences(texts: Sequence[str], *, least: int) -> dict[str, Counter[int]]:
    """Each phrase and how often it stands in which of the texts (by number).

    A phrase stands in at least ``least`` texts. Addresses on the web are no text.
    """
    bare = [_ADDRESS.sub("\n", text) for text in texts]
    found = {**_latin(bare), **_chinese(bare, least)}
    return {
        phrase: where
        for phrase, where in found.items()
        if len(where) >= least and phrase.lower() not in _COMMON
    }


def _latin(texts: Sequence[str]) -> dict[str, Counter[int]]:
    where: dict[str, Counter[int]] = defaultdict(Counter)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for number, text in enumerate(texts):
        for term in _latin_terms(text):
            where[term.lower()][number] += 1
            written[term.lower()][term] += 1
    return {
        written[term].most_common(1)[0][0]: numbers
        for term, numbers in where.items()
        if _keeps_together(term, where)
    }


def _latin_terms(text: str) -> Iterator[str]:
    words = [word for word in _LATIN.finditer(text) if len(word[0]) > 1]
    yield from (word[0] for word in words)
    for first, second in pairwise(words):
        apart = text[first.end() : second.start()]
        if apart == " " and not {first[0].lower(), second[0].lower()} & _COMMON:
            yield f"{first[0]} {second[0]}"


def _keeps_together(term: str, where: dict[str, Counter[int]]) -> bool:
    parts = term.split(" ")
    return len(parts) == 1 or where[term].total() >= _TOGETHER * min(where[part].total() for part in parts)


def _chinese(texts: Sequence[str], least: int) -> dict[str, Counter[int]]:
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _HAN.findall(text):
            counts.update(part for part, _, _ in _parts(run))
    often = {part for part, count in counts.items() if count >= least and len(part) > 1 and _may_stand(part)}
    size = sum(count for part, count in counts.items() if len(part) == 1)
    cohesive = {part for part in often if _cohesion(part, counts, size) >= _LEAST_COHESION}
    where: dict[str, Counter[int]] = defaultdict(Counter)
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for number, text in enumerate(texts):
        for place, run in enumerate(_HAN.findall(text)):
            edge = f"{number}.{place}"  # what is no Chinese is a neighbour of its own
            for part, start, end in _parts(run):
                if part in cohesive:
                    where[part][number] += 1
                    before[part][run[start - 1] if start else edge] += 1
                    after[part][run[end] if end < len(run) else edge] += 1
    free = {part for part in where if min(_entropy(before[part]), _entropy(after[part])) >= _LEAST_FREEDOM}
    return {part: where[part] for part in free}


def _parts(run: str) -> Iterator[tuple[str, int, int]]:
    for start in range(len(run)):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            yield run[start:end], start, end


def _may_stand(part: str) -> bool:
    return part[0] not in _FUNCTION_CHARACTERS and part[-1] not in _FUNCTION_CHARACTERS


def _cohesion(part: str, counts: Counter[str], size: int) -> float:
    """How much more often than by chance its parts stand together, wherever it is cut."""
    return min(
        math.log(counts[part] * size / (counts[part[:cut]] * counts[part[cut:]]))
        for cut in range(1, len(part))
    )


def _entropy(neighbours: Counter[str]) -> float:
    total = neighbours.total()
    return -sum(count / total * math.log(count / total) for count in neighbours.values())
