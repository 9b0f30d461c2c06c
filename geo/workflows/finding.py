"""One search box: places of the gazetteer, events, posts and zones, by any of their names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import geopandas as gpd

from geo import vocab
from geo.gazetteer.normalise import name_key
from geo.interval import day_of
from geo.layers.words import event_line, span_words
from geo.model import Place
from geo.workflows.desk import Desk

SHORTEST = 2
MOST_OF_A_KIND = 6
PLACE_ZOOM, AREA_ZOOM = 10.0, 8.0


@dataclass(frozen=True, slots=True)
class Found:
    """Something that matches: ``row_id`` within its kind; ``lon``, ``lat`` are degrees, None without a place.

    ``is_similar`` marks a place that has only a similar name.
    """

    kind: Literal["place", "zone", "post", "event"]
    row_id: str
    title: str
    note: str
    lon: float | None
    lat: float | None
    zoom: float
    day: str = ""
    is_similar: bool = False


def found_for(desk: Desk, words: str, *, revision: int | None = None) -> list[Found]:
    """What matches some words, a few of each kind: places first, then zones, posts and events.

    Names match in any language and script of the gazetteer, whatever their case, accents and hyphens. When
    no place has the name or one that begins like it, places of a similar name stand last and are so marked.
    """
    key = name_key(words)
    if len(key) < SHORTEST:
        return []
    places = list(_places(desk, words))
    return [
        *places,
        *_ground(desk, key, revision),
        *_events(desk, words.strip(), revision),
        *(() if places else _similar(desk, words)),
    ]


def _places(desk: Desk, words: str) -> Iterator[Found]:
    exact = desk.gazetteer.find(words, limit=MOST_OF_A_KIND)
    longer = desk.gazetteer.starting(words, limit=2 * MOST_OF_A_KIND)
    by_id = {c.place.place_id: c.place for c in [*exact, *longer]}
    for place in list(by_id.values())[:MOST_OF_A_KIND]:
        yield _found_place(place, _kind_and_unit(place))


def _similar(desk: Desk, words: str) -> Iterator[Found]:
    for candidate in desk.gazetteer.similar(words, limit=MOST_OF_A_KIND):
        place = candidate.place
        note = f"similar name {candidate.matched_name}: {_kind_and_unit(place)}"
        yield replace(_found_place(place, note), is_similar=True)


def _found_place(place: Place, note: str) -> Found:
    zoom = PLACE_ZOOM if place.kind in vocab.POINT_KINDS else AREA_ZOOM
    return Found("place", place.place_id, place.name, note, place.lon, place.lat, zoom)


def _kind_and_unit(place: Place) -> str:
    unit = ", ".join(filter(None, (place.admin1, place.admin0)))
    return f"{place.kind}, {unit}"


def _ground(desk: Desk, key: str, revision: int | None) -> Iterator[Found]:
    """Zones and posts, each once, with the days of its newest row."""
    model = desk.model(revision)
    for row in _matching(model.zones, key, "zone_id"):
        middle = row.geometry.representative_point()
        held = span_words(row.valid_from, _last_day(row.end))
        yield Found("zone", row.zone_id, row.name, held, middle.x, middle.y, AREA_ZOOM, row.valid_from)
    for row in _matching(model.posts, key, "post_id"):
        held = span_words(row.valid_from, _last_day(row.end))
        lon, lat = row.geometry.x, row.geometry.y
        yield Found("post", row.post_id, row.name, held, lon, lat, PLACE_ZOOM, row.valid_from)


def _matching(frame: gpd.GeoDataFrame, key: str, by: str) -> list[Any]:
    names = [name_key(str(name)) for name in frame["name"]]
    mask = [key in name for name in names]
    newest = frame[mask].sort_values("start").drop_duplicates(by, keep="last")
    return list(newest.head(MOST_OF_A_KIND).itertuples())


def _last_day(end: int) -> str:
    try:
        return day_of(end - 1).isoformat()
    except OverflowError:  # no end yet
        return ""


def _events(desk: Desk, words: str, revision: int | None) -> Iterator[Found]:
    ids = desk.store.search("events", words, limit=MOST_OF_A_KIND, known_at=revision)
    rows = desk.store.read_rows("events", ids, known_at=revision)
    for event_id in ids:
        row = rows[event_id]
        line = event_line(row)
        yield Found(
            "event",
            event_id,
            line["title"],
            line["day"],
            row["lon"],
            row["lat"],
            PLACE_ZOOM,
            row["event_date"],
        )
