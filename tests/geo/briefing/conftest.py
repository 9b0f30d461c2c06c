"""A made-up situation on the real base map: every status, a few posts and events, nothing from the data rows."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, Point, box

from geo import vocab
from geo.boundaries.layers import read_layer
from geo.briefing.make import SheetOptions, make_sheet
from geo.crs import area_km2
from geo.interval import OPEN_END
from geo.layers.basemap import BaseLayers
from geo.situation import KeyDate, Party, Situation
from geo.snapshot import snapshot_at
from geo.store.readmodel import ReadModel, event_columns

DATA = Path(__file__).resolve().parents[3] / "data"
EXTENT = (45.0, 38.75, 47.7, 40.75)
DAY = date(2021, 1, 1)
MADE_AT = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
PARTIES = (
    Party("north", "Northern forces", "Northern", "#E69F00", "#8F6200", "diagonal", frozenset({"North"})),
    Party("south", "Southern forces", "Southern", "#56B4E9", "#1F6E9E", "plain", frozenset({"South"})),
    Party("mission", "Mission", "Mission", "#009E73", "#006B4E", "vertical", frozenset()),
)
SITUATION = Situation(
    name="made-up",
    title="Made-up situation",
    first_day=date(2020, 1, 1),
    last_day=date(2022, 1, 1),
    extent=EXTENT,
    disclaimer="The boundaries and names shown do not imply endorsement.",
    name_policy="Both forms are shown.",
    boundary_view="Boundaries are those of Natural Earth.",
    producer="The producer",
    credits=("Natural Earth", "GeoNames"),
    parties=PARTIES,
    key_dates=(KeyDate(date(2020, 12, 20), "Something began"),),
)
LABELS = [
    {"lon": 46.2, "lat": 39.75, "rank": 1, "name": "Firsttown", "other": "Erststadt"},
    {"lon": 46.9, "lat": 39.4, "rank": 3, "name": "Secondtown", "other": ""},
    {"lon": 45.4, "lat": 40.1, "rank": 4, "name": "Thirdtown", "other": ""},
]
AREAS = {"valley": box(46.0, 39.2, 47.0, 40.2)}


def zones_frame():
    """One square of ground for each status, in rows of five, and one far beyond the sheet."""
    rows = []
    for n, status in enumerate(vocab.codes(vocab.ZONE_STATUSES)):
        west, south = 45.3 + 0.42 * (n % 5), 39.9 - 0.42 * (n // 5)
        kind = {"former": "administrative", "peacekeeping_area": "presence", "corridor": "presence"}.get(
            status, "control"
        )
        party = {"presence": "mission", "administrative": ""}.get(kind, "north" if n % 2 else "south")
        rows.append(
            (
                f"Z{n}",
                kind,
                status,
                "" if status in {"contested", "no_data"} else party,
                box(west, south, west + 0.36, south + 0.36),
            )
        )
    rows.append(("FAR", "control", "claimed", "mission", box(60, 10, 61, 11)))
    frame = pd.DataFrame(rows, columns=["row_id", "kind", "status", "party", "geometry"])
    return _ground(frame, km2=[area_km2(shape) for shape in frame["geometry"]])


def lines_frame():
    row = {"line_id": "L1", "kind": "line_of_contact", "geometry": LineString([(45.2, 40.4), (47.3, 40.35)])}
    return _ground(pd.DataFrame([row]))


def posts_frame(name="Post"):
    rows = [
        ("P1", name, "mission", "headquarters", 46.2, 39.75, 1),
        ("P2", name, "mission", "checkpoint", 46.2, 39.75, 2),
        ("P3", name, "north", "observation_post", 45.6, 39.3, 1),
    ]
    frame = pd.DataFrame(
        rows, columns=["post_id", "name", "contingent", "kind", "lon", "lat", "geo_precision"]
    )
    return _ground(frame.assign(geometry=[Point(r[4], r[5]) for r in rows]))


def _ground(frame, **columns):
    frame = frame.assign(
        source="https://www.example.org/report ; Second source (read in a library)",
        accuracy="outline +-1-4 km",
        recorded_at="2024-05-01T00:00:00+00:00",
        start=0,
        end=OPEN_END,
        **columns,
    )
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)


def events_frame():
    """Two at one place, one low in confidence, one near, one of an area, one without a place, one beyond the sheet."""
    rows = [
        ("E1", "2020-12-20", "battle", 46.2, 39.75, 1, "high", 3, 12, 40),
        ("E2", "2020-12-21", "battle", 46.2, 39.75, 1, "high", 0, 0, 0),
        ("E3", "2020-12-22", "shelling", 46.9, 39.4, 1, "low", None, None, None),
        ("E4", "2020-12-23", "mine", 46.6, 39.2, 2, "medium", 1, 1, 2),
        ("E5", "2020-12-24", "displacement", None, None, 3, "medium", None, None, None),
        ("E6", "2020-12-25", "diplomatic", None, None, 0, "medium", None, None, None),
        ("E7", "2020-12-26", "incident", 50.0, 45.0, 1, "medium", None, None, None),
        ("E8", "2019-01-01", "incident", 46.0, 39.0, 1, "medium", 7, 7, 7),
    ]
    names = ["event_id", "event_date", "event_type", "lon", "lat", "geo_precision", "confidence"]
    frame = pd.DataFrame(rows, columns=[*names, "fatalities_low", "fatalities_best", "fatalities_high"])
    place = np.where(frame["event_id"] == "E5", "valley", "")
    return frame.assign(
        date_end="", time_precision=1, actor1="North", actor2="South", place_id=place, where_prec=None
    )


def model_of(zones=None, posts=None):
    codes = (*(party.code for party in PARTIES), "other")
    return ReadModel(
        revision=7,
        events=event_columns(events_frame(), SITUATION, codes, tuple(AREAS)),
        zones=zones_frame() if zones is None else zones,
        lines=lines_frame(),
        posts=posts_frame() if posts is None else posts,
        party_codes=codes,
        area_places=tuple(AREAS),
    )


@pytest.fixture(scope="session")
def base():
    names = ("admin0", "admin1", "lakes_50m", "rivers_50m", "disputed_lines", "former_nkao")
    return BaseLayers(*(read_layer(name, data_dir=DATA) for name in names))


@pytest.fixture(scope="session")
def options():
    return SheetOptions(
        title="Specimen of every status",
        extent=EXTENT,
        marking="TLP:CLEAR",
        made_at=MADE_AT,
        number="T-1",
        version="1",
    )


@pytest.fixture(scope="session")
def make(base, options):
    """Make a sheet of the made-up situation, with anything replaced by name."""

    def made(*, situation=SITUATION, model=None, labels=LABELS, sources=("A newspaper",), day=DAY, **changes):
        model = model or model_of()
        return make_sheet(
            snapshot=snapshot_at(model, as_of=day, first=date(2020, 12, 3)),
            model=model,
            situation=situation,
            base=base,
            areas=AREAS,
            labels=labels,
            sources=sources,
            options=replace(options, **changes),
        )

    return made


@pytest.fixture(scope="session")
def sheet(make):
    """The sheet as it is by default; nobody changes it."""
    return make()


@pytest.fixture(scope="session")
def texts():
    """All words of a figure, as they are drawn."""
    return lambda made: [text.get_text() for axes in made.figure.axes for text in axes.texts]


@pytest.fixture(scope="session")
def model_with():
    """The made-up model with the zones of some statuses only."""

    def model(*, statuses, **columns):
        zones = zones_frame()
        return model_of(
            zones=zones[zones["status"].isin(statuses) & (zones["row_id"] != "FAR")].assign(**columns)
        )

    return model
