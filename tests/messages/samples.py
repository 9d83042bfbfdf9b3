"""One issue with every feature, and the cuts of it that have golden messages."""

from bot.model import Cut, Interests, Issue, Item, Line, LineKind, Link, Mode, Span, Style, TopicMatch
from tests import builders as build


def _topics(*slugs: str) -> tuple[TopicMatch, ...]:
    return tuple(TopicMatch(slug=slug, matched=slug) for slug in slugs)


def _line(text: str, kind: LineKind = LineKind.TEXT, depth: int = 0, marker: str = "") -> Line:
    return Line(spans=(Span(text=text),), kind=kind, depth=depth, marker=marker)


_STYLED = Line(
    spans=(
        Span(text="权重压到 "),
        Span(text="4 比特", styles=frozenset({Style.BOLD})),
        Span(text="，用 "),
        Span(text="a < b", styles=frozenset({Style.CODE})),
        Span(text=" 判断，见"),
        Span(text="说明", url="https://example.com/doc_(x)?a=1&b=2"),
        Span(text="与"),
        Span(text="邮箱", url="mailto:a@b.cn"),
        Span(text="。"),
    )
)

_LONG = (
    _line("这一篇从三个方面说起："),
    _line("数据：先清洗，再标注；", LineKind.NUMBER, 1, "1."),
    _line("模型：", LineKind.NUMBER, 1, "2."),
    _line("先剪枝", LineKind.BULLET, 2, "•"),
    _line("再量化", LineKind.BULLET, 2, "•"),
    _line("部署：见代码。", LineKind.NUMBER, 1, "3."),
    _line("net = quantize(net)", LineKind.CODE),
    _line("run(net)", LineKind.CODE),
    _line("快，而且小。", LineKind.QUOTE),
)


def _item(name: str, **fields: object) -> Item:
    return build.item(**({"id": name, "title": name, "url": f"https://example.com/{name}"} | fields))


ISSUE: Issue = build.issue(
    build.section(
        "news",
        _item(
            "芯片发布",
            source="某媒体",
            topics=_topics("ai-chip", "riscv"),
            summary=build.text("一款新芯片。"),
        ),
        _item("无链接", url=None, source=None, summary=()),
        _item(
            "无标题", title=None, source=None, summary=build.text("没有题目，只有这句话。", "还有第二句。")
        ),
    ),
    build.section(
        "papers",
        _item(
            "低比特量化",
            tags=("ICLR 2026", "Oral"),
            links=(Link(label="论文", url="https://example.com/p.pdf"), Link(label="代码", url="/code")),
            summary=(_STYLED,),
            topics=_topics("quantization"),
        ),
        _item("超分综述", summary=_LONG, topics=_topics("super-resolution", "quantization")),
    ),
    build.section("blog", heading="博文"),
    build.section("other", _item("编辑部招人", source=None), heading="福利"),
    title="样刊 (2026-03-02)",
    highlights=("新芯片", "低比特"),
    tagline="说端侧智能的小事",
    lead=build.text("本期 6 条。", "先看论文。"),
    flash=(build.flash("甲公司", "发布了新品。"), build.flash(None, "没有主语的消息。")),
)

_RISCV = Interests(topics=("riscv",), keywords=("编辑部",))

CUTS = {
    "full-zh": Cut(),
    "full-en": Cut(language="en"),
    "headlines-zh": Cut(mode=Mode.HEADLINES),
    "topic-zh": Cut(topics=("quantization",)),
    "topic-en": Cut(language="en", topics=("quantization", "riscv"), sections=("papers",)),
    "section-zh": Cut(sections=("papers",)),
    "rest-zh": Cut(topics=("quantization",), rest=True),
    "rest-en": Cut(language="en", topics=("quantization",), rest=True),
    "without-zh": Cut(excluded=_RISCV),
    "rest-without-en": Cut(language="en", topics=("quantization",), excluded=_RISCV, rest=True),
    "keyword-zh": Cut(topics=("riscv",), keywords=("低比特",), excluded=Interests(keywords=("R&D",))),
    "keyword-en": Cut(language="en", keywords=("低比特",), excluded=_RISCV),
    "nothing-zh": Cut(topics=("face",)),
    "nothing-en": Cut(language="en", topics=("face",)),
}
