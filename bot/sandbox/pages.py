"""The page's files, as they lie in ``page/``."""

from importlib.resources import files

from aiohttp import web

_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def routes() -> list[web.RouteDef]:
    """``/`` for the page itself and ``/page/<file>`` for what it loads."""
    return [web.get("/", _index), web.get("/page/{name}", _file), web.get("/favicon.ico", _icon)]


async def _index(_: web.Request) -> web.Response:
    return _answer("index.html")


async def _icon(_: web.Request) -> web.Response:
    return _answer("icon.svg")


async def _file(request: web.Request) -> web.Response:
    return _answer(request.match_info["name"])


def _answer(name: str) -> web.Response:
    file = files("bot.sandbox").joinpath("page", name)
    kind = _TYPES.get("." + name.rpartition(".")[2])
    if "/" in name or "\\" in name or kind is None or not file.is_file():
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache"}
    return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=headers)
