"""Routes that the report desk asks while a person works: places by name, and the outline of a place. They read only."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.api import base_url
from ui.desk import desk
from ui.guard import GUARD

LONGEST_NAME = 100
MOST_ANSWERS = 8
OUTLINE_TOLERANCE = 0.003
"""Degrees; the desk's map is small."""

# As in ui.api, the libraries are imported by the answers that need them.
# ruff: noqa: PLC0415


def lookup_addresses() -> dict[str, str]:
    """Where the desk in the browser asks."""
    return {"search": f"{base_url()}/places", "shapes": f"{base_url()}/shape"}


def found_places(name: str) -> list[dict[str, object]]:
    """The places that bear a name, then those of similar names, nearest to the situation first."""
    from geo.workflows.geocoding import Query, answers_to
    from geo.workflows.reportview import place_view

    west, south, east, north = desk().situation.extent
    query = Query(name, None, ((west + east) / 2, (south + north) / 2), MOST_ANSWERS)
    answers = answers_to(desk().gazetteer, query, fuzzy=True)
    return [
        place_view(desk(), answer.candidate.place)
        | {"as": answer.candidate.matched_name, "exact": answer.method == "exact"}
        for answer in answers
    ]


def outline(place_id: str) -> object:
    """The area of a place as GeoJSON, None for a place that has none."""
    from geo.layers.element import drawn

    area = desk().areas.get(place_id)
    return drawn(area, tolerance=OUTLINE_TOLERANCE) if area is not None else None


async def _places(request: Request) -> Response:
    name = request.query_params.get("q", "")[:LONGEST_NAME].strip()
    return JSONResponse({"places": await run_in_threadpool(found_places, name) if name else []})


async def _shape(request: Request) -> Response:
    place_id = request.query_params.get("place", "")[:200]
    return JSONResponse({"shape": await run_in_threadpool(outline, place_id)})


LOOKUP_ROUTES = [
    Route(f"{base_url()}/places", _places, middleware=GUARD),
    Route(f"{base_url()}/shape", _shape, middleware=GUARD),
]
