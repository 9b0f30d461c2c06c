"""Two days compared: the ground that changed hands, measured on the ellipsoid, with its outlines.

A holder is a party where control is assessed, and the status itself ("contested", "unknown", ...) where it is
not: ground that becomes contested is lost by one side and gained by none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.crs import area_km2
from geo.interval import holds_on

NOBODY = "not_mapped"
"""Holder of ground that no control zone covers on that day."""
SMALLEST_KM2 = 0.05
"""Slivers between two tracings of one border are no change of hands."""
ASSESSED = "assessed_control"


@dataclass(frozen=True, slots=True)
class Change:
    """Ground that passed from one holder to another; ``by_zone`` gives km2 for each zone id it lies in."""

    before: str
    after: str
    km2: float
    by_zone: Mapping[str, float]
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class ControlDiff:
    """What changed hands between two days, the largest change first.

    ``net_km2`` is gained minus lost ground of each party. ``redrawn`` lists zones whose holder stayed the
    same while their source or outline changed: a difference of method, not of the war.
    """

    changes: tuple[Change, ...]
    net_km2: Mapping[str, float]
    redrawn: tuple[str, ...]


def control_diff(zones: gpd.GeoDataFrame, *, first: int, second: int) -> ControlDiff:
    """Compare control on two day numbers; ``zones`` are those of the read model (EPSG:4326, km2)."""
    before, after = (_control_on(zones, day) for day in (first, second))
    parts = [
        *_passed(before, after),
        *_left(before, after, otherwise=_others_on(zones, second)),
        *_entered(before, after, otherwise=_others_on(zones, first)),
    ]
    changes = tuple(sorted(_joined(parts), key=lambda change: -change.km2))
    return ControlDiff(changes, _net(changes, before, after), _redrawn(before, after))


def holders(zones: gpd.GeoDataFrame) -> list[str]:
    """Who holds each row: the party where control is assessed, else the status."""
    return [
        party if status == ASSESSED and party else status
        for party, status in zip(zones["party"], zones["status"], strict=True)
    ]


def _control_on(zones: gpd.GeoDataFrame, day: int) -> gpd.GeoDataFrame:
    held = zones[(zones["kind"] == "control") & holds_on(day, start=zones["start"], end=zones["end"])]
    return held.assign(holder=holders(held), geometry=shapely.make_valid(held.geometry.to_numpy()))


Part = tuple[str, str, str, BaseGeometry]
"""Holder before, holder after, zone id, ground."""


def _pairs(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> Iterator[tuple[npt.NDArray[np.intp], ...]]:
    if len(before) and len(after):
        tree = shapely.STRtree(after.geometry.to_numpy())
        yield from tree.query(before.geometry.to_numpy(), predicate="intersects").T


def _passed(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> Iterator[Part]:
    """Ground that both days map, under another holder."""
    old, new = before.geometry.to_numpy(), after.geometry.to_numpy()
    for i, j in _pairs(before, after):
        was, now = before["holder"].iloc[i], after["holder"].iloc[j]
        if was != now:
            yield was, now, after["zone_id"].iloc[j], shapely.intersection(old[i], new[j])


def _others_on(zones: gpd.GeoDataFrame, day: int) -> Mapping[str, str]:
    """Status of each zone that a row of another kind covers on a day: a corridor is nobody's control, but known."""
    held = zones[(zones["kind"] != "control") & holds_on(day, start=zones["start"], end=zones["end"])]
    return dict(zip(held["zone_id"], held["status"], strict=True))


def _left(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, *, otherwise: Mapping[str, str]
) -> Iterator[Part]:
    """Ground that no control zone covers any more."""
    covered = shapely.union_all(after.geometry.to_numpy())
    for row in before.itertuples():
        yield row.holder, otherwise.get(row.zone_id, NOBODY), row.zone_id, row.geometry.difference(covered)


def _entered(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, *, otherwise: Mapping[str, str]
) -> Iterator[Part]:
    """Ground that no control zone covered before."""
    covered = shapely.union_all(before.geometry.to_numpy())
    for row in after.itertuples():
        yield otherwise.get(row.zone_id, NOBODY), row.holder, row.zone_id, row.geometry.difference(covered)


def _joined(parts: list[Part]) -> Iterator[Change]:
    """One change for each pair of holders."""
    grouped: dict[tuple[str, str], list[tuple[str, BaseGeometry, float]]] = {}
    for was, now, zone, shape in parts:
        ground = _surface(shape)
        km2 = area_km2(ground)
        if km2 >= SMALLEST_KM2:
            grouped.setdefault((was, now), []).append((zone, ground, km2))
    for (was, now), members in grouped.items():
        by_zone: dict[str, float] = {}
        for zone, _, km2 in members:
            by_zone[zone] = by_zone.get(zone, 0.0) + km2
        outline = shapely.union_all([ground for _, ground, _ in members])
        yield Change(was, now, sum(by_zone.values()), by_zone, outline)


def _surface(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape: two zones that share a border also meet in lines."""
    return MultiPolygon([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def _net(
    changes: tuple[Change, ...], before: gpd.GeoDataFrame, after: gpd.GeoDataFrame
) -> Mapping[str, float]:
    held = [frame.loc[frame["status"] == ASSESSED, "party"] for frame in (before, after)]
    parties = sorted({party for column in held for party in column if party})
    return {
        party: sum(c.km2 for c in changes if c.after == party)
        - sum(c.km2 for c in changes if c.before == party)
        for party in parties
    }


def _redrawn(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Zones under the same holder on both days but from another source or with another outline."""
    found = set()
    for old in before.itertuples():
        same = after[(after["zone_id"] == old.zone_id) & (after["holder"] == old.holder)]
        for new in same.itertuples():
            moved = area_km2(shapely.symmetric_difference(old.geometry, new.geometry)) >= SMALLEST_KM2
            if moved or old.source != new.source:
                found.add(str(old.zone_id))
    return tuple(sorted(found))
