"""The folium elements that hand rows of numbers and codes to the frame's own drawing code."""

from typing import Any

import shapely
from branca.element import MacroElement
from jinja2 import Template
from shapely.geometry.base import BaseGeometry

from geo.layers.text import map_code, script_json

DECIMALS = 4
"""Digits of a degree kept on the map: about ten metres."""


class ClientLayer(MacroElement):
    """A layer that the frame draws: its name and its rows, checked by :func:`script_json`."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "(window.conflictmapLayers ??= []).push({map: {{ this._parent.get_name() }}, "
        'name: "{{ this.layer }}", rows: {{ this.rows }}});'
        "{% endmacro %}"
    )

    def __init__(self, name: str, rows: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no hints
        self._name = "ClientLayer"
        self.layer = map_code(name)
        self.rows = script_json(rows)


def drawn(geometry: BaseGeometry, *, tolerance: float = 0.0, decimals: int = DECIMALS) -> dict[str, Any]:
    """GeoJSON geometry for the map, rounded to so many digits; ``tolerance`` in degrees simplifies it."""
    if tolerance:
        geometry = shapely.simplify(geometry, tolerance)
    mapping: dict[str, Any] = shapely.geometry.mapping(shapely.set_precision(geometry, 10**-decimals))
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"], decimals)}


def _rounded(coordinates: Any, decimals: int) -> Any:
    if isinstance(coordinates, float | int):
        return round(float(coordinates), decimals)
    return [_rounded(part, decimals) for part in coordinates]
