"""Folders of what is not ready, by their names, and folders that are named for what they hold."""

import pytest

from bot.sources import among_drafts, set_aside

UNREADY = """
待定稿 审校中 不发 选题 废弃 未完成 待校对 暂不发送 勿发 别发 未定稿 拟发 预发布 初稿 废稿
备用稿 旧稿 选题库 素材 资料 测试 回收站 修改中 待改 周刊草稿 草稿2026 我的草稿 未审
弃用 备份 排版中 未完稿 待编辑 半成品 已废弃 存稿 待翻译 不要发 灵感 先不发 停用 废纸篓
未成稿 存档草稿 二稿 未完 起草中 等待审核
in-review|private|ideas|trash|weekly-drafts|old drafts|drafts-2026|to-review|do-not-publish
not ready|unreviewed|awaiting approval|rejected|backup|test|sandbox|needs-editing|abandoned
unreleased|inbox|examples|under review|to be published|deleted|work in progress|rough drafts
half-done|scratchpad
"""
CONTENT = """
量化 论文 大模型 周刊 发布 校园 改革 审计 完美世界 定制 发展 编译器 预训练 不定期 未来
待遇 测试工程 模型测评 废水处理 备战 旧闻 资料分析 选修课 改装车 草原 模板引擎 素描 发明
预测 别墅 未来简报 修仙 稿件 试刊 已发布 归档 校友 中国 不丹 垃圾回收 临时工 模板方法
不锈钢 别样 进行曲 隐私
2026|archive|weekly|news|published|papers|draft-beer|testing-tools|paper reviews|backup-software
private-equity|template-engines|research|releases|in-depth|not-only-ai|to-read|editing-tools
trash-metal|final|issues|ready|inference|test-time-compute|ready player one|nonfiction
raw-materials-market|todo-apps
"""


def names(text: str) -> list[str]:
    return [
        one for line in text.split("\n") if line for one in (line.split("|") if "|" in line else line.split())
    ]


@pytest.mark.parametrize("folder", names(UNREADY))
def test_a_folder_that_is_called_so_holds_what_is_not_ready(folder: str) -> None:
    assert among_drafts(f"{folder}/2026-03-02.md") == f"lies in a folder of drafts ({folder})"


@pytest.mark.parametrize("folder", names(CONTENT))
def test_a_folder_that_is_called_so_holds_issues(folder: str) -> None:
    assert among_drafts(f"{folder}/2026-03-02.md") is None


PAST = """
归档 已归档 存档 往期 往期周刊 旧 旧的文章 过往期刊 归档文件夹
old|_old|archive|Archives|Past issues|older|archived posts|previous-issues|old 2024|archive/2024
"""
AT_HAND = """
旧闻 往事 归档工具 论文 古籍
older-people|archive-tools|gold|oldtimer|pastry|new|weekly|history|archeology|2024
"""


@pytest.mark.parametrize("folder", names(PAST))
def test_files_in_a_folder_of_past_issues_are_set_aside_where_others_lie_elsewhere(folder: str) -> None:
    there = f"{folder}/2026-03-02.md"
    assert set_aside([there, "2026-03-09.md"]) == {there: folder.partition("/")[0]}
    assert set_aside([there, f"{folder}/2026-03-09.md"]) == {}


@pytest.mark.parametrize("folder", names(AT_HAND))
def test_a_folder_that_is_named_for_what_it_holds_is_none_of_past_issues(folder: str) -> None:
    assert set_aside([f"{folder}/2026-03-02.md", "2026-03-09.md"]) == {}
