"""Areas of places that are no points: an event in a region is drawn as the region, never as a pin."""

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.layers.element import drawn

TOLERANCE = 0.002


def area_shapes(area_places: Sequence[str], areas: Mapping[str, BaseGeometry]) -> list[dict[str, Any]]:
    """The area of each place that has one, by its position in the event table, as GeoJSON geometry for the frame."""
    return [
        {"area": position, "geometry": drawn(areas[place], tolerance=TOLERANCE)}
        for position, place in enumerate(area_places)
        if place in areas
    ]
