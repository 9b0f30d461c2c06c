"""The map in Streamlit's own page before Streamlit runs: it stands where the page will put it, and is moved there.

The page takes a second or two to start, of which the map needs nothing.
"""

from collections.abc import Sequence
from functools import cache
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.errors import ConflictmapError
from ui.asked import asks_for_the_newest_map, query_of
from ui.desk import desk
from ui.linkedmap import map_of_link
from ui.parts import SOURCES, joined_script, script_data

_PART = Template(
    '<style>$style</style><script type="application/json" id="conflictmap-early">$data</script>'
    '<script type="module" async>$script</script>'
)
"""All inline: what it fetched would wait behind some sixty files of Streamlit's."""
_OF_THE_WHOLE = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
"""Headers of a request by which an answer is packed, left out or cut: what is written into must come whole."""


class EarlyMap:
    """Writes the map into the page that Streamlit sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on, and pages whose map is not at hand: then they are not kept waiting."""
        is_page = asks_for_the_newest_map(scope) and scope["method"] == "GET"
        part = await run_in_threadpool(early_part, query_of(scope)) if is_page else b""
        if not part:
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name not in _OF_THE_WHOLE]
        await self.app({**scope, "headers": headers}, receive, _Written(part, send))


class _Written:
    """Holds an answer until it is whole, and sends it with a part before the end of its body."""

    def __init__(self, part: bytes, send: Send) -> None:
        self._part, self._send = part, send
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._body
        if self._start["status"] == 200 and "html" in Headers(scope=self._start).get("content-type", ""):
            body = body.replace(b"</body>", self._part + b"</body>", 1)
            headers = MutableHeaders(scope=self._start)
            headers["content-length"] = str(len(body))
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def early_part(given: Sequence[tuple[str, str]]) -> bytes:
    """What is written into the page for the parameters of a link; nothing if its map would have to be made first."""
    try:
        if not desk().has_model(desk().store.revision()):
            return b""
        linked = map_of_link(given, bare=False)
    except ConflictmapError:
        return b""  # the page will say why
    return _PART.substitute(data=script_data(linked.data), **_own_parts()).encode()


@cache
def _own_parts() -> dict[str, str]:
    """Style and script, read once."""
    return {"style": (SOURCES / "early.css").read_text("utf-8"), "script": joined_script("early.js")}
