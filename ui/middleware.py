"""What stands around every answer: its headers, the names we answer to, and the bare map."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from geo.errors import ConflictmapError
from ui.api import base_url
from ui.asked import asks_for_the_newest_map, is_first_page, query_of
from ui.bare import bare_page, locked_page
from ui.desk import desk
from ui.early import EarlyMap
from ui.guard import refusal
from ui.policies import HEADERS


class SecurityHeaders:
    """Adds :data:`HEADERS` to every HTTP answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class EmbedLinks:
    """Answers ``?embed=1`` with the bare map; everything else goes on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the page in a thread: it asks the store."""
        query = query_of(scope) if is_first_page(scope) and scope["method"] in {"GET", "HEAD"} else []
        if ("embed", "1") not in query:
            await self.app(scope, receive, send)
            return
        refused = refusal(HTTPConnection(scope))
        response = locked_page(refused) if refused else await run_in_threadpool(bare_page, query)
        await response(scope, receive, send)


class Preload:
    """Names the map's data in the page's own headers: the browser fetches them while Streamlit starts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header to the page itself; a link to an earlier state of knowledge needs other data, a login none."""
        if not asks_for_the_newest_map(scope):
            await self.app(scope, receive, send)
            return
        revision = await run_in_threadpool(_revision)

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start" and revision:
                MutableHeaders(scope=message).append("link", preload_links(revision))
            await send(message)

        await self.app(scope, receive, send_with_link)


def _revision() -> int:
    """The newest revision, 0 when the store cannot be asked now: the page will say why."""
    try:
        return desk().store.revision()
    except ConflictmapError:
        return 0


def preload_links(revision: int) -> str:
    """The value of a Link header with what every map fetches first."""
    kinds = ("events", "words", "areas")
    return ", ".join(
        f"<{base_url()}/{kind}/{revision}>; rel=preload; as=fetch; crossorigin" for kind in kinds
    )


def allowed_hosts() -> list[str]:
    """Names under which the dashboard answers; Streamlit itself checks them for its web socket only."""
    return [str(host) for host in config.get_option("server.allowedHosts")] or ["*"]


MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(EmbedLinks),
    Middleware(Preload),
    Middleware(EarlyMap),
    # Without it a foreign page could read the routes under a name of its own that leads here.
    Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(), www_redirect=False),
]
