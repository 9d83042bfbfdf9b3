"""What editors note of an issue that is not to be sent yet: 草稿，勿发; WIP, do not publish."""

import re
from enum import Enum

_LONGEST = 80  #: characters of such a note
_SENDS = r"(?:对?外)?(?:群发|发布|发送|发出|推送|外发|外传|发|推)(?:出去|布|出)?"
_SENT = r"(?:be )?(?:sen[dt]|publish(?:ed)?|post(?:ed)?|released?|push(?:ed)?|merged?)(?: out)?"
#: Nobody writes these in brackets of news.
_SURE = (
    rf"(?:请|先|暂时?|千万|切)*(?:勿|别|不要)(?:先|急着?)?{_SENDS}|草稿[中箱]?"
    rf"|(?<![a-z])(?:wip|drafts?|work in progress|(?:do not|don't|never|not to) (?:yet )?{_SENT}"
    r"|not (?:yet )?ready(?: yet)?|not for (?:publication|release))(?![a-z])"
)
#: News may say these of what they are about: a model（未发布）, a law（审核中）.
_STATES = (
    rf"未(?:完成|写完|定稿|发布|审核|校对|完|审|校)|待(?:审核?|校对?|定稿|完善|补充?|修改|发布)|(?:先|暂时?|还)*不{_SENDS}"
    r"|(?:审核|编辑|撰写|写作|校对|修改|施工)中|初稿|半成品"
    r"|(?<![a-z])(?:todo|tbd|unfinished|incomplete|unpublished|in progress|pending(?: review)?|needs? review"
    r"|(?:in|under) review|on hold|embargoed|not (?:yet )?final)(?![a-z])"
)
_BESIDE = (
    r"请|本期|这期|此期|今[天日]|[尚还仍先暂稿版]|测试|内部|\d+"
    r"|(?<![a-z])(?:v\d+|still|yet|please|this|is|an?|the|issue|status)(?![a-z])"
)
_NOTE = re.compile(rf"(?P<sure>{_SURE})|(?P<state>{_STATES})|{_BESIDE}")
_BLANKS = re.compile(r"[\s_-]+")
_LETTER = re.compile(r"\w")


class Unsent(Enum):
    """How surely words say so."""

    SURE = "sure"
    STATE = "state"  #: unless they are about something else


def unsent(words: str) -> Unsent | None:
    """Whether nothing but that is said; None for words that say anything else."""
    plain = _BLANKS.sub(" ", words.casefold().replace("’", "'"))
    if len(plain) > _LONGEST or _LETTER.search(_NOTE.sub(" ", plain)):
        return None
    groups = {found.lastgroup for found in _NOTE.finditer(plain)}
    return Unsent.SURE if "sure" in groups else Unsent.STATE if "state" in groups else None
