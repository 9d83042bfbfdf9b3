"""Answers to pressed buttons and inline queries; they do not count against the rates."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import CallbackAnswer

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


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
    """Results for an inline query: at most 50, each with its own id of 1-64 bytes."""
    world, given = call.world, call.given
    results = given.sequence("results")
    if results is None:
        raise bad_request("results is empty")
    if len(results) > world.limits.inline_results:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [_result_id(result) for result in results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    query_id = given.text("inline_query_id")
    if query_id not in world.open_inline:
        raise bad_request(_TOO_OLD)
    world.open_inline.discard(query_id)
    world.inline_answers[query_id] = results
    world.feed.publish("inline", query_id=query_id, results=results)
    return True


def _result_id(result: Any) -> str:
    if not isinstance(result, dict) or "type" not in result:
        raise bad_request("can't parse inline query result: inline query result must be an Object")
    result_id = str(result.get("id", ""))
    if not 1 <= len(result_id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    return result_id


METHODS = (
    method("answerCallbackQuery", answer_callback_query, "callback_query_id text show_alert url cache_time"),
    method(
        "answerInlineQuery",
        answer_inline_query,
        "inline_query_id results cache_time is_personal next_offset button",
    ),
)
