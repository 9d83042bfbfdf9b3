"""What editors and tools write for ready and for not yet: beside keys of front matter, or as a folder."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: As YAML 1.1 and 1.2, TOML, JSON and people write them.
YES = frozenset(("true", "yes", "on", "y", "t", "1", "是", "对", "真", "√", "✓", "✔", "✅"))
NO = frozenset(("false", "no", "off", "n", "f", "0", "否", "不", "不是", "假", "×", "✗", "❌"))
NOTHING = frozenset(("", "null", "~", "none"))

#: Of WordPress, Ghost, Notion and editors, as :func:`state` gives them. None of these is ready.
UNREADY = _words(
    """
    draft drafts autodraft unpublished notpublished private hidden trash deleted pending
    pendingreview review inreview needsreview wip inprogress todo idea notstarted editing writing
    unfinished incomplete onhold hold paused backlog
    草稿 草稿中 草稿箱 未发布 不发布 暂不发布 待审 待审核 审核中 待定 待办 编辑中 写作中
    撰写中 未完成 进行中 暂存 私密 隐藏 回收站 未发送 搁置
    """
)
#: These are ready once their moment has come, which stands elsewhere.
SCHEDULED = _words(
    """
    scheduled schedule future queued planned delayed embargoed
    定时 定时发布 定时发送 已定时 预约 预约发布 已排期 排期 待发布 待发 待发送
    """
)
READY = _words(
    """
    published publish public released release live online sent posted active final finished done
    complete completed ready approved archived sticky
    已发布 发布 公开 已公开 已发送 发送 上线 已上线 定稿 终稿 已定稿 完成 已完成 就绪
    已审核 审核通过 归档 已归档
    """
)
_BETWEEN = re.compile(r"[\W_]+")


def state(written: str) -> str:
    """A state as it is compared: ``In Progress``, ``in-progress`` and ``🚧 in progress`` are the same."""
    return _BETWEEN.sub("", written.casefold())
