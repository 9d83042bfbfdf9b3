"""Speaks to a stand-in in plain HTTP."""

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from benchmarks.sending.stand_in import HOST

FORM = "application/x-www-form-urlencoded"


class Caller:
    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = HTTPConnection(HOST, port, timeout=5)

    def close(self) -> None:
        self._connection.close()

    def call(self, method: str, *, form: bool = False, **parameters: Any) -> tuple[int, dict[str, Any]]:
        """Status and answer."""
        body = urlencode(parameters) if form else json.dumps(parameters)
        kind = FORM if form else "application/json"
        self._connection.request("POST", f"/bot1:A/{method}", body, {"CONTENT-TYPE": kind})
        return self._read(self._connection.getresponse())

    def send(self, chat: int, text: str = "1|text", *, form: bool = False) -> tuple[int, dict[str, Any]]:
        return self.call("sendMessage", form=form, chat_id=chat, text=text)

    @staticmethod
    def _read(response: HTTPResponse) -> tuple[int, dict[str, Any]]:
        answer: dict[str, Any] = json.loads(response.read())
        return response.status, answer
