"""The door for people: what the page and tests ask of the stand-in, under ``/sandbox/``.

=========================== ==========================================================
``GET  state``              everything the page shows
``GET  events?after=SEQ``   what happened since, as server-sent events
``GET  photos/ID``          an uploaded picture
``GET  documents/ID``       an uploaded file, to be saved
``POST say``                ``chat_id``, ``text``, ``by`` (who writes, in a chat of several), ``reply_to``,
                            ``in_name_of`` (the group, or a channel that speaks there), ``thread``
``POST attach``             ``chat_id``, ``kind`` (photo, sticker, voice, …), ``text`` (the caption), ``by``
``POST edit``               ``chat_id``, ``message_id``, ``text``, ``by``: a text of one's own
``POST press``              ``chat_id``, ``message_id``, ``data`` (or the button's label), ``by``
``POST inline``             ``person``, ``chat_id``, ``text``, ``offset``: what is shown above the text box
``POST pick``               ``person``, ``chat_id``, ``result_id``
``POST pair``               ``person``, ``other``: the chat of two people
``POST block``, ``unblock`` ``chat_id``, ``by``: put the bot out of a group, and let it in
``POST deactivate``         ``chat_id``: the account is gone
``POST promote``            ``chat_id``, ``person``: administers the group; ``demote``, ``remove`` as well
``POST forward``            ``chat_id``, ``person``: passes on a channel's last post to the bot
``POST mute``, ``unmute``   ``chat_id``: takes from the bot alone the right to write, and tells it
``POST let_pin``            ``chat_id``: lets the bot pin posts of a channel; ``forbid_pin`` ends that
``POST close``, ``open``    ``chat_id``: takes from the bot the right to write in a group, gives it back
``POST migrate``            ``chat_id``, ``to``: the group becomes a supergroup with that id
``POST topic``              ``chat_id``, ``name``: makes a topic; or ``thread``, ``do``: close, reopen, delete
``POST drop``               runs what the button "drop a new issue" runs
``POST faults``             the fields of a fault; ``DELETE faults`` ends them all
=========================== ==========================================================

Answers are JSON; a refusal is 400 with ``{"error": …}``. A POST must be JSON, which a foreign page
cannot send.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import web

from bot.errors import BadInput, JianbaoError
from bot.sandbox import attachments, inline, people
from bot.sandbox.drops import Drops
from bot.sandbox.faults import Faults
from bot.sandbox.forums import Forum, say_in
from bot.sandbox.group_control import GROUP_ACTS, Act
from bot.sandbox.journal import Journal
from bot.sandbox.state import Json, Message
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World

LOG_SHOWN = 50
PATIENCE = 10.0  # seconds that the page waits for the bot's inline results
RETRY = 500  # milliseconds until a page whose connection broke tries again
_PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}


class Control:
    """Answers the page's requests."""

    def __init__(
        self, *, world: World, webhook: WebhookSender, faults: Faults, journal: Journal, drops: Drops
    ) -> None:
        self._world = world
        self._webhook = webhook
        self._faults = faults
        self._journal = journal
        self._drops = drops

    def routes(self) -> list[web.RouteDef]:
        """The paths of the table above."""
        asked = {
            "say": self._say,
            "attach": self._attach,
            "edit": self._edit,
            "press": self._press,
            "inline": self._inline,
            "pick": self._pick,
            "pair": self._pair,
            "block": self._block,
            "unblock": self._unblock,
            "topic": self._topic,
            "drop": self._drop_issue,
            "faults": self._add_fault,
        }
        return [
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/events", self._events),
            web.get("/sandbox/photos/{id}", self._photo),
            web.get("/sandbox/documents/{id}", self._document),
            web.delete("/sandbox/faults", self._clear_faults),
            *(web.post(f"/sandbox/{name}", _json_door(act)) for name, act in asked.items()),
            *(web.post(f"/sandbox/{name}", _json_door(self._doing(act))) for name, act in GROUP_ACTS.items()),
        ]

    async def _state(self, _: web.Request) -> web.Response:
        world = self._world
        chats = (
            world.chat_json(chat) | {"messages": [world.page_json(message) for message in chat.messages]}
            for chat in world.chats.values()
        )
        return _json(
            {
                "seq": world.feed.last,
                "bot": world.bot_json(),
                "chats": list(chats),
                "requests": [request.as_json() for request in self._journal.latest(LOG_SHOWN)],
                "drop": self._drops.possible,
                "connected": world.updates.polled or self._webhook.hook is not None,
            }
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        seq = _number(request.headers.get("Last-Event-ID") or request.query.get("after"))
        feed = self._world.feed
        await response.write(b"retry: %d\n\n" % RETRY)
        while not feed.closed:
            events = feed.after(seq)
            if events is None:
                await response.write(b'data: {"type": "reload"}\n\n')
                break
            for event in events:
                await response.write(b"id: %d\ndata: %b\n\n" % (event["seq"], orjson.dumps(event)))
                seq = event["seq"]
            if seq == feed.last:
                await feed.wait()
        return response

    async def _photo(self, request: web.Request) -> web.Response:
        for message in self._messages():
            photo = message.photo
            if photo and photo.content and photo.file_id == request.match_info["id"]:
                kind = photo.content_type if photo.content_type in _PICTURES else "image/jpeg"
                return web.Response(body=photo.content, content_type=kind)
        raise web.HTTPNotFound

    async def _document(self, request: web.Request) -> web.Response:
        for message in self._messages():
            document = message.document
            if document and document.file_id == request.match_info["id"]:
                saved = f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"
                headers = {"Content-Disposition": saved}
                return web.Response(
                    body=document.data, content_type="application/octet-stream", headers=headers
                )
        raise web.HTTPNotFound

    def _messages(self) -> Iterator[Message]:
        return (message for chat in self._world.chats.values() for message in chat.messages)

    async def _say(self, given: Json) -> Json:
        chat_id, text = _number(given.get("chat_id")), str(given.get("text") or "")
        reply_to = _number(given["reply_to"]) if given.get("reply_to") is not None else None
        name = _number(given["in_name_of"]) if given.get("in_name_of") is not None else None
        by, thread = _someone(given), _number(given.get("thread"))
        message = say_in(self._world, chat_id, text, by=by, in_name_of=name, reply_to=reply_to, thread=thread)
        return {"message_id": message.message_id}

    async def _attach(self, given: Json) -> Json:
        chat_id, kind = _number(given.get("chat_id")), str(given.get("kind") or "")
        caption = str(given.get("text") or "")
        message = attachments.send(self._world, chat_id, kind, caption, by=_someone(given))
        return {"message_id": message.message_id}

    async def _edit(self, given: Json) -> Json:
        chat_id, message_id = _number(given.get("chat_id")), _number(given.get("message_id"))
        text = str(given.get("text") or "")
        people.edit(self._world, chat_id, message_id, text, by=_someone(given))
        return {"message_id": message_id}

    async def _press(self, given: Json) -> Json:
        chat_id, message_id = _number(given.get("chat_id")), _number(given.get("message_id"))
        data = str(given.get("data") or "")
        query = people.press(self._world, chat_id, message_id, data, by=_someone(given))
        return {"query_id": query.query_id}

    async def _inline(self, given: Json) -> Json:
        person, chat_id = _number(given.get("person")), _number(given.get("chat_id"))
        text, offset = str(given.get("text") or ""), str(given.get("offset") or "")
        typed = inline.typing(self._world, person, chat_id, text, offset)
        try:
            return (await inline.ask(self._world, typed, patience=PATIENCE)).as_json()
        except BadInput as refusal:  # the bot's fault, which the page shows in place of results
            return {"refused": str(refusal)}

    async def _pick(self, given: Json) -> Json:
        person, chat_id = _number(given.get("person")), _number(given.get("chat_id"))
        message = inline.pick(self._world, person, str(given.get("result_id") or ""), chat_id)
        return {"message_id": message.message_id}

    async def _pair(self, given: Json) -> Json:
        person = people.person(self._world, _number(given.get("person")))
        chat = people.chat_of(self._world, person, _number(given.get("other")))
        return {"chat": self._world.chat_json(chat)}

    async def _block(self, given: Json) -> Json:
        people.block(self._world, _number(given.get("chat_id")), by=_someone(given))
        return {}

    async def _unblock(self, given: Json) -> Json:
        people.unblock(self._world, _number(given.get("chat_id")), by=_someone(given))
        return {}

    def _doing(self, act: Act) -> Callable[[Json], Awaitable[Json]]:
        async def do(given: Json) -> Json:
            act(self._world, given)
            return {}

        return do

    async def _topic(self, given: Json) -> Json:
        forum, thread = Forum(self._world, _number(given.get("chat_id"))), _number(given.get("thread"))
        acts = {"close": forum.close, "reopen": forum.reopen, "delete": forum.delete}
        act = acts.get(str(given.get("do") or ""))
        if act is None:
            return {"thread": forum.create(str(given.get("name") or ""))}
        act(thread)
        return {"thread": thread}

    async def _drop_issue(self, _: Json) -> Json:
        return {"line": await self._drops.drop()}

    async def _add_fault(self, given: Json) -> Json:
        try:
            self._faults.add(**given)
        except (TypeError, ValueError) as error:
            raise BadInput(str(error), where="fault") from None
        return {}

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._faults.clear()
        return _json({})


def _json_door(act: Callable[[Json], Awaitable[Json]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return _json({"error": "JSON expected"}, status=415)
        try:
            given = orjson.loads(await request.read() or b"{}")
            if not isinstance(given, dict):
                raise BadInput("an object is expected")
            return _json(await act(given))
        except orjson.JSONDecodeError:
            return _json({"error": "this is no JSON"}, status=400)
        except JianbaoError as error:
            return _json({"error": str(error)}, status=400)

    return handle


def _someone(given: Json) -> int | None:
    """Who acts, if the page says so."""
    return _number(given["by"]) if given.get("by") is not None else None


def _number(value: Any) -> int:
    """An integer as a query or JSON gives it; 0, which names nothing, for anything else."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")
