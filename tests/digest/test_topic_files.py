"""The topic files of the shipped profiles: whole, and a reader would agree with what they say."""

from functools import cache

import pytest

from bot.digest.reader import IssueReader
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topic, Topics
from bot.model import Item, Line, LineKind, Span
from bot.settings import shipped
from bot.settings.files import read_model
from bot.settings.profiles import read_profile
from tests.builders import item as an_item

SHIPPED = {
    profile.topics: profile
    for profile in (
        read_profile(shipped("config"), path.stem)
        for path in sorted((shipped("config") / "profiles").glob("*.yml"))
    )
}
#: The files whose topics divide a field; those of topics.yml overlap on purpose.
DIVIDED = ("topics-programming.yml", "topics-technology.yml")

#: Entries as an English list of links has them, and what a reader would file them under.
PROGRAMMING = (
    ("Announcing version 1.97 of the compiler", {"releases", "compiler"}),
    ("Left-wing 4.0 is out: a parser generator for birds", {"releases", "compiler"}),
    ("Final comment period: let traits have defaults", {"rfcs", "compiler"}),
    ("Why our executor sleeps: async from the inside", {"async"}),
    ("A lock-free queue in two hundred lines", {"async"}),
    ("Building a blog with axum and htmx", {"web"}),
    ("Running plugins as WebAssembly components", {"wasm"}),
    ("Blinking a lamp on the ESP32, bare metal", {"embedded"}),
    ("Writing a Linux kernel module for an old joystick", {"embedded"}),
    ("Ray tracing a teapot with wgpu", {"games"}),
    ("Three GUI libraries, one to-do list", {"gui"}),
    ("Training a neural network on bird song", {"machine-learning"}),
    ("Type inference by hand", {"compiler"}),
    ("An LSM-tree storage engine, explained", {"databases", "tutorials"}),
    ("Raft consensus for people who never agree", {"networking"}),
    ("CVE-2026-0001: malicious packages in the registry", {"security", "tooling"}),
    ("How we made the allocator twice as fast with SIMD", {"performance"}),
    ("Property-based testing finds what reviewers miss", {"testing"}),
    ("Model checking a train crossing with Kani", {"formal-verification"}),
    ("Faster builds with a remote cargo cache", {"tooling", "performance"}),
    ("A terminal emulator in a weekend", {"command-line"}),
    ("Calling Python from everywhere with PyO3", {"interop"}),
    ("A beginner's guide to closures", {"tutorials", "compiler"}),
    ("One year of our service in production: lessons learned", {"experience"}),
    ("Who pays the maintainers? Notes on funding", {"community"}),
    ("Oslo: Hack and Learn", {"events"}),
    ("Senior engineer, remote, full-time", {"jobs"}),
    ("A background job queue on Postgres", {"databases"}),
)

#: Entries as a Chinese weekly has them: a title and its first sentence.
TECHNOLOGY = (
    ("灯塔", "一个开源的大模型运行工具，可以在本地电脑上使用。", {"ai"}),
    ("会走楼梯的快递员", "一家公司让人形机器人送快递上楼。", {"robots"}),
    ("Go 语言的错误处理", "作者比较了三种写法。", {"languages"}),
    ("三行 CSS 画一座桥", "只用渐变和边框。", {"frontend"}),
    ("一次宕机的复盘", "负载均衡的配置写反了，云服务停了四个小时。", {"backend"}),
    ("小鼹鼠", "一个把 SQLite 数据库画成图的工具。", {"databases"}),
    ("tidy", "整理文件名的命令行程序。", {"cli"}),
    ("旧电脑换上 Linux", "一台十五年前的机器还能用。", {"systems"}),
    ("开源许可证换来换去", "维护者解释为什么改了三次协议。", {"open-source"}),
    ("快递单上的漏洞", "黑客用一张照片拿到了地址和电话。", {"security"}),
    ("海底光缆怎么修", "修一次要三条船。", {"networks"}),
    ("不用硅的芯片", "实验室做出了第一块样品，半导体厂商在观望。", {"hardware"}),
    ("折叠屏手机的铰链", "拆开看，一共有四十个零件。", {"mobile"}),
    ("短视频平台的新规定", "社交媒体开始限制转发。", {"internet"}),
    ("卖掉公司的那一天", "创业者回忆收购的全过程。", {"business"}),
    ("比特币矿机退役以后", "有人拿它来烘干果子。", {"crypto"}),
    ("面试时不要问的问题", "一位招聘者的清单。", {"careers"}),
    ("会数数的鱼", "生物学家发现，这种动物能数到五。", {"science"}),
    ("月球上的第一座车站", "航天员要在那里换车。", {"space"}),
    ("海浪发电十年", "清洁能源里最慢的一种。", {"energy"}),
    ("近视的新疗法", "医生让患者每天看远处两小时。", {"health"}),
    ("路牌用什么字体设计", "设计师跑了二十个城市。", {"design"}),
    ("没有敌人的电子游戏", "玩家只需要浇花。", {"games"}),
    ("一门免费的公开课", "这门课程教中学生做收音机。", {"education"}),
    ("博物馆的夜班", "艺术家在展厅里睡了一周。", {"culture"}),
)


#: Entries that name who made something or what it runs on, with a topic that this alone does not make.
BESIDE = (
    ("topics-programming.yml", "Notes on github.com/blog", "tooling"),
    ("topics-programming.yml", "A calculator for Android and iOS", "gui"),
    ("topics-technology.yml", "英特尔和高通的运动会", "hardware"),
    ("topics-technology.yml", "特斯拉的食堂", "energy"),
)


@cache
def topics(name: str) -> Topics:
    return read_model(Topics, shipped("config") / name)


def found(name: str, title: str, summary: str = "") -> set[str]:
    item = Item(
        id="one",
        title=title,
        url=None,
        source=None,
        tags=(),
        links=(),
        summary=(Line(kind=LineKind.TEXT, spans=(Span(text=summary),)),) if summary else (),
        line=1,
    )
    classifier = Classifier(topics(name))
    return {match.slug for match in classifier.candidates(item) if match.score >= classifier.threshold}


def words(topic: Topic) -> list[str]:
    return [word.casefold() for word in topic.words]


def _named(value: object, most: int) -> str:
    """What a test is called by; the words of a set in their order, which is else another in every run."""
    return str(sorted(value) if isinstance(value, set) else value)[:most]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_topic_file_has_topics_with_names_in_both_languages(name: str) -> None:
    assert len(topics(name).topics) >= 20
    for slug, topic in topics(name).topics.items():
        assert topic.names.keys() == {"zh", "en"}, slug


@pytest.mark.parametrize("name", SHIPPED)
def test_no_two_topics_are_called_alike(name: str) -> None:
    names = [
        name
        for topic in topics(name).topics.values()
        for name in {one.casefold() for one in topic.names.values()}
    ]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", DIVIDED)
def test_a_term_stands_in_one_topic_and_there_once(name: str) -> None:
    for slug, topic in topics(name).topics.items():
        assert len(set(words(topic))) == len(words(topic)), slug
    terms = [
        term.casefold()
        for topic in topics(name).topics.values()
        for terms in topic.terms.values()
        for term in terms
    ]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


@pytest.mark.parametrize("name", DIVIDED)
def test_a_phrase_that_silences_holds_a_word_that_it_silences(name: str) -> None:
    def silenced(phrase: str, topic: Topic) -> bool:
        return any(word.strip("*") in phrase.casefold() for word in words(topic))

    idle = [
        f"{slug}: {phrase}"
        for slug, topic in topics(name).topics.items()
        for phrase in topic.exclude
        if not silenced(phrase, topic)
    ]
    assert idle == []


@pytest.mark.parametrize("name", SHIPPED)
def test_an_issue_can_be_read_with_every_shipped_topic_file(name: str) -> None:
    reader = IssueReader(SHIPPED[name], topics(name))
    assert reader.read("# Notes\n\n## News\n\n* [One](https://example.com)\n", slug="one").items


@pytest.mark.parametrize(("title", "wanted"), PROGRAMMING, ids=lambda value: _named(value, 30))
def test_an_entry_about_programming_has_the_topics_of_its_title(title: str, wanted: set[str]) -> None:
    assert wanted <= found("topics-programming.yml", title)


@pytest.mark.parametrize(("title", "summary", "wanted"), TECHNOLOGY, ids=lambda value: _named(value, 12))
def test_an_entry_of_a_weekly_has_the_topics_of_its_beginning(
    title: str, summary: str, wanted: set[str]
) -> None:
    assert wanted <= found("topics-technology.yml", title, summary)


def test_few_entries_have_topics_that_nobody_would_file_them_under() -> None:
    """What is wanted above is what is plain; one more in four may be argued for."""
    programming = [(wanted, found("topics-programming.yml", title)) for title, wanted in PROGRAMMING]
    technology = [(wanted, found("topics-technology.yml", title, text)) for title, text, wanted in TECHNOLOGY]
    for judged in (programming, technology):
        more = sum(len(given - wanted) for wanted, given in judged)
        assert more <= sum(len(wanted) for wanted, _ in judged) / 4


@pytest.mark.parametrize(("name", "title", "topic"), BESIDE)
def test_who_made_it_or_what_it_runs_on_makes_no_topic_alone(name: str, title: str, topic: str) -> None:
    item = an_item(title=title)
    classifier = Classifier(topics(name))
    assert topic in {match.slug for match in classifier.candidates(item)}  # a word of it is there
    assert topic not in {match.slug for match in classifier.by_words(item)}


@pytest.mark.parametrize("name", DIVIDED)
def test_a_word_has_one_kind_in_a_topic(name: str) -> None:
    for slug, topic in topics(name).topics.items():
        for words_of in (topic.terms, topic.hints, topic.subjects):
            every = [word for listed in words_of.values() for word in listed]
            assert len(every) == len(set(every)), slug
