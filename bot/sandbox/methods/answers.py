"""Answers to pressed buttons and inline queries; they do not count against the rates."""

from datetime import timedelta

from bot.sandbox import inline_results
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.inline_queries import InlineAnswer
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import CallbackAnswer

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_KEPT, _LONGEST_KEPT = 300, 24 * 60 * 60  # seconds
_LONGEST_OFFSET = 64  # bytes


async def answer_callback_query(call: Call) -> bool:
    """Ends the button's waiting, with a note, an alert or nothing."""
    world, given = call.world, call.given
    text = given.text("text")
    if len(text) > world.limits.answer:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.get(given.text("callback_query_id"))
    if query is None:
        raise bad_request(_TOO_OLD)
    answer = CallbackAnswer(
        query_id=query.query_id, text=text, alert=given.flag("show_alert"), url=given.text("url") or None
    )
    world.chats[query.chat_id].answers.append(answer)
    world.feed.publish(
        "answer",
        chat_id=query.chat_id,
        query_id=query.query_id,
        text=answer.text,
        alert=answer.alert,
        url=answer.url,
    )
    return True


async def answer_inline_query(call: Call) -> bool:
    """Results for an inline query, kept for everybody who asks the same or, if personal, for who asked."""
    inline, given = call.world.inline, call.given
    query_id = given.text("inline_query_id")
    try:
        answer = _inline_answer(call)
        query = inline.open(query_id, call.world.clock())
        if query is None:
            raise bad_request(_TOO_OLD)
    except ApiError as refusal:
        if query_id in inline.asked:
            inline.refusals[query_id] = refusal.description
        call.world.feed.publish("inline", query_id=query_id)
        raise
    kept_for = given.number("cache_time")
    seconds = min(max(_KEPT if kept_for is None else kept_for, 0), _LONGEST_KEPT)
    until = call.world.clock() + timedelta(seconds=seconds)
    inline.answer(query, answer, until=until, is_personal=given.flag("is_personal"))
    call.world.feed.publish("inline", query_id=query_id)
    return True


def _inline_answer(call: Call) -> InlineAnswer:
    given = call.given
    results = inline_results.checked(given.sequence("results") or [], call.world.limits)
    button = inline_results.checked_button(given.mapping("button"))
    if not call.world.inline.enabled:
        raise bad_request("USER_BOT_INVALID")
    next_offset = given.text("next_offset")
    if len(next_offset.encode()) > _LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    return InlineAnswer(results=results, next_offset=next_offset, button=button)


METHODS = (
    method("answerCallbackQuery", answer_callback_query, "callback_query_id text show_alert url cache_time"),
    method(
        "answerInlineQuery",
        answer_inline_query,
        "inline_query_id results cache_time is_personal next_offset button",
    ),
)
