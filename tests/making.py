"""Rows and changes for tests: one line for what matters to the test, defaults for the rest."""

from functools import cache

import geopandas as gpd

from geo.crs import area_km2
from geo.interval import OPEN_END, day_numbers
from geo.schema import as_frame
from geo.situation import OTHER_PARTY
from geo.store.base import Change
from geo.store.readmodel import ReadModel, event_columns


def event(event_id="A", **cells):
    return {"event_id": event_id, "event_date": "2023-09-19", "event_type": "shelling", **cells}


def events(*rows):
    return as_frame("events", list(rows))


def change(*rows, action="import", by="tester", **facts):
    return Change(action=action, recorded_by=by, rows={"events": events(*rows)}, **facts)


def csv_of(*lines, header="event_id,event_date,event_type"):
    """The bytes of a CSV file."""
    return "\n".join([header, *lines, ""]).encode()


def columns_of(*rows, situation, areas=(), units_at=None):
    """The read model's event columns of a few rows."""
    return event_columns(events(*rows), situation, party_codes_of(situation), areas, units_at=units_at)


def party_codes_of(situation):
    return (*(party.code for party in situation.parties), OTHER_PARTY)


def model_of(*rows, situation, areas=(), zones=(), posts=(), lines=()):
    """A read model of a few rows, without a store."""
    return ReadModel(
        revision=1,
        events=columns_of(*rows, situation=situation, areas=areas),
        zones=ground("zones", zones),
        lines=ground("lines", lines),
        posts=ground("posts", posts),
        party_codes=party_codes_of(situation),
        area_places=tuple(areas),
    )


def ground(family, rows=()):
    """Zones, lines or posts as the read model holds them; rows give ``shape`` and whatever else they need."""
    return _made_ground(family, rows) if rows else _empty_ground(family)


@cache
def _empty_ground(family):
    return _made_ground(family, ())


def _made_ground(family, rows):
    frame = as_frame(family, [{key: value for key, value in row.items() if key != "shape"} for row in rows])
    record = {
        "revision": 1,
        "seq": 1,
        "recorded_at": "2024-01-01T00:00:00+00:00",
        "recorded_by": "tester",
        "import_id": "x",
    }
    shapes = [row["shape"] for row in rows]
    return gpd.GeoDataFrame(
        frame.drop(columns="geometry", errors="ignore").assign(
            **record,
            start=day_numbers(frame["valid_from"], missing=-OPEN_END),
            end=day_numbers(frame["valid_to"], missing=OPEN_END),
            km2=[area_km2(shape) for shape in shapes],
        ),
        geometry=shapes,
        crs=4326,
    )
