"""Say in which country and first-level unit coordinates lie.

Three answers are tried: a village that is known to lie on the wrong side of a drawn line, a district of
the finer layer, a unit of the world. Each distinct coordinate is asked once, against small pieces of
polygons in a tree.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.boundaries.layers import layer_names, read_description, read_layer
from geo.boundaries.split import pieces_of
from geo.crs import WGS84
from geo.errors import BoundaryError

EXCEPTION_DECIMALS = 4
"""About ten metres: a village listed as an exception is meant exactly, not its neighbourhood."""
NOWHERE = -1
WORLD = "admin1"
"""The layer of first-level units of the world."""
Coordinates = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Units:
    """Polygons ready to be asked: ``admin0`` and ``name`` of each unit, and whose each piece is."""

    admin0: npt.NDArray[np.object_]
    name: npt.NDArray[np.object_]
    tree: shapely.STRtree
    owner: Numbers

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all pieces; NaN, which no point lies between, where there are none."""
        if not len(self.tree):
            return np.nan, np.nan, np.nan, np.nan
        west, south, east, north = shapely.total_bounds(self.tree.geometries).tolist()
        return west, south, east, north


@dataclass(frozen=True, slots=True)
class AdminLayers:
    """What :func:`assign` asks, in this order: ``exceptions``, ``districts``, ``world``.

    ``exceptions`` has the columns lon, lat, admin0, admin1.
    """

    world: Units
    districts: Units
    exceptions: pd.DataFrame


def units_of(frame: GeoDataFrame, *, name: str = "name", admin0: str = "iso_a2") -> Units:
    """Units of a layer in EPSG:4326; a layer without a country column leaves the country open."""
    pieces = [pieces_of(shape) for shape in frame.geometry]
    owner = np.repeat(np.arange(len(pieces)), [len(own) for own in pieces])
    countries = frame[admin0] if admin0 in frame.columns else pd.Series("", index=frame.index)
    return Units(
        admin0=countries.to_numpy(dtype=object),
        name=frame[name].to_numpy(dtype=object),
        tree=shapely.STRtree([piece for own in pieces for piece in own]),
        owner=owner,
    )


def assign(lon: npt.ArrayLike, lat: npt.ArrayLike, *, layers: AdminLayers) -> pd.DataFrame:
    """Country, first-level unit and what decided it, one row for each coordinate in the order given.

    Columns admin0, admin1, decided_by (exception, district, world). All three are empty for a missing
    coordinate and for one outside everything; on a shared border the unit that stands first wins.
    """
    both = np.stack([np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)], axis=-1)
    # A complex number is a pair that numpy sorts as one: seven times faster than unique rows.
    pairs, back = np.unique(both.view(np.complex128).ravel(), return_inverse=True)
    answer = _by_polygon(pairs.real, pairs.imag, layers=layers)
    answer = _with_exceptions(answer, pairs.real, pairs.imag, exceptions=layers.exceptions)
    return answer.iloc[back].reset_index(drop=True)


def unit_numbers(lon: Coordinates, lat: Coordinates, *, units: Units) -> Numbers:
    """Number of the unit that holds each coordinate, -1 where there is none."""
    found = np.full(len(lon), NOWHERE, dtype=np.intp)
    # A layer of a few districts needs to be asked about few of the world's points.
    west, south, east, north = units.extent
    inside = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    if not len(inside):
        return found
    points = np.asarray(shapely.points(lon[inside], lat[inside]), dtype=object)
    asked, pieces = units.tree.query(points, predicate="intersects")
    # On a shared border the unit that stands first wins: the smallest owner is written last.
    order = np.argsort(-units.owner[pieces], kind="stable")
    found[inside[asked[order]]] = units.owner[pieces[order]]
    return found


def read_exceptions(data_dir: Path) -> pd.DataFrame:
    """Read the villages that lie on the wrong side of a drawn line.

    Raises
    ------
    BoundaryError
        The table is missing or lacks a column.
    """
    path = data_dir / "district_exceptions.csv"
    kinds = {"place_id": str, "lon": float, "lat": float, "admin0": str, "admin1": str, "reason": str}
    try:
        return pd.read_csv(path, dtype=kinds, keep_default_na=False, usecols=list(kinds))[list(kinds)]
    except (OSError, ValueError) as error:
        raise BoundaryError(
            f"{path.name} cannot be read ({error}): restore it from the project, "
            "or give it the columns place_id, lon, lat, admin0, admin1, reason."
        ) from error


def read_admin_layers(data_dir: Path) -> AdminLayers:
    """Read what :func:`assign` asks: ``admin1``, every layer that refines it, and the exceptions.

    It takes a second, so keep it.

    Raises
    ------
    BoundaryError
        A layer or the table of exceptions cannot be read.
    """
    finer = [
        read_layer(name, data_dir=data_dir)
        for name in layer_names(data_dir)
        if read_description(name, data_dir=data_dir).refines == WORLD
    ]
    none = GeoDataFrame({"name": []}, geometry=[], crs=WGS84)
    return AdminLayers(
        world=units_of(read_layer(WORLD, data_dir=data_dir)),
        districts=units_of(pd.concat(finer, ignore_index=True) if finer else none),
        exceptions=read_exceptions(data_dir),
    )


def _by_polygon(lon: Coordinates, lat: Coordinates, *, layers: AdminLayers) -> pd.DataFrame:
    world = unit_numbers(lon, lat, units=layers.world)
    district = unit_numbers(lon, lat, units=layers.districts)
    in_world, in_district = world != NOWHERE, district != NOWHERE
    admin0 = np.full(len(lon), "", dtype=object)
    admin1 = np.full(len(lon), "", dtype=object)
    admin0[in_world], admin1[in_world] = (
        layers.world.admin0[world[in_world]],
        layers.world.name[world[in_world]],
    )
    admin1[in_district] = layers.districts.name[district[in_district]]
    decided_by = np.where(in_district, "district", np.where(in_world, "world", ""))
    return pd.DataFrame({"admin0": admin0, "admin1": admin1, "decided_by": decided_by})


def _with_exceptions(
    answer: pd.DataFrame, lon: Coordinates, lat: Coordinates, *, exceptions: pd.DataFrame
) -> pd.DataFrame:
    """The answers, those for listed villages replaced by what the list says."""
    lons, lats = np.round(lon, EXCEPTION_DECIMALS), np.round(lat, EXCEPTION_DECIMALS)
    replaced = answer.copy()
    listed = exceptions[["lon", "lat"]].round(EXCEPTION_DECIMALS).to_numpy(dtype=float)
    for (east, north), words in zip(listed, exceptions[["admin0", "admin1"]].to_numpy(), strict=True):
        here = np.flatnonzero((lons == east) & (lats == north))
        if here.size:
            replaced.loc[here, ["admin0", "admin1", "decided_by"]] = [*words, "exception"]
    return replaced
