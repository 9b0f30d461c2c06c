"""What every layer's shapes are checked for: emptiness, degrees, crossings and gaps; runs in the worker."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import area_km2, distance_km
from geo.errors import InputRefused
from geo.ingest.reading.answers import answer_to
from geo.ingest.reading.labels import shown
from geo.ingest.reading.referencing import Shapes, degrees_among
from geo.model import Note, Option, Question

_POLYGONAL = (int(shapely.GeometryType.POLYGON), int(shapely.GeometryType.MULTIPOLYGON))
_WIDEST_GAP_M = 50
_METRES_IN_A_DEGREE = 111_000
_MOST_VERTICES = 300_000
"""Gaps are not looked for in layers with more vertices: every pair of neighbours is measured."""
_NAMED = 3
EVENT_ID = "event_id"
"""Column by which a layer tells that its rows are events."""
Reason = tuple[str, str, str]
"""Code, reason and fix."""


@dataclass(slots=True)
class Checked:
    """GeoJSON text of each shape, empty where ``reasons`` says why there is none."""

    texts: list[str]
    reasons: dict[int, Reason] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()


def checked_shapes(
    shapes: Shapes, unread: Mapping[int, str], *, header: Sequence[str], name: str, answers: Mapping[str, str]
) -> Checked:
    """The shapes of a layer in degrees, as text, with what is wrong with each.

    ``unread`` says why a shape is None although the file has something in its place. A layer of events may
    have rows without a shape: an event whose place is not known is an event all the same.

    Raises
    ------
    InputRefused
        None of the shapes is in degrees.
    """
    shapes = shapely.force_2d(shapes)
    reasons = _missing(shapes, unread, allowed=EVENT_ID in header) | _not_degrees(shapes, name)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    rest = there & np.array([place not in reasons for place in range(len(shapes))], bool)
    reasons |= _degenerate(shapes, rest)
    crossing = [int(place) for place in np.flatnonzero(rest & _polygonal(shapes) & ~shapely.is_valid(shapes))]
    shapes, questions, refused = _repaired(shapes, crossing, name, answers)
    reasons |= refused
    good = there & np.array([place not in reasons for place in range(len(shapes))], bool)
    written = shapes.copy()
    written[list(reasons)] = None
    texts = [
        "" if text is None else str(text) for text in np.asarray(shapely.to_geojson(written), dtype=object)
    ]
    return Checked(texts, reasons, _gap_notes(shapes[good]), questions)


def plain_reason(error: Exception) -> str:
    """What the geometry library says, without the names of its parts."""
    text = re.sub(r"^\w+Exception: ", "", str(error).strip())
    return re.sub(r"^Error parsing JSON: '\[json\.exception[^]]*\] (.*)'$", r"\1", text)


def _missing(shapes: Shapes, unread: Mapping[int, str], *, allowed: bool) -> dict[int, Reason]:
    nothing = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    fix = "draw the feature or remove it"
    return {
        int(place): ("GJS-02", unread.get(int(place), "the feature has no geometry"), fix)
        for place in nothing
        if place in unread or not allowed
    }


def _not_degrees(shapes: Shapes, name: str) -> dict[int, Reason]:
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if not present.any():
        return {}
    bounds = shapely.bounds(shapes)
    outside = present & ~degrees_among(bounds)
    if outside.any() and (outside == present).all():
        west, south = bounds[np.flatnonzero(outside)[0]][:2]
        raise InputRefused(
            f"The coordinates in {shown(name)} are not degrees (such as {west:.10g}, {south:.10g}): convert the layer "
            "to EPSG:4326 first.",
            code="GEO-06",
        )
    return {
        int(place): (
            "GEO-06",
            f"{bounds[place][0]:.10g}, {bounds[place][1]:.10g} is not in degrees",
            "convert it to EPSG:4326",
        )
        for place in np.flatnonzero(outside)
    }


def _polygonal(shapes: Shapes) -> npt.NDArray[np.bool_]:
    return np.isin(shapely.get_type_id(shapes), _POLYGONAL)


def _degenerate(shapes: Shapes, rest: npt.NDArray[np.bool_]) -> dict[int, Reason]:
    bad = np.flatnonzero(rest & ~_polygonal(shapes) & ~shapely.is_valid(shapes))
    return {
        int(place): ("GJS-02", shapely.is_valid_reason(shapes[place]), "draw the feature again or remove it")
        for place in bad
    }


def _repaired(
    shapes: Shapes, crossing: list[int], name: str, answers: Mapping[str, str]
) -> tuple[Shapes, tuple[Question, ...], dict[int, Reason]]:
    """The shapes with those that cross themselves repaired, unless the answer is no."""
    if not crossing:
        return shapes, (), {}
    mended = {place: _mended(shapes[place]) for place in crossing}
    question = _question(shapes, mended, name)
    answer = answer_to(question, answers)
    if answer == "no":
        return shapes, (), {place: _crossing(shapes[place]) for place in crossing}
    shapes = shapes.copy()
    refused = {}
    for place, shape in mended.items():
        if shape.is_empty:
            refused[place] = _crossing(shapes[place])
        shapes[place] = shape
    return shapes, () if answer else (question,), refused


def _mended(shape: BaseGeometry) -> BaseGeometry:
    """The shape without crossings; only its polygons are kept of what the repair makes."""
    parts = shapely.get_parts(shapely.make_valid(shape))
    parts = shapely.get_parts(parts)  # a collection of multipolygons
    return shapely.union_all(parts[_polygonal(parts)])


def _crossing(shape: BaseGeometry) -> Reason:
    return "GJS-02", f"the shape crosses itself: {shapely.is_valid_reason(shape)}", "mend the outline"


def _question(shapes: Shapes, mended: Mapping[int, BaseGeometry], name: str) -> Question:
    told = [
        f"feature {place + 1}: {shapely.is_valid_reason(shapes[place])}, "
        f"{area_km2(shapes[place]):,.1f} km² before and {area_km2(shape):,.1f} km² after"
        for place, shape in list(mended.items())[:_NAMED]
    ]
    more = f" and {len(mended) - _NAMED} more" if len(mended) > _NAMED else ""
    return Question(
        "repair",
        "GJS-02",
        f"{shown(name)} has shapes that cross themselves: shall they be repaired? {'; '.join(told)}{more}",
        (Option("yes", "repair them"), Option("no", "leave these rows out")),
        proposed="yes",
    )


def _gap_notes(shapes: Shapes) -> tuple[Note, ...]:
    """Tell of narrow gaps between polygons: neighbours that should touch and do not."""
    polygons = shapes[_polygonal(shapes)]
    if len(polygons) < 2 or shapely.get_num_coordinates(polygons).sum() > _MOST_VERTICES:
        return ()
    north = float(np.abs(shapely.total_bounds(polygons)[[1, 3]]).max())
    reach = _WIDEST_GAP_M / _METRES_IN_A_DEGREE / max(0.05, float(np.cos(np.radians(north))))
    first, second = shapely.STRtree(polygons).query(polygons, predicate="dwithin", distance=reach)
    once = first < second
    links = shapely.shortest_line(polygons[first[once]], polygons[second[once]])
    if not len(links):
        return ()
    ends = shapely.get_coordinates(links).reshape(-1, 2, 2)
    widths = np.array([float(distance_km(a[0], a[1], to_lon=b[0], to_lat=b[1])) * 1000 for a, b in ends])
    gaps = widths[(widths > 0.001) & (widths <= _WIDEST_GAP_M)]
    if not len(gaps):
        return ()
    counted = "a gap" if len(gaps) == 1 else f"{len(gaps)} gaps"
    return (
        Note(
            "ZON-02",
            f"there is {counted} of up to {max(1, gaps.max()):.0f} m between neighbouring shapes; what lies in it is unknown",
        ),
    )
