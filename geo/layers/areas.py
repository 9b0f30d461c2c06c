"""Areas of places that are no points: an event in a region is drawn as the region, never as a pin."""

from collections.abc import Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from geo.layers.element import ClientLayer, drawn

TOLERANCE = 0.002


def areas_layer(area_places: Sequence[str], areas: Mapping[str, BaseGeometry]) -> ClientLayer:
    """The area of each place, by its position in the event table."""
    return ClientLayer(
        "areas",
        [
            {"area": position, "geometry": drawn(areas[place], tolerance=TOLERANCE)}
            for position, place in enumerate(area_places)
        ],
    )
