"""What the stand-in answers."""

import math
import time
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from benchmarks.sending.deliveries import Deliveries
from benchmarks.sending.figures import Report
from benchmarks.sending.http import Request, answer
from benchmarks.sending.limits import Judge, Limits

_ME = {"id": 1, "is_bot": True, "first_name": "Stand-in", "username": "stand_in_bot"}
#: What methods that only have to succeed return.
_RESULTS: dict[str, Any] = {
    "getme": _ME,
    "getupdates": [],
    "setmycommands": True,
    "setwebhook": True,
    "deletewebhook": True,
}
_NO_TROUBLE = {"has_custom_certificate": False, "pending_update_count": 0}
_DATE = 1_700_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """The bytes of an answer and the least number of seconds that it takes."""

    answer: bytes
    delay: float = 0.0


class BotApi:
    """sendMessage within limits, answerCallbackQuery, and the few methods that a bot calls as it starts.

    An answer to a tap counts as the first part of a chat with the number of the tap.
    getUpdates never has any, and says so after the ``timeout`` that it is asked with.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.reset()

    def reset(self) -> None:
        """As new: nothing has arrived, and nothing is remembered against anybody."""
        self._judge = Judge(self._limits)
        self._deliveries = Deliveries()
        self._refused = 0
        self._bad = 0
        self._webhook: dict[str, Any] = {}
        self._started = time.process_time()

    def reply(self, request: Request, now: float) -> Reply:
        """Judge and answer a request that arrived at a time of the monotonic clock."""
        method = request.target.rpartition("/")[2].lower()
        if method == "sendmessage":
            return Reply(self._send_message(request.parameters(), now))
        if method == "answercallbackquery":
            self._deliveries.add(_number(request.parameters().get("callback_query_id")) or 0, "1|", now)
            return Reply(_well(True))  # noqa: FBT003  # the result
        if method == "setwebhook":
            self._webhook = request.parameters()
        if method == "getwebhookinfo":
            return Reply(_well({"url": "", **self._webhook, **_NO_TROUBLE}))
        if method not in _RESULTS:
            return Reply(_error(404, "Not Found: method not found"))
        delay = _number(request.parameters().get("timeout", 0)) if method == "getupdates" else 0
        return Reply(_well(_RESULTS[method]), delay or 0)

    def report(self, chats: int, parts: int) -> Report:
        """What arrived, against so many chats with so many parts each."""
        first, last = self._deliveries.ends()
        return Report(
            accepted=len(self._deliveries),
            refused=self._refused,
            bad=self._bad,
            first=first,
            last=last,
            busiest=self._deliveries.busiest(),
            per_second=self._deliveries.per_second(),
            cpu_seconds=time.process_time() - self._started,
            **asdict(self._deliveries.summary(chats, parts)),
        )

    def _send_message(self, parameters: dict[str, Any], now: float) -> bytes:
        chat, text = _number(parameters.get("chat_id")), parameters.get("text")
        if chat is None or not isinstance(text, str):
            self._bad += 1
            return _error(400, "Bad Request: chat_id and text are needed")
        wait = self._judge.wait(chat, now)
        if wait > 0:
            self._refused += 1
            return _too_many(math.ceil(wait))
        self._deliveries.add(chat, text, now)
        return _well(_message(len(self._deliveries), chat, text))


def _number(value: object) -> int | None:
    """An integer as JSON or as a form has it."""
    try:
        return int(value) if isinstance(value, int | str) else None
    except ValueError:
        return None


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    return {
        "message_id": number,
        "date": _DATE,
        "from": _ME,
        "chat": {"id": chat, "type": "private", "first_name": "Reader"},
        "text": text,
    }


def _well(result: object) -> bytes:
    return answer(200, orjson.dumps({"ok": True, "result": result}))


def _too_many(seconds: int) -> bytes:
    description = f"Too Many Requests: retry after {seconds}"
    refusal = {"ok": False, "error_code": 429, "description": description}
    return answer(429, orjson.dumps(refusal | {"parameters": {"retry_after": seconds}}))


def _error(status: int, description: str) -> bytes:
    return answer(status, orjson.dumps({"ok": False, "error_code": status, "description": description}))
