"""Whether a folder's name says that what lies in it is not ready, or is over.

A name is that as a whole, never for a word in it: 测试 and ``drafts`` are, 测试工程 and
``draft beer`` are not.
What may stand beside is known too: a year, whose it is, what kind of thing lies there.
"""

import re

from bot.words.release_words import SCHEDULED, UNREADY


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(text: str) -> str:
    """One of these, the longest that is there."""
    return f"(?:{'|'.join(sorted(text.split(), key=len, reverse=True))})"


_GAP = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+年?|\d+月")

# Chinese: 待 + 审, 不 + 发, 审校 + 中, or the name of what is kept apart.
_NOT_YET = _any(
    """
    待 未 不 勿 别 莫 暂 暂不 先不 不要 不能 不可 不得 请勿 切勿 暂缓 暂时不 尚未 还未
    还没 没 没有 拟 预 等待 有待 正待 需 需要 禁止
    """
)
_DEED = _any(
    """
    发 发布 发送 发出 发表 发刊 发稿 推送 群发 上线 公开 公布 刊登 刊发 定 定稿 审 审核
    审阅 审稿 审校 审批 审定 审查 送审 校 校对 校稿 校验 改 改稿 修改 修订 修正 润色 完
    完成 完稿 成稿 完善 写 写完 写作 撰写 编 编辑 编写 编校 排 排版 排期 译 翻译 整理
    处理 确认 核实 核对 核查 选 筛选 办 补 补充 更新 用 采用 使用 录用 入选 通过 批准
    准备 准备好 就绪 归类 分类 删 删除 动
    """
)
_WORK = _any(
    """
    审 审核 审阅 审稿 审校 审批 校 校对 校稿 改 改稿 修改 修订 润色 写 写作 撰写 起草
    编 编辑 编写 编校 采编 排版 译 翻译 整理 处理 制作 准备 筹备 进行 草拟 测试 调试
    """
)
_KIND = _any(
    """
    草稿 初稿 底稿 毛稿 废稿 弃稿 退稿 旧稿 存稿 备稿 样稿 试稿 投稿 来稿 约稿 半成品
    未竟稿 旧版 备用 备选 备份 备忘 备料 储备 废 废弃 废案 废纸篓 停用 二稿 三稿 弃 弃用
    作废 丢弃 舍弃 放弃 淘汰 回收 回收站 垃圾 垃圾箱 垃圾桶 删除 撤稿 选题 素材 资料
    参考资料 灵感 想法 点子 线索 模板 模版 样板 样例 示例 测试 调试 临时 暂存 缓存 私密
    私人 隐藏 保密 搁置 暂停 推迟 延期 缓发 待续 剪贴
    """
)
_BESIDE = _any(
    """
    已 被 旧 存档 我的 编辑 个人 本期 下期 上期 本周 下周 新 老 周刊 周报 月刊 月报
    日报 早报 晚报 简报 期刊 文章
    """
)
_STUFF = _any("的 稿 稿件 文稿 文章 内容 文件 资料 用 数据 期刊 周刊 简报 版")
_PLACE = _any("夹 箱 区 库 池 目录 文件夹 归档 存档")
_CHINESE = re.compile(
    rf"{_BESIDE}*(?:{_NOT_YET}{_DEED}|(?:正在|在)?{_WORK}中|(?:正在|在){_WORK}|{_KIND}){_STUFF}{{0,2}}{_PLACE}?"
)

# English: not + sent, to be + published, under + review, or the name of what is kept apart.
_ENGLISH_NOT = _any("not notyet un non no donot dont never")
_OUT = _any(
    """
    publish published send sent release released public ready done finished complete completed final
    approved reviewed edited used posted proofread checked
    """
)
_WORK_LEFT = _any(
    "review editing edit edits approval proofreading proof revision translation writing fixing checking"
)
_LEFT = _any("to awaiting waitingfor pending needs need under in for")
_LEFT_TO_DO = _any(
    "publish send release edit do fix check bepublished besent bereleased beedited bereviewed bedone"
)
_NOUN = _any(
    """
    template tmp temp scratch scratchpad scrap reject halfdone halffinished proofreading workinprogress
    roughdraft firstdraft idea junk rubbish garbage recyclebin removed discarded rejected abandoned
    obsolete deprecated outdated cancelled canceled backup bak test testing sandbox example sample inbox
    brainstorm raw material unused leftover later someday staging boilerplate skeleton postponed
    """
)
_ENGLISH = re.compile(rf"{_ENGLISH_NOT}{_OUT}|{_LEFT}{_WORK_LEFT}|to{_LEFT_TO_DO}|inprogress|{_NOUN}s?")
_ALSO = _words(
    """
    old new my our archive archived the a of and weekly daily monthly issue issues post posts article
    articles newsletter digest folder dir stuff file files
    """
)


_PAST_CHINESE = re.compile(rf"(?:旧|(?:已)?(?:存档|归档)|往期|过往|以往|过期){_STUFF}{{0,2}}{_PLACE}?")
_PAST = _words("old older past previous archive archives archived")


def says_past(folder: str) -> bool:
    """Whether it says that what lies there is over, in whatever form: ``_old``, ``Past issues``, 归档."""
    words = [one for one in (_DIGITS.sub("", one) for one in _GAP.split(folder.casefold())) if one]
    is_past = not _PAST.isdisjoint(words) and set(words) <= _PAST | _ALSO
    return is_past or _PAST_CHINESE.fullmatch("".join(words)) is not None


def says_unready(folder: str) -> bool:
    """Whether it says so, in whatever form: ``01-drafts``, ``Not ready``, 待发布的稿件."""
    words = [_DIGITS.sub("", one) for one in _GAP.split(folder.casefold())]
    bare = "".join(words)
    own = "".join(one for one in words if one not in _ALSO)
    return any(map(_is_unready, (bare, own)))


def _is_unready(name: str) -> bool:
    is_listed = not (UNREADY | SCHEDULED).isdisjoint((name, name.removesuffix("s")))
    return is_listed or any(form.fullmatch(name) for form in (_CHINESE, _ENGLISH))
