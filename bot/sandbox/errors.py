"""Telegram's refusals: what the stand-in answers instead of a result.

The texts are Telegram's own, since a bot decides by them.
"""

from typing import Any


class ApiError(Exception):
    """A refusal with its HTTP code, the ``description`` and, where Telegram sends any, ``parameters``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters
        super().__init__(f"{code} {description}")

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, as Telegram shapes it."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> ApiError:
    """400: this request is wrong and will stay wrong."""
    return ApiError(400, f"Bad Request: {reason}")


def upgraded(chat_id: int) -> ApiError:
    """400: the group became a supergroup, which is called ``chat_id``."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, migrate_to_chat_id=chat_id)


def unauthorized() -> ApiError:
    """401: the token has the right shape and belongs to no bot."""
    return ApiError(401, "Unauthorized")


def forbidden(reason: str) -> ApiError:
    """403: nobody is there who wants to be written to."""
    return ApiError(403, f"Forbidden: {reason}")


def not_found() -> ApiError:
    """404: no such method, or a token that cannot be one."""
    return ApiError(404, "Not Found")


def conflict(reason: str) -> ApiError:
    """409: somebody else fetches the updates."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(retry_after: int) -> ApiError:
    """429: again after ``retry_after`` seconds (at least 1)."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
