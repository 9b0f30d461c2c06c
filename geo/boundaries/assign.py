"""Say in which country and first-level unit coordinates lie.

Three answers are tried: a village that is known to lie on the wrong side of a drawn line, a district of
the finer layer, a unit of the world. Most points are answered by their cell of a grid; close to a border
each distinct coordinate is tested once, against small pieces of polygons in a tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from geo.boundaries.grid import CROSSED, Coordinates, Grid, Numbers, grid_over
from geo.boundaries.layers import layer_names, read_description, read_layer
from geo.boundaries.split import pieces_of
from geo.crs import WGS84
from geo.errors import BoundaryError

EXCEPTION_DECIMALS = 4
"""About ten metres: a village listed as an exception is meant exactly, not its neighbourhood."""
NOWHERE = -1
WORLD = "admin1"
"""The layer of first-level units of the world."""
MANY = 200_000
"""Fewer points are tested sooner than the grid is made; they may come in batches."""
Words = npt.NDArray[np.object_]


@dataclass(eq=False)
class Units:
    """Polygons ready to be asked: ``admin0`` and ``name`` of each unit, and whose each piece is.

    ``asked`` counts the points that were asked for, so that the grid is made when it is worth it.
    """

    admin0: Words
    name: Words
    tree: shapely.STRtree
    owner: Numbers
    asked: int = 0

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all pieces; NaN, which no point lies between, where there are none."""
        if not len(self.tree):
            return np.nan, np.nan, np.nan, np.nan
        west, south, east, north = shapely.total_bounds(self.tree.geometries).tolist()
        return west, south, east, north

    @cached_property
    def grid(self) -> Grid:
        """The grid over the pieces, made when first used."""
        return grid_over(self.tree.geometries, self.tested)

    def tested(self, lon: Coordinates, lat: Coordinates) -> Numbers:
        """Number of the unit that holds each coordinate, each tested against the pieces around it."""
        found = np.full(len(lon), NOWHERE, dtype=np.intp)
        points = np.asarray(shapely.points(lon, lat), dtype=object)
        asked, pieces = self.tree.query(points, predicate="intersects")
        # On a shared border the unit that stands first wins: the smallest owner is written last.
        order = np.argsort(-self.owner[pieces], kind="stable")
        found[asked[order]] = self.owner[pieces[order]]
        return found


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
    return units_of_pieces(
        list(countries), list(frame[name]), [piece for own in pieces for piece in own], owner.tolist()
    )


def units_of_pieces(
    admin0: Sequence[str], name: Sequence[str], pieces: Sequence[BaseGeometry], owner: Sequence[int]
) -> Units:
    """Units whose polygons were cut before; ``owner`` is the number of each piece's unit."""
    return Units(
        admin0=np.array(admin0, dtype=object),
        name=np.array(name, dtype=object),
        tree=shapely.STRtree(pieces),
        owner=np.array(owner, dtype=np.intp),
    )


def assign(lon: npt.ArrayLike, lat: npt.ArrayLike, *, layers: AdminLayers) -> pd.DataFrame:
    """Country, first-level unit and what decided it, one row for each coordinate in the order given.

    Columns admin0, admin1, decided_by (exception, district, world). All three are empty for a missing
    coordinate and for one outside everything; on a shared border the unit that stands first wins.
    """
    chosen = _chosen(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float), layers=layers)
    return pd.DataFrame({column: pd.array(words, dtype="str").take(at) for column, words, at in chosen})


def admin_words(lon: Coordinates, lat: Coordinates, *, layers: AdminLayers) -> dict[str, list[str]]:
    """The columns of :func:`assign` as lists of words."""
    return {column: words[at].tolist() for column, words, at in _chosen(lon, lat, layers=layers)}


def _chosen(lon: Coordinates, lat: Coordinates, *, layers: AdminLayers) -> list[tuple[str, Words, Numbers]]:
    """Each column of :func:`assign`: all words that may stand in it, and which one each coordinate has.

    The last word is empty: NOWHERE is -1.
    """
    world, districts, exceptions = layers.world, layers.districts, layers.exceptions
    country = unit_numbers(lon, lat, units=world)
    district = unit_numbers(lon, lat, units=districts)
    in_district = district != NOWHERE
    unit = np.where(in_district, len(world.name) + district, country)
    decided_by = np.where(in_district, 1, np.where(country == NOWHERE, NOWHERE, 0))
    for number, here in _excepted(lon, lat, exceptions=exceptions):
        country[here] = len(world.admin0) + number
        unit[here] = len(world.name) + len(districts.name) + number
        decided_by[here] = 2
    none = np.array([""], dtype=object)
    return [
        ("admin0", np.concatenate([world.admin0, exceptions["admin0"], none]), country),
        ("admin1", np.concatenate([world.name, districts.name, exceptions["admin1"], none]), unit),
        ("decided_by", np.array(["world", "district", "exception", ""], dtype=object), decided_by),
    ]


def unit_numbers(lon: Coordinates, lat: Coordinates, *, units: Units) -> Numbers:
    """Number of the unit that holds each coordinate, -1 where there is none."""
    found = np.full(len(lon), NOWHERE, dtype=np.intp)
    # A layer of a few districts needs to be asked about few of the world's points.
    west, south, east, north = units.extent
    asked = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    units.asked += len(asked)
    if units.asked >= MANY:
        found[asked] = units.grid.look_up(lon[asked], lat[asked])
        asked = asked[found[asked] == CROSSED]
    if len(asked):
        # A complex number is a pair that numpy sorts as one: seven times faster than unique rows.
        pairs, back = np.unique(lon[asked] + 1j * lat[asked], return_inverse=True)
        found[asked] = units.tested(pairs.real, pairs.imag)[back]
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

    Cutting the polygons takes a second, so keep them.

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


def _excepted(
    lon: Coordinates, lat: Coordinates, *, exceptions: pd.DataFrame
) -> Iterator[tuple[int, Numbers]]:
    """Number of each listed village in the list, and the positions of the coordinates that are its own."""
    listed = exceptions[["lon", "lat"]].round(EXCEPTION_DECIMALS).to_numpy(dtype=float)
    if not len(listed):
        return
    (west, south), (east, north) = listed.min(axis=0) - 1, listed.max(axis=0) + 1
    near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    lons, lats = np.round(lon[near], EXCEPTION_DECIMALS), np.round(lat[near], EXCEPTION_DECIMALS)
    for number, (x, y) in enumerate(listed):
        yield number, near[(lons == x) & (lats == y)]
