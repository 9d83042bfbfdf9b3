import json
import socket
import time
from collections.abc import Callable

import pytest

from benchmarks.sending.limits import Limits
from benchmarks.sending.stand_in import HOST, Settings, parsed
from benchmarks.sending.trials import report_of, reset
from tests.benchmarks.caller import Caller

Start = Callable[..., Caller]
TEXT = "2|<b>端侧</b> a+b=c&d%41 字"


def test_the_31st_message_of_a_second_is_refused_and_told_to_wait(start: Start) -> None:
    caller = start(bot_rate=30)

    answers = [caller.send(chat) for chat in range(31)]

    assert [status for status, _ in answers] == [200] * 30 + [429]
    assert answers[-1][1]["parameters"] == {"retry_after": 1}


def test_the_second_message_of_a_chat_within_a_second_is_refused(start: Start) -> None:
    caller = start(chat_rate=1)

    assert [caller.send(chat)[0] for chat in (1, 2, 1)] == [200, 200, 429]


def test_a_group_is_sent_twenty_messages_a_minute(start: Start) -> None:
    caller = start(chat_rate=1000, chat_burst=100)

    answers = [caller.send(-1) for _ in range(21)]

    assert [status for status, _ in answers] == [200] * 20 + [429]
    assert answers[-1][1]["parameters"]["retry_after"] > 50
    assert caller.send(1)[0] == 200


def test_after_a_message_too_many_everything_is_locked_out(start: Start) -> None:
    caller = start(bot_rate=1, lockout=5)

    answers = [caller.send(chat) for chat in (1, 2, 3)]

    assert [status for status, _ in answers] == [200, 429, 429]
    assert [answer["parameters"]["retry_after"] for _, answer in answers[1:]] == [5, 5]


@pytest.mark.parametrize("form", [False, True])
def test_forms_and_json_are_understood_alike(start: Start, form: bool) -> None:  # noqa: FBT001  # the two cases
    status, answer = start().send(7, TEXT, form=form)

    assert (status, answer["result"]["chat"]["id"], answer["result"]["text"]) == (200, 7, TEXT)


def test_the_numbers_of_messages_grow(start: Start) -> None:
    caller = start()

    assert [caller.send(1)[1]["result"]["message_id"] for _ in range(3)] == [1, 2, 3]


def test_what_cannot_be_read_is_refused_for_good(start: Start) -> None:
    caller = start()

    assert caller.call("sendMessage", text="1|no chat")[0] == 400
    assert caller.call("sendMessage", chat_id="nobody", text="1|text")[0] == 400
    assert caller.call("sendNothing")[0] == 404
    assert report_of(caller.port, 1, 1).bad == 2


def test_what_a_bot_calls_as_it_starts_succeeds(start: Start) -> None:
    caller = start()

    answers = [caller.call(name) for name in ("getMe", "getUpdates", "setMyCommands", "deleteWebhook")]

    assert all(status == 200 and answer["ok"] for status, answer in answers)
    assert answers[1][1]["result"] == []


def test_an_answer_comes_the_latency_after_the_arrival_that_counts(start: Start) -> None:
    caller = start(latency=0.2)

    caller.send(1)
    answered = time.monotonic()

    assert answered - report_of(caller.port, 1, 1).last >= 0.2


def test_a_request_that_comes_in_pieces_is_one(start: Start) -> None:
    body = json.dumps({"chat_id": 1, "text": TEXT}).encode()
    request = b"POST /botX/sendMessage HTTP/1.1\r\ncontent-LENGTH: %d\r\n\r\n%b" % (len(body), body)
    with socket.create_connection((HOST, start().port), timeout=5) as connection:
        for piece in (request[:30], request[30:90], request[90:]):
            connection.sendall(piece)
            time.sleep(0.02)

        assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK\r\n")


def test_the_report_tells_what_came_and_a_reset_forgets_it(start: Start) -> None:
    caller = start(bot_rate=3)
    for chat, text in ((1, "2|b"), (1, "1|a"), (2, "1|a"), (2, "2|b")):
        caller.send(chat, text)

    report = report_of(caller.port, 2, 2)
    reset(caller.port)
    empty = report_of(caller.port, 2, 2)

    assert (report.accepted, report.refused, report.bad, report.busiest) == (3, 1, 0, 3)
    assert (report.lost, report.doubled, report.disordered) == (1, 0, 1)
    assert sum(report.per_second) == 3
    assert report.last >= report.first
    assert (empty.accepted, empty.refused, empty.lost) == (0, 0, 4)


def test_settings_survive_the_command_line() -> None:
    settings = Settings(
        limits=Limits(bot_rate=None, chat_rate=0.5, chat_burst=3, lockout=5.0),
        latency=0.0,
        seconds=1.0,
        stalls=0.3,
    )

    assert parsed(list(settings.arguments())) == settings
