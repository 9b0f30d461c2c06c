"""First-level units as the areas of events that are known by their unit only."""

import json
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries.assign import NOWHERE, WORLD
from geo.boundaries.layers import read_description, read_layer
from geo.settings import Settings
from geo.store.eventareas import Degrees
from geo.workflows.kept import write_newest

MOST_KEPT = 2_000
"""Coordinates whose units are kept: a store has few, for a unit is coded by one point that stands for it."""
Numbers = npt.NDArray[np.int64]
Point = tuple[float, float]


class UnitAreas:
    """The units of a data folder by their number in the layer.

    The layer takes a tenth of a second to read, so what was asked before is kept in ``var/``.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def at(self, lon: Degrees, lat: Degrees) -> Numbers:
        """Number of the unit that holds each coordinate, -1 where there is none."""
        pairs, back = np.unique(lon + 1j * lat, return_inverse=True)
        points = list(zip(pairs.real.tolist(), pairs.imag.tolist(), strict=True))
        unknown = [point for point in points if point not in self._answers]
        if len(self._answers) + len(unknown) > MOST_KEPT:
            return self._asked(points)[back]
        if unknown:
            self._answers.update(zip(unknown, self._asked(unknown).tolist(), strict=True))
            self._keep()
        return np.array([self._answers[point] for point in points], np.int64)[back]

    def shape(self, number: int) -> BaseGeometry:
        """The polygon of a unit."""
        if number not in self._outlines:
            self._outlines[number] = self._layer[number]
        return self._outlines[number]

    def _asked(self, points: list[Point]) -> Numbers:
        asked, units = self._tree.query(np.asarray(shapely.points(points), object), predicate="intersects")
        found = np.full(len(points), len(self._layer), np.int64)
        # On a shared border the unit that stands first wins, as it does in imports.
        np.minimum.at(found, asked, units)
        return np.where(found == len(self._layer), NOWHERE, found)

    @cached_property
    def _layer(self) -> npt.NDArray[np.object_]:
        shapes = read_layer(WORLD, data_dir=self._settings.data_dir).geometry.to_numpy()
        return np.asarray(shapes, object)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._layer)

    @cached_property
    def _answers(self) -> dict[Point, int]:
        return {(lon, lat): number for lon, lat, number in self._kept.get("answers", [])}

    @cached_property
    def _outlines(self) -> dict[int, BaseGeometry]:
        return {
            int(number): shapely.from_wkb(shape) for number, shape in self._kept.get("outlines", {}).items()
        }

    @cached_property
    def _kept(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            kept = json.loads(self._path.read_text("ascii"))
            return kept if isinstance(kept, dict) else {}
        return {}

    @cached_property
    def _path(self) -> Path:
        digest = read_description(WORLD, data_dir=self._settings.data_dir).sha256[:16]
        return self._settings.var_dir / f"units-{digest}.json"

    def _keep(self) -> None:
        in_use = sorted(set(self._answers.values()) - {NOWHERE})
        kept = {
            "answers": [[*point, number] for point, number in self._answers.items()],
            "outlines": {number: shapely.to_wkb(self.shape(number), hex=True) for number in in_use},
        }
        with suppress(OSError):  # a read-only installation only starts slower
            write_newest(self._path, json.dumps(kept))
