"""Words are found as people write them: by keywords and by topics alike."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.topics.lexicon import Lexicon
from bot.digest.topics.vocabulary import Topics
from bot.words.folding import fold_keyword, fold_text
from bot.words.keywords import mentioned

#: A keyword, texts that have it, and texts that do not.
Case = tuple[str, tuple[str, ...], tuple[str, ...]]

BLANKS_BETWEEN_SCRIPTS: list[Case] = [
    (
        "KV缓存",
        ("KV 缓存压缩", "KV缓存", "kv  缓存", "KV-缓存", "讲KV缓存的", "ＫＶ缓存"),
        ("KV, 缓存", "PKV缓存"),
    ),
    ("KV 缓存", ("KV缓存", "KV 缓存", "kv_缓存"), ("KV 的缓存",)),
    ("kv cache", ("KV Cache", "KV-cache", "KV\u3000cache", "讲KV cache的"), ("KVcache", "KV, cache")),
    ("AI芯片", ("AI 芯片", "边缘AI芯片厂", "ai芯片"), ("XAI芯片", "芯片 AI")),
    ("芯片 AI", ("芯片AI", "芯片 AI"), ("AI芯片",)),
    ("C++ 模板", ("C++模板", "讲 c++ 模板"), ("C 模板",)),
    ("量化 8bit", ("量化8bit", "量化 8bit"), ("量化 18bit",)),
    ("4 比特", ("4比特", "4 比特量化"), ("14比特",)),
    ("ロボットAI", ("ロボット AI", "ロボットAI"), ("ロボット XAI",)),
    ("로봇 AI", ("로봇AI", "로봇 AI"), ("로봇 BAI",)),
    ("量化 训练", ("量化 训练", "量化-训练"), ("量化训练",)),
]
DIGITS: list[Case] = [
    ("Qwen", ("Qwen2.5 发布", "Qwen 2.5", "QWEN3", "阿里Qwen2"), ("Qwenta", "MyQwen2.5")),
    ("RTX", ("RTX6090", "RTX 6090", "新RTX5090Ti"), ("PRTX6090", "RTXs6090")),
    ("Qwen2.5", ("Qwen2.5", "qwen2.5-7B"), ("Qwen2.55", "Qwen2 5")),
    ("6090", ("RTX6090", "6090 显卡"), ("16090", "60901", "1.6090")),
    ("Python 3", ("Python 3.14", "Python-3"), ("Python 33",)),
    ("GPT4", ("GPT4 发布", "讲GPT4"), ("GPT4o", "GPT44")),
    ("D", ("D 语言",), ("3D", "2D 图像")),
    ("Llama", ("Llama3", "llama.cpp", "Llama-4"), ("Ollama", "Ollama3")),
    ("iPhone", ("iPhone17", "iPhone 17 Pro"), ("aiPhone17",)),
    ("Claude", ("Claude4.5",), ("Claudette4",)),
    ("x86", ("x86", "X86 芯片"), ("x864", "fx86")),
    ("5", ("第 5 期", "GPT5"), ("2.5", "15")),
    ("YOLO", ("YOLOv8 发布", "yolo v8", "YOLOv10", "用YOLOv5的"), ("YOLOvx", "YOLOv", "MyYOLOv8")),
    ("mobilenet", ("MobileNetV2", "MobileNet-v3", "MobileNets"), ("MobileNetVLAD",)),
    ("con", ("con 8",), ("conv2d",)),
]
SIGNS: list[Case] = [
    (
        ".NET",
        (".NET 11", "学.NET", "(.net)", ".NET9", "．ＮＥＴ"),
        ("cnn.net", "net", "看 cnn.net 的", ".network"),
    ),
    ("NET", ("NET 文件",), (".NET 11", "cnn.net", "NETs5x")),
    (
        "C",
        ("C 语言", "C语言", "C/C++", "用 C。", "(C)", "C99"),
        ("C++", "C#", "C#12", "C++20", "Ｃ＋＋", "Ｃ＃", "CC"),
    ),
    ("C++", ("C++ 29", "C++20", "现代C++", "Ｃ＋＋"), ("C+", "C", "C#", "VC++")),
    ("C#", ("C# 14", "C#14", "用C#写", "Ｃ＃"), ("C++", "C", "VC#")),
    ("F#", ("F# 9",), ("F", "F++")),
    ("F", ("F 值",), ("F#",)),
    (
        "node.js",
        ("Node.js 24", "用Node.js写", "ｎｏｄｅ．ｊｓ"),
        ("node js", "nodexjs", "denode.js", "node.json"),
    ),
    ("js", ("JS 引擎", "用JS写"), ("node.js", "Vue.js", "json")),
    ("io", ("IO 接口",), ("socket.io", "github.io")),
    ("Vue", ("Vue.js 4", "Vue4"), ("Vuex",)),
    ("g++", ("g++ 15",), ("g", "gg++")),
    ("Notepad", ("Notepad 更新",), ("Notepad++",)),
    ("GPU", ("CPU+GPU", "GPU+CPU", "3.GPU 发布", "结束.GPU", "GPU#1"), ("my.gpu",)),
]
PLURALS: list[Case] = [
    ("IO", ("高速 IO", "多个 IOs"), ("iOS", "ios 新版", "IOS")),
    ("CS", ("CS 课程",), ("CSS", "css", "CSs2x")),
    ("TL", ("TL",), ("TLS 1.3", "tls")),
    ("JS", ("JS",), ("JSs2x", "jss")),
    ("new", ("New model",), ("news", "News")),
    ("app", ("App",), ("apps",)),
    ("GPU", ("两块 GPUs", "GPU"), ("gpus2x", "GPUS")),
    ("LLM", ("LLMs are here", "新LLMs"), ("LLMS", "VLLM")),
    ("gpus", ("两块 GPUs", "gpus"), ("GPU",)),
    ("SoC", ("SoCs",), ("SOCS", "socks")),
    ("chip", ("chips", "CHIPS", "AI chips"), ("chipset", "chipss")),
    ("model", ("models",), ("modelsim",)),
    ("neural net", ("neural nets", "Neural Net"), ("neural netsx",)),
]
SCRIPTS: list[Case] = [
    ("ber", ("Ber and more", "die ber."), ("Über uns", "u\u0308ber", "überber", "beré")),
    ("Über", ("Über uns", "U\u0308ber uns", "ÜBER"), ("uber", "Drüber")),
    ("caf", ("caf",), ("Café", "cafe\u0301")),
    ("café", ("Café", "cafe\u0301", "CAFÉ"), ("cafe", "cafés1x")),
    ("рост", ("Рост рынка", "РОСТ", "про рост."), ("Просто", "ростом")),
    ("кот", ("Кот", "讲кот的"), ("который", "скот")),
    ("λόγος", ("ΛΌΓΟΣ", "ο λόγος"), ("διάλογος",)),
    ("نور", ("نور",), ("منور", "نورا")),
    ("हिन्द", ("हिन्द",), ("हिन्दी",)),
    ("straße", ("STRASSE", "Straße", "strasse"), ("hauptstraße",)),
    ("ay", ("ay",), ("Aýna", "Çay")),
    ("蒸馏", ("知识蒸馏再思考", "蒸馏"), ("蒸 馏",)),
    ("ロボ", ("ロボット", "ﾛﾎﾞｯﾄ"), ("ロホット",)),
    ("로봇", ("로봇이", "산업용로봇"), ("로 봇",)),
]
INVISIBLE: list[Case] = [
    ("量化", ("量\u200b化综述", "量\u00ad化", "量\ufeff化", "\u200b量化\u200b", "量\u2060化"), ("量 化",)),
    ("transformer", ("trans\u00adformer", "Trans\u200bformer", "transformer\u200d"), ("trans former",)),
    ("Flash\u200bAttention", ("FlashAttention", "Flash\u200cAttention"), ("Flash Attention",)),
    ("KV缓存", ("KV\u200b缓存", "K\u200bV 缓\u200b存", "KV \u200b缓存"), ("KV。缓存",)),
    ("arm", ("a\u200brm", "\u202aARM\u202c"), ("al\u200barm", "arm\u200bor")),
    ("IO", ("I\u200bO",), ("iO\u200bS", "i\u00adOS")),
    ("C", ("C\u200b 语言",), ("C\u200b++", "C\u200b#")),
    ("рост", ("ро\u00adст",), ("П\u200bрост",)),
    ("ber", ("b\u00ader",), ("Ü\u200bber",)),
    ("❤", ("❤\ufe0f", "❤"), ()),
    ("Qwen", ("Qw\u200ben2.5", "Qwen\u200b2.5"), ("Qw\u200benta",)),
]
WIDTH_AND_SCRIPT: list[Case] = [
    ("量化", ("量化",), ("量華",)),
    ("蒸馏", ("知識蒸餾",), ("蒸留",)),
    ("芯片设计", ("芯片設計",), ()),
    ("語言模型", ("语言模型", "大語言模型"), ()),
    ("软件", ("軟件", "軟\u200b件"), ()),
    ("KV缓存", ("KV 緩存", "ＫＶ緩存"), ()),
    ("开发", ("開發", "開發者"), ()),
    ("頭髮", ("头发",), ()),
    ("后端", ("後端",), ()),
    ("台积电", ("臺積電", "台積電"), ()),
    ("机器学习", ("機器學習",), ("機器 學習",)),
    ("GPU", ("ＧＰＵ", "ｇｐｕ"), ("ＡＧＰＵ",)),
    ("ガ", ("ｶﾞ", "ガ", "カ\u3099"), ("カ",)),
    ("fine", ("\ufb01ne",), ()),
]
KINDS = {
    "blanks": BLANKS_BETWEEN_SCRIPTS,
    "digits": DIGITS,
    "signs": SIGNS,
    "plurals": PLURALS,
    "scripts": SCRIPTS,
    "invisible": INVISIBLE,
    "width": WIDTH_AND_SCRIPT,
}
CASES: list[tuple[str, str, str, bool]] = [
    (f"{kind}: {keyword!a} in {text!a}", keyword, text, stands)
    for kind, cases in KINDS.items()
    for keyword, having, lacking in cases
    for texts, stands in ((having, True), (lacking, False))
    for text in texts
]
WRITTEN = [pytest.param(*case, id=name) for name, *case in CASES]
#: Between the words of a topic stands one blank; keywords do not mind how many.
IN_TOPICS = [pytest.param(*case, id=name) for name, *case in CASES if "  " not in str(case[1])]


def topics_with(term: str) -> Topics:
    return Topics.model_validate({"topics": {"it": {"names": {"zh": "它", "en": "it"}, "terms": [term]}}})


@pytest.mark.parametrize(("keyword", "text", "stands"), WRITTEN)
def test_a_keyword_is_found_as_people_write_it(keyword: str, text: str, *, stands: bool) -> None:
    assert (mentioned([keyword], fold_text(text)) == keyword) is stands


@pytest.mark.parametrize(("term", "text", "stands"), IN_TOPICS)
def test_a_topic_finds_its_words_as_keywords_are_found(term: str, text: str, *, stands: bool) -> None:
    assert bool(Lexicon(topics_with(term)).find(text)) is stands


FULL_WIDTH = {narrow: narrow + 0xFEE0 for narrow in range(ord("!"), ord("~") + 1)}
TRADITIONAL = str.maketrans("馏识语缓云显", "餾識語緩雲顯")
LATIN = ("kv cache", "Qwen", "C++", "C#", ".NET", "node.js", "IO", "GPU", "Über", "рост")
WORDS = (*LATIN, "KV缓存", "蒸馏", "语言模型", "ロボ")
AROUND = (*" ，。.,+#sx2é的", "IOs", "iOS", "Qwen2.5", "知识", "просто")
PIECES = st.lists(st.sampled_from([*WORDS, *AROUND])).map("".join)


@given(st.sampled_from(WORDS), PIECES, st.randoms(use_true_random=False))
def test_a_word_in_a_text_is_in_it_however_it_is_written(word: str, text: str, random: Random) -> None:
    stands = mentioned([word], fold_text(text))
    unseen = "".join(char + random.choice(["", "\u200b", "\u00ad", "\ufeff"]) for char in text)
    for written in (text.translate(FULL_WIDTH), text.translate(TRADITIONAL), unseen):
        assert mentioned([word], fold_text(written)) == stands


@given(st.sampled_from(WORDS), PIECES)
def test_what_a_topic_finds_is_a_spelling_of_its_word_where_it_was_written(word: str, text: str) -> None:
    for start, end, *_ in Lexicon(topics_with(word)).find(text):
        assert fold_keyword(text[start:end]) == fold_keyword(word)
