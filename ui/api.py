"""Routes that the map asks for its data. They read only; words travel as JSON, events as one table."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config

from geo.errors import ConflictmapError, SettingError
from geo.interval import plausible_day
from ui.desk import desk
from ui.guard import GUARD, refusal
from ui.policies import FRAME_POLICY

PREFIX = "conflictmap"
MOST_LINES = 100
"""Events of one list; the frame asks for no more."""


def base_path() -> str:
    """Where the pages stand, without a slash at the end: empty unless ``server.baseUrlPath`` is set."""
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}" if base else ""


def base_url() -> str:
    """Where the routes stand; own routes are not moved by Streamlit's base path, so we move them."""
    return f"{base_path()}/{PREFIX}"


@cache
def font_url() -> str:
    """Address of the typeface that Streamlit brings; its file name changes with every release."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    file = next(folder.glob("SourceSansVF-Upright*.woff2"), None)
    return f"{base_path()}/static/media/{file.name if file else 'none'}"


def frame_data(revision: int) -> dict[str, str]:
    """What a map needs to fetch its frame, and what the frame shows, of one revision."""
    base, digest = base_url(), desk().frame_digest(revision)
    return {
        "digest": digest,
        "frame": f"{base}/frame/{revision}/{digest}",
        "words": f"{base}/words/{revision}",
        "areas": f"{base}/areas/{revision}",
        "events": f"{base}/events/{revision}",
        "card": f"{base}/event/{revision}",
        "lines": f"{base}/lines/{revision}",
        "diff": f"{base}/diff/{revision}",
        "here": f"{base}/here/{revision}",
        "font": font_url(),
    }


def _frame(revision: int, _: Request) -> Response:
    page = desk().frame(revision).encode()
    return Response(page, media_type="text/html", headers={"content-security-policy": FRAME_POLICY})


def _words(revision: int, _: Request) -> Response:
    return JSONResponse(desk().words(revision))


def _events(revision: int, _: Request) -> Response:
    return Response(desk().events_bytes(revision), media_type="application/octet-stream")


def _areas(revision: int, _: Request) -> Response:
    return JSONResponse(desk().area_shapes(revision))


# The map's libraries are imported by the answers that need them: start-up must not wait (see ui.desk).
# ruff: noqa: PLC0415


def _event(revision: int, request: Request) -> Response:
    from geo.layers.words import event_card

    index = request.path_params["index"]
    ids = desk().model(revision).events.ids
    if index >= len(ids):
        return JSONResponse({"error": "no such event"}, status_code=404)
    event_id = str(ids[index])
    rows = desk().store.read_rows("events", [event_id], known_at=revision)
    return JSONResponse(event_card(rows[event_id]))


def _lines(revision: int, request: Request) -> Response:
    """One line for each of some events, in the order asked for."""
    from geo.layers.words import event_line

    ids = desk().model(revision).events.ids
    try:
        wanted = [int(text) for text in request.query_params["i"].split(",", MOST_LINES)[:MOST_LINES]]
        named = [(index, str(ids[index])) for index in wanted if index >= 0]
    except (KeyError, ValueError, IndexError):
        return _refused("i must be a list of event numbers")
    rows = desk().store.read_rows("events", [event_id for _, event_id in named], known_at=revision)
    return JSONResponse(
        {"rows": [{"index": index} | event_line(rows[event_id]) for index, event_id in named]}
    )


def _diff(revision: int, request: Request) -> Response:
    """What changed hands between two days."""
    from geo.workflows.comparing import compared, comparison_shapes

    try:
        first, second = (plausible_day(request.query_params[key]) for key in ("from", "to"))
        if first == second:
            return JSONResponse({"shapes": [], "words": "Both days are the same.", "banner": ""})
        found = compared(desk(), first, second, revision=revision)
    except (KeyError, ValueError, SettingError) as error:
        return _refused(str(error))
    return JSONResponse(comparison_shapes(found, desk().situation))


def _here(revision: int, request: Request) -> Response:
    """What is known of a position."""
    from geo.workflows.here import here_card

    try:
        lon, lat = (float(request.query_params[key]) for key in ("lon", "lat"))
        day = plausible_day(request.query_params["day"])
    except (KeyError, ValueError) as error:
        return _refused(str(error))
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        return _refused("the position is outside the world")
    return JSONResponse(here_card(desk(), lon=lon, lat=lat, day=day, revision=revision))


def _refused(reason: str) -> Response:
    return JSONResponse({"error": reason}, status_code=400)


def _revisioned(answer: Callable[[int, Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for one store revision, with an ETag so that nothing is sent twice."""

    async def endpoint(request: Request) -> Response:
        revision = request.path_params["revision"]
        if revision > await run_in_threadpool(desk().store.revision):
            return JSONResponse({"error": "no such revision"}, status_code=404)
        response = await run_in_threadpool(answer, revision, request)
        tag = f'"{hashlib.blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
        response.headers["etag"] = tag
        response.headers["cache-control"] = "private, no-cache"
        if request.headers.get("if-none-match") != tag:
            return response
        # A browser takes the headers of a 304 over those it has kept: the policy must be in both.
        kept = {k: v for k, v in response.headers.items() if k not in {"content-length", "content-type"}}
        return Response(status_code=304, headers=kept)

    return endpoint


async def _health(request: Request) -> Response:
    """Whether the store answers, 503 when it does not; who is not logged in, as a probe, hears no more than that."""
    state = await run_in_threadpool(_store_state)
    if (refused := refusal(request)) is not None:
        state = {"ok": state["ok"]} if refused.status == 401 else {"ok": False, "error": refused.reason}
    return JSONResponse(state, status_code=200 if state["ok"] else 503)


def _store_state() -> dict[str, Any]:
    try:
        store = desk().store
        state = {"ok": not store.damage, "revision": store.revision()}
        return state | ({"error": store.damage} if store.damage else {})
    except ConflictmapError as error:
        return {"ok": False, "error": str(error)}


_ANSWERS = {
    "frame/{revision:int}/{digest}": _frame,
    "words/{revision:int}": _words,
    "areas/{revision:int}": _areas,
    "lines/{revision:int}": _lines,
    "diff/{revision:int}": _diff,
    "here/{revision:int}": _here,
    "events/{revision:int}": _events,
    "event/{revision:int}/{index:int}": _event,
}
ROUTES = [
    *(
        Route(f"{base_url()}/{path}", _revisioned(answer), middleware=GUARD)
        for path, answer in _ANSWERS.items()
    ),
    Route(f"{base_url()}/healthz", _health),
]
