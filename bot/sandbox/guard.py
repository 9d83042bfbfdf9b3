"""Who may come in: requests to this machine by its own name, and pages that run only what is theirs."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LARGEST_BODY = 50 * 1024 * 1024  # Telegram's limit of an upload
_OWN_NAMES = {"127.0.0.1", "localhost", "::1"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src {pictures}; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OWN_POLICY = _POLICY.format(pictures="'self' data:")
# The page shows pictures of link previews, wherever an editor keeps them: a picture runs nothing, and
# whoever serves it learns only that somebody looked.
_PAGE, _PAGE_POLICY = "/", _POLICY.format(pictures="'self' data: http: https:")
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign host names and origins (a page elsewhere that had its name point here)."""
    origin = request.headers.get("Origin")
    if not _is_own(f"//{request.host}") or (origin and not _is_own(origin)):
        return web.Response(status=403, text="This server answers only to 127.0.0.1 and localhost.\n")
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """What every answer tells the browser to keep to."""
    policy = _PAGE_POLICY if request.path == _PAGE else _OWN_POLICY
    response.headers.update(_HEADERS | {"Content-Security-Policy": policy})


def _is_own(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _OWN_NAMES
    except ValueError:
        return False
