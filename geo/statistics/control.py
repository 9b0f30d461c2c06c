"""Control over time as steps: between two days on which a control zone starts or ends nothing changes."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.control.diff import holders
from geo.crs import area_km2
from geo.interval import OPEN_END, holds_on

STEP_COLUMNS = ("start", "end", "holder", "km2", "share")


def control_steps(zones: gpd.GeoDataFrame, *, first: int, last: int) -> pd.DataFrame:
    """km2 and share of each holder in each step of the closed span of day numbers.

    ``start`` and ``end`` are day numbers of a half-open step. A holder is a party where control is assessed, else the
    status. Each holder of any step stands in all of them, with 0 where it holds nothing; a step in which no
    ground is mapped has no rows.
    """
    held = zones[(zones["kind"] == "control") & (zones["start"] <= last) & (first < zones["end"])]
    if held.empty:
        return pd.DataFrame({name: [] for name in STEP_COLUMNS})
    days = held[["start", "end"]].to_numpy().ravel()
    starts = np.unique([first, *days[(days > first) & (days <= last)].tolist()])
    names, holder = np.unique(np.array(holders(held), object).astype(str), return_inverse=True)
    spans = held["start"].to_numpy(), held["end"].to_numpy()
    on = np.array([holds_on(day, start=spans[0], end=spans[1]) for day in starts.tolist()])
    km2 = np.zeros((len(starts), len(names)))
    for number in range(len(names)):
        own = holder == number
        km2[:, number] = on[:, own] @ held["km2"].to_numpy()[own]
    mapped = km2.sum(axis=1)
    steps = np.flatnonzero(mapped > 0)
    ends = np.append(starts[1:], last + 1)
    return pd.DataFrame(
        {
            "start": np.repeat(starts[steps], len(names)),
            "end": np.repeat(ends[steps], len(names)),
            "holder": np.tile(names, len(steps)),
            "km2": km2[steps].ravel(),
            "share": (km2[steps] / mapped[steps, None]).ravel(),
        }
    )


def first_control_day(zones: gpd.GeoDataFrame, *, otherwise: int) -> int:
    """The day number on which the first control zone begins; zones without a stated start do not count."""
    starts = zones.loc[(zones["kind"] == "control") & (zones["start"] > -OPEN_END), "start"]
    return int(starts.min()) if len(starts) else otherwise


def zone_history(zones: gpd.GeoDataFrame, zone_id: str) -> gpd.GeoDataFrame:
    """The rows of one zone in the order of time: who held it, or what else it was, from when to when."""
    return zones[zones["zone_id"] == zone_id].sort_values(["start", "end"], kind="stable")


def cut_out(zones: gpd.GeoDataFrame, outline: BaseGeometry) -> gpd.GeoDataFrame:
    """The zones' ground inside an outline, measured anew."""
    near = zones[zones.intersects(outline)]
    inside = shapely.intersection(shapely.make_valid(near.geometry.to_numpy()), shapely.make_valid(outline))
    return near.assign(km2=[area_km2(shape) for shape in inside]).set_geometry(inside, crs=zones.crs)
