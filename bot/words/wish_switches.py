"""What is said to switch quiet hours and sound, and that the rest stays, as people type it."""

import re

_OFF = r"(?:取消|关闭|关掉|关|停用|解除|不要|不用|不需要|没有|别|无|去掉|去除|删除|删|清除|撤销|移除)掉?"
QUIETNESS = r"(?:安静|静默|睡眠|免打扰|勿扰)(?:时段|时间|模式)?|静音(?:时段|时间)"
QUIET = r"quiet(?: hours?| time)?|do not disturb|dnd"
_SOUND = r"声音|提示音|铃声|响铃|响声|音|响"
_GAP = r"[\s,:]*"
NEVER_QUIET = re.compile(
    rf"(?:{_OFF})(?:我的)?{_GAP}(?:{QUIETNESS})|(?:{QUIETNESS}){_GAP}(?:{_OFF})"
    r"|\b(?:no|without|never|cancel|disable|remove|stop|delete|clear|drop|lift|take away|get rid of"
    r"|(?:turn|switch) off|(?:i )?(?:don't|do not) (?:need|want|have))"
    rf"(?: (?:more|the|any|my|all))* (?:{QUIET})\b"
    rf"|\b(?:(?:turn|switch|take) )?(?:(?:the|my) )?(?:{QUIET}){_GAP}"
    r"(?:off|none|away|cancel(?:led)?|removed?|deleted?)\b"
)
LOUD = re.compile(
    rf"(?:取消|关闭|关掉|解除|去掉|不要|不|别)静音|静音(?:模式)?{_GAP}(?:取消|关闭|关掉|解除|去掉|删)掉?"
    rf"|(?<![不没别])(?:打开|开启|恢复|要|有|开)(?:{_SOUND})"
    rf"|(?:{_SOUND})(?:重新)?(?:打开|开启|恢复)"
    r"|\bwith(?: a)? sound\b|\b(?:(?:turn|switch) )?(?:the )?sounds? (?:back )?on(?: again)?\b"
    r"|\b(?:turn|switch) (?:back )?on (?:the )?sound\b|\b(?:not silent|unmute|loud)\b"
)
SILENT = re.compile(
    rf"静音(?:模式)?|无声|静悄悄|(?:{_OFF}|没)(?:有)?(?:{_SOUND})|(?:{_SOUND}){_GAP}(?:取消|关掉?|去掉|删)掉?"
    r"|\b(?:don't|do not) make (?:(?:a|any) )?(?:sound|noise)s?\b"
    r"|[不别]响|(?:别|不要?)(?:出|发)声音?"
    r"|\b(?:no|without(?: a| any)?) sounds?\b|\b(?:(?:turn|switch) )?(?:the )?sound off\b"
    r"|\b(?:turn|switch) off (?:the )?sound\b|\b(?:silent(?:ly)?|silence|mute[d]?)\b"
)
_STAYS = (
    r"(?:照旧|照常|照样|老样子|原样|不变|不动|别动|不改|不用[动改变]|一样|和?以前一样|和?原来一样"
    r"|保持(?:不变|原样)?)"
)
REST_STAYS = re.compile(
    r"(?:时间|时刻|钟点|几点|日子|早上|晚上|早晨|夜里|开始|结束|城市|时区)"
    rf"(?:的?时间)?\s*(?:还是?|仍然?|都|就|全)*{_STAYS}"
    r"|\b(?:at )?(?:the )?same (?:time|hour)(?: as (?:before|always|usual|now))?\b"
    r"|\b(?:the )?(?:time|hour|day|morning|evening|end|start|beginning) (?:stays?|remains?|unchanged)"
    r"(?: (?:as (?:it is|is|before)|unchanged|the same))?\b|"
    r"\bkeep the (?:time|hour|day|end|start)\b|"
    rf"(?:其[他它余]的?|别的|剩下的?)\s*(?:都|就|全)?{_STAYS}"
    r"|\b(?:and |but )?(?:keep|leave) (?:the rest|(?:all |the )?others?|everything else)"
    r"(?: (?:as (?:it is|is|before|they are)|unchanged|alone|the same))?\b"
    r"|\b(?:and |but )?(?:the rest|everything else) (?:stays?|remains?|unchanged|as (?:is|before|it is))"
    r"(?: (?:as (?:it is|is|before)|unchanged|the same))?\b"
)
