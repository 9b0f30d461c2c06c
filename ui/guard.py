"""Whom our own routes answer: they stand beside Streamlit's pages, which ask for a login themselves."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.errors import SettingError
from ui.login import LOG_IN_FIRST, is_set_up


class Refusal(NamedTuple):
    """Why a request gets no data, in a sentence, and the status that says so."""

    reason: str
    status: int


def refusal(connection: HTTPConnection) -> Refusal | None:
    """Nothing if nobody has to log in, or the request carries the cookie of a login."""
    try:
        if not is_set_up() or _claims(connection.cookies).get("is_logged_in") is True:
            return None
    except SettingError as error:
        return Refusal(str(error), 503)
    return Refusal(LOG_IN_FIRST, 401)


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What the signed cookie of Streamlit's login says; empty for none, a forged or an expired one.

    Streamlit has no public way to ask this outside a page. These are the functions with which it reads the cookie
    itself; they are imported here so that a dashboard without a login does not depend on where they stand.
    """
    from streamlit.auth_util import get_cookie_with_chunks  # noqa: PLC0415
    from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret  # noqa: PLC0415
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value  # noqa: PLC0415

    def verified(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""))

    try:
        claims = json.loads(get_cookie_with_chunks(verified, AUTH_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


class LoginGuard:
    """Lets a request through to a route unless it is refused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the reason otherwise."""
        refused = refusal(HTTPConnection(scope))
        if refused is None:
            await self.app(scope, receive, send)
            return
        response = JSONResponse(
            {"error": refused.reason}, status_code=refused.status, headers={"cache-control": "no-store"}
        )
        await response(scope, receive, send)


GUARD = (Middleware(LoginGuard),)
"""Stands before every route of ours that gives data: a route is guarded wherever a server mounts it."""
