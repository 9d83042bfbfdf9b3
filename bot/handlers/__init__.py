"""What people can say to the bot, and who answers: tables of commands, of buttons and of sayings."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.handlers import (
    catchup,
    channels,
    forget,
    group,
    issue,
    issues,
    item,
    item_rows,
    mistakes,
    mydata,
    next_issue,
    rich_trial,
    saved,
    search,
    settings,
    start,
    stop,
    threads,
    topic,
    topics,
    unfolding,
    votes,
    when,
    when_words,
)
from bot.handlers import help as helping
from bot.handlers.addressed import Addressed, Commanded, words_to
from bot.handlers.admin_commands import ADMIN_COMMANDS, in_admin_chat
from bot.handlers.admin_desk import AdminDesk, Desks, Ledger
from bot.handlers.administrators import Administrators
from bot.handlers.callback_data import LongTexts
from bot.handlers.channel_desk import ChannelDesk
from bot.handlers.channel_news import ChannelNews, FromChannel
from bot.handlers.claim import claim
from bot.handlers.context import HandlerContext
from bot.handlers.dispatch import Dispatch
from bot.handlers.editor_cards import CARD_BUTTONS
from bot.handlers.editor_preview import PREVIEW_BUTTONS
from bot.handlers.editor_questions import QUESTION_BUTTONS
from bot.handlers.editors import Editors
from bot.handlers.editors_desk import EditorsDesk
from bot.handlers.identity import Identity
from bot.handlers.inline import Answers, InlineMode
from bot.handlers.known_chat import KnownChat
from bot.handlers.membership import Membership
from bot.handlers.mistakes import about as mistake_about
from bot.handlers.once_a_day import OncePerDay, PerDay
from bot.handlers.questioning import Questions, Rounds, TopicQuestion
from bot.handlers.sayings import Sayings
from bot.handlers.taps import Taps
from bot.handlers.throttled import ChatGateway, ThrottledGateway
from bot.handlers.update_processor import InOrderPerChat

__all__ = [
    "AdminDesk",
    "Administrators",
    "ChannelDesk",
    "ChatGateway",
    "Desks",
    "Editors",
    "EditorsDesk",
    "HandlerContext",
    "Identity",
    "InOrderPerChat",
    "KnownChat",
    "Ledger",
    "LongTexts",
    "OncePerDay",
    "PerDay",
    "Questions",
    "Rounds",
    "ThrottledGateway",
    "TopicQuestion",
    "mistake_about",
    "register",
]

#: Typed, with or without words behind it.
COMMANDS = {
    "start": start.start,
    "latest": issue.latest,
    "search": search.search,
    "saved": saved.saved,
    "topic": topic.topic,
    "topics": topics.topics,
    "issues": issues.issues,
    "issue": issue.issue,
    "next": next_issue.next_issue,
    "catchup": catchup.catchup,
    "settings": settings.settings,
    "when": when_words.when,
    "channels": channels.channels,
    "stop": stop.stop,
    "mydata": mydata.mydata,
    "forget": forget.forget,
    "help": helping.show_help,
}

#: Tapped: the first word of a button's data.
BUTTONS = {
    "follow": topic.follow,
    "unfollow": topic.unfollow,
    "omit": topic.omit,
    "admit": topic.admit,
    "swap": topic.swap,
    "undo": topic.undo,
    "join": start.join,
    "more": topic.more,
    "find": search.turn,
    "open": item.open_item,
    "item": item.show,
    "save": item.save,
    "unsave": item.unsave,
    "like": item.like,
    "star": item_rows.star,
    "mark": item_rows.mark,
    "view": item_rows.view,
    "pass": item_rows.pass_on,
    "up": votes.up,
    "down": votes.down,
    "report": mistakes.report,
    "unmark": item_rows.back,
    "saved": saved.turn,
    "export": saved.export,
    "topics": topics.topics,
    "pick": topics.pick,
    "drop": topics.drop,
    "board": topics.turn,
    "clear": topics.clear,
    "latest": issue.latest,
    "issue": issue.open_issue,
    "rest": issue.rest,
    "at": unfolding.unfold,
    "rich": rich_trial.answer,
    "issues": issues.turn,
    "list": issues.open_list,
    "headlines": catchup.headlines,
    "missed": catchup.turn,
    "each": catchup.each,
    "enough": catchup.enough,
    "settings": settings.settings,
    "set": settings.change,
    "when": when.tapped,
    "subscribe": start.subscribe,
    "stop": stop.stop,
    "leave": stop.leave,
    "keep": stop.keep,
    "resume": stop.resume,
    "erase": forget.erase,
    "spare": forget.spare,
    "speak": group.speak,
    "channels": channels.listed,
    "c": channels.act,
}

#: Tapped by editors in their chat, and nowhere else.
EDITORS_BUTTONS = CARD_BUTTONS | PREVIEW_BUTTONS | QUESTION_BUTTONS

#: Said by Telegram: a topic of a forum is open again.
OPENED = filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN

#: Said in plain words, as the tables ``sayings.j2`` have it: a command, or an issue.
SAID = COMMANDS | {"previous": issue.previous, "oldest": issue.oldest}


def register(
    application: Application[Any, Any, Any, Any, Any, Any],
    context: HandlerContext,
    telegram: ChatGateway,
    answers: Answers,
) -> None:
    """Give the application its handlers; ``answers`` are those to inline queries."""
    dispatch, typed = Dispatch(context, telegram), filters.UpdateType.MESSAGE
    for name, handler in (*COMMANDS.items(), ("claim", claim)):
        callback = dispatch.command(handler, name)
        application.add_handler(CommandHandler(name, callback, typed))
    for name, command in ADMIN_COMMANDS.items():
        callback = in_admin_chat(name, command, dispatch, context, telegram)
        application.add_handler(CommandHandler(name, callback, typed))
    taps = Taps(handlers=BUTTONS, other=helping.outdated, editors=EDITORS_BUTTONS)
    application.add_handler(CallbackQueryHandler(dispatch.tap(taps)))
    _hear_members(application, Membership(context, dispatch))
    application.add_handler(MessageHandler(OPENED, dispatch.text(threads.reopened)))
    edited = filters.StatusUpdate.FORUM_TOPIC_EDITED
    application.add_handler(MessageHandler(edited, dispatch.text(threads.renamed)))
    private = filters.ChatType.PRIVATE
    passed_on = private & filters.UpdateType.MESSAGE & FromChannel()
    application.add_handler(MessageHandler(passed_on, ChannelNews(context, dispatch).forwarded))
    said = private & filters.UpdateType.MESSAGE & ~filters.VIA_BOT  # what was picked inline asks nothing
    application.add_handler(MessageHandler(filters.COMMAND & said, dispatch.text(helping.unknown_command)))
    sayings = Sayings(said=SAID, commands=COMMANDS, otherwise=helping.text)
    spoken = dispatch.spoken(sayings, lambda message: message.text or "")
    application.add_handler(MessageHandler(filters.TEXT & said, spoken))
    _hear_groups(application, dispatch, sayings, context.identity)
    placed = private & filters.LOCATION & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(placed, dispatch.place(when_words.located)))
    other = private & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT
    application.add_handler(
        MessageHandler(other & filters.UpdateType.MESSAGE, dispatch.text(helping.not_text))
    )
    application.add_handler(MessageHandler(other & filters.UpdateType.EDITED, dispatch.text(helping.edited)))
    application.add_handler(InlineQueryHandler(dispatch.inline(InlineMode(context, answers))))
    application.add_error_handler(dispatch.failed)


def _hear_members(application: Application[Any, Any, Any, Any, Any, Any], membership: Membership) -> None:
    """Handlers of what happens to the bot in chats, and to those who administer them."""
    mine, others = ChatMemberHandler.MY_CHAT_MEMBER, ChatMemberHandler.CHAT_MEMBER
    application.add_handler(ChatMemberHandler(membership.of_bot, mine))
    application.add_handler(ChatMemberHandler(membership.of_people, others))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, membership.moved))


def _hear_groups(
    application: Application[Any, Any, Any, Any, Any, Any],
    dispatch: Dispatch,
    sayings: Sayings,
    identity: Identity,
) -> None:
    """Handlers of what in groups is said to the bot; what else is said there is nobody's business."""
    typed = filters.UpdateType.MESSAGE
    spoken = dispatch.spoken(sayings, lambda message: words_to(message, identity))
    application.add_handler(MessageHandler(Addressed(identity) & typed, spoken))
    unknown = dispatch.text(helping.unknown_command)
    application.add_handler(MessageHandler(Commanded(identity) & typed, unknown))
