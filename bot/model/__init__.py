"""The values that pass between the floors: frozen, without behaviour beyond their own fields.

============ =========================================================================
text         a summary as lines of styled spans
days         how the day of an issue is written
issue        an issue of the digest: sections, items, flash news, warnings
beside       what lies beside its file
kept_answer  what an editor answered about topics, where it cannot lie beside the file
entry        an item or a flash by itself, as it is listed, opened and searched for
search_query what somebody searches for
saved_item   an item that a reader keeps
searchable   the text of an entry that keywords are searched for in
interests    topics and keywords that somebody cares for, or would rather not see
cut          which part of an issue a reader gets, and how it looks
choice       what a reader decides about their interests
subscriber   who reads
happening    what is counted as time goes on
group_chat   what is known of a group besides its subscription
channel      what is known of a channel besides its subscription
week         what readers did in a week, by topic
chat_role    what a chat may be besides a reader's
publication  whether an issue is out
issue_event  what happens to an issue between its file and its readers
release      what an issue itself says of when it may go out
holding      what keeps it from going out
notice       a word to readers that is no issue
news         what an operator is told
destination  a chat, or a topic of a forum
hours        when a reader wants what comes out
delivery     one issue on its way to one destination
file_names   what a file is by its name
file_pattern which files of a folder are issues
wall_clock   when the clocks of a time zone show a time
============ =========================================================================
"""

from bot.model.beside import (
    TOPICS_SUFFIX,
    Beside,
    Parts,
    is_topics,
    joined,
    meant_topics_stem,
    parted,
    topics_stem,
    with_answers,
)
from bot.model.channel import Channel
from bot.model.chat_role import ChatRole
from bot.model.choice import MOST_KEYWORDS, Choice
from bot.model.cut import FLASH, LANGUAGES, WRITTEN, Cut, Language, Mode, Written, text_language
from bot.model.days import written
from bot.model.delivery import (
    ASKED_FOR,
    AT_ONCE,
    CORRECTED_PART,
    EXPIRED,
    LEFT_OUT,
    LINE_TAKEN_BACK,
    MAY_BE_DOUBLE,
    MAY_BE_MISSING,
    NOT_CORRECTED,
    NOT_SENT,
    NOT_TAKEN_BACK,
    NOTE,
    NOTHING_LEFT,
    OFF_TOPIC,
    OPEN_STATES,
    PARTLY,
    SENT_AGAIN,
    TOLD_WITH,
    TRIED_AGAIN,
    URGENT,
    Aim,
    Delivery,
    DeliveryState,
    Key,
    Part,
    Purpose,
)
from bot.model.destination import Destination
from bot.model.entry import Entry, EntryKind, IndexedIssue, ItemRef, ToldItem, entries_of, entries_with_texts
from bot.model.file_names import (
    dated_names,
    is_document,
    is_markdown,
    is_readme,
    is_text,
    one_form,
    plain_name,
    stem_of,
)
from bot.model.file_pattern import FilePattern
from bot.model.group_chat import GroupChat, Parked
from bot.model.happening import LOSSES, Happening
from bot.model.holding import BY_HAND, IN_DOUBT, OF_ONE_ISSUE, HeldBy, HeldPushes, Hold
from bot.model.hours import ANY_TIME, Hours, Quiet, read_digits
from bot.model.interests import NOTHING, Interests
from bot.model.issue import (
    Flash,
    GivenBy,
    Issue,
    Item,
    LeftOut,
    Link,
    ParseWarning,
    Place,
    Reason,
    SaidTopics,
    Section,
    TopicMatch,
)
from bot.model.issue_event import IssueEvent, IssueEventKind
from bot.model.kept_answer import KEPT, KeptAnswer, text_of_answers
from bot.model.message_habit import MessageHabit, Numbers, Packing, Pictures
from bot.model.news import CAUSE, HELD, News
from bot.model.notice import NOTICE, Notice, is_notice, notice_slug
from bot.model.publication import EDITION, READABLE, SHORT_COMMIT, UNBORN, IssueRecord, IssueState, IssueText
from bot.model.release import FREE, Release
from bot.model.saved_item import SavedItem
from bot.model.search_query import SearchQuery
from bot.model.searchable import searchable_text
from bot.model.steady_time import NEVER_PUT, ClockJump, SteadyTime
from bot.model.subscriber import CHAT_AWAY, STOPPED, UNREACHABLE, Subscriber, SubscriberState
from bot.model.text import CELL_BREAK, Line, LineKind, RichText, Span, Style, cells_of, first_picture, plain
from bot.model.wall_clock import moments_of
from bot.model.week import ALL_TOPICS, Deed, WeekCount

__all__ = [
    "ALL_TOPICS",
    "ANY_TIME",
    "ASKED_FOR",
    "AT_ONCE",
    "BY_HAND",
    "CAUSE",
    "CELL_BREAK",
    "CHAT_AWAY",
    "CORRECTED_PART",
    "EDITION",
    "EXPIRED",
    "FLASH",
    "FREE",
    "HELD",
    "IN_DOUBT",
    "KEPT",
    "LANGUAGES",
    "LEFT_OUT",
    "LINE_TAKEN_BACK",
    "LOSSES",
    "MAY_BE_DOUBLE",
    "MAY_BE_MISSING",
    "MOST_KEYWORDS",
    "NEVER_PUT",
    "NOTE",
    "NOTHING",
    "NOTHING_LEFT",
    "NOTICE",
    "NOT_CORRECTED",
    "NOT_SENT",
    "NOT_TAKEN_BACK",
    "OFF_TOPIC",
    "OF_ONE_ISSUE",
    "OPEN_STATES",
    "PARTLY",
    "READABLE",
    "SENT_AGAIN",
    "SHORT_COMMIT",
    "STOPPED",
    "TOLD_WITH",
    "TOPICS_SUFFIX",
    "TRIED_AGAIN",
    "UNBORN",
    "UNREACHABLE",
    "URGENT",
    "WRITTEN",
    "Aim",
    "Beside",
    "Channel",
    "ChatRole",
    "Choice",
    "ClockJump",
    "Cut",
    "Deed",
    "Delivery",
    "DeliveryState",
    "Destination",
    "Entry",
    "EntryKind",
    "FilePattern",
    "Flash",
    "GivenBy",
    "GroupChat",
    "Happening",
    "HeldBy",
    "HeldPushes",
    "Hold",
    "Hours",
    "IndexedIssue",
    "Interests",
    "Issue",
    "IssueEvent",
    "IssueEventKind",
    "IssueRecord",
    "IssueState",
    "IssueText",
    "Item",
    "ItemRef",
    "KeptAnswer",
    "Key",
    "Language",
    "LeftOut",
    "Line",
    "LineKind",
    "Link",
    "MessageHabit",
    "Mode",
    "News",
    "Notice",
    "Numbers",
    "Packing",
    "Parked",
    "ParseWarning",
    "Part",
    "Parts",
    "Pictures",
    "Place",
    "Purpose",
    "Quiet",
    "Reason",
    "Release",
    "RichText",
    "SaidTopics",
    "SavedItem",
    "SearchQuery",
    "Section",
    "Span",
    "SteadyTime",
    "Style",
    "Subscriber",
    "SubscriberState",
    "ToldItem",
    "TopicMatch",
    "WeekCount",
    "Written",
    "cells_of",
    "dated_names",
    "entries_of",
    "entries_with_texts",
    "first_picture",
    "is_document",
    "is_markdown",
    "is_notice",
    "is_readme",
    "is_text",
    "is_topics",
    "joined",
    "meant_topics_stem",
    "moments_of",
    "notice_slug",
    "one_form",
    "parted",
    "plain",
    "plain_name",
    "read_digits",
    "searchable_text",
    "stem_of",
    "text_language",
    "text_of_answers",
    "topics_stem",
    "with_answers",
    "written",
]
