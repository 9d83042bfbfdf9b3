"""The results of an inline query as the bot gives them, looked at as Telegram does: articles alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.sandbox import formatting, keyboards, previews, tdlib
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting import Formatted
from bot.sandbox.inline_queries import InlineButton, InlineResult
from bot.sandbox.limits import Limits
from bot.sandbox.params import entities_of
from bot.sandbox.state import Json

_LONGEST_ID = 64
_START_PARAMETER = re.compile("[A-Za-z0-9_-]+")
_UNREADABLE = "can't parse InlineQueryResult: "
_READERS = ("can't ", "object expected", "field ", "input message", "unsupported parse_mode")
_TOO_LONG = "message is too long"


def checked(given: list[Any], limits: Limits) -> tuple[InlineResult, ...]:
    """The results as they are kept, or Telegram's 400."""
    if len(given) > limits.inline_results:
        raise bad_request("too many inline query results specified")
    results = tuple(_result(result, limits) for result in given)
    ids = [result.result_id for result in results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def checked_button(given: Json) -> InlineButton | None:
    """The button above the results, or Telegram's 400."""
    if not given:
        return None
    text, parameter = given.get("text"), given.get("start_parameter")
    if not isinstance(text, str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not isinstance(parameter, str):
        raise bad_request("button type must be non-empty")
    if not parameter:
        raise bad_request("can't use empty start_parameter")
    if len(parameter) > _LONGEST_ID:
        raise bad_request("too long start_parameter specified")
    if not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("unallowed characters in start_parameter are used")
    return InlineButton(text=text, start_parameter=parameter)


def _result(given: Any, limits: Limits) -> InlineResult:
    if not isinstance(given, dict):
        raise bad_request(_UNREADABLE + "Inline query result must be an object")
    kind, result_id = _required(given, "type"), _required(given, "id")
    if kind.lower() != "article":
        raise bad_request(f"{_UNREADABLE}the stand-in knows no results but articles, and not {kind!r}")
    with _readable():
        message, text = _message(given, limits)
        preview = previews.checked(message.get("link_preview_options"))
        markup = keyboards.checked(given.get("reply_markup"), limits=limits)
    title = _required(given, "title")
    _check_article(result_id, title, given)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    shown = _finished(text, limits)
    return InlineResult(
        result_id=result_id,
        title=title,
        **{name: _text(given, name) for name in ("description", "url", "thumbnail_url")},
        text=shown.text,
        html=shown.source,
        entities=shown.entities,
        preview=preview,
        reply_markup=markup,
    )


def _check_article(result_id: str, title: str, given: Json) -> None:
    if not result_id:
        raise bad_request("RESULT_ID_EMPTY")
    if len(result_id.encode()) > _LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    thumbnail = _text(given, "thumbnail_url")
    if thumbnail and not tdlib.accepts_link(thumbnail):
        raise bad_request("WEBDOCUMENT_URL_INVALID")


def _message(given: Json, limits: Limits) -> tuple[Json, Formatted]:
    if "input_message_content" not in given:
        raise bad_request('can\'t find field "message_text"')
    message = given["input_message_content"]
    if not isinstance(message, dict):
        raise bad_request('field "input_message_content" must be of type Object')
    source = _text(message, "message_text")
    if not source:
        raise bad_request("input message content is not specified")
    text = formatting.read(
        source,
        parse_mode=_text(message, "parse_mode"),
        entities=entities_of(message.get("entities")),
        limits=limits,
    )
    return message, text


def _finished(text: Formatted, limits: Limits) -> Formatted:
    try:
        shown = formatting.finish(text, longest=limits.text, limits=limits)
    except ApiError as refusal:
        if refusal.description.endswith(_TOO_LONG):
            raise bad_request("MESSAGE_TOO_LONG") from None
        raise
    if not shown.text:
        raise bad_request("text must be non-empty")
    return shown


def _required(given: Json, name: str) -> str:
    if name not in given:
        raise bad_request(f'{_UNREADABLE}Can\'t find field "{name}"')
    return _text(given, name)


def _text(given: Json, name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise bad_request(f'{_UNREADABLE}Field "{name}" must be of type String')
    return value


@contextmanager
def _readable() -> Iterator[None]:
    """Say that what cannot be read stands in a result, as Telegram's Bot API server does."""
    try:
        yield
    except ApiError as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        if reason.startswith(_UNREADABLE) or not reason.startswith(_READERS):
            raise
        raise bad_request(_UNREADABLE + reason[:1].upper() + reason[1:]) from None
