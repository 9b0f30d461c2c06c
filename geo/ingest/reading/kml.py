"""KML placemarks as rows of text; runs in the worker.

GDAL's drivers turn every time into a full date-time, so that a month becomes its first day; here times
stay as written. Links, styles, views and pictures are never looked at.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from geo.errors import InputRefused
from geo.ingest.reading.features import header_of_features, shape_issue, shapes_of
from geo.ingest.reading.labels import shown
from geo.ingest.reading.markup import check_xml, html_text
from geo.ingest.reading.shapes import Checked, checked_shapes
from geo.ingest.reading.spool import Spool
from geo.ingest.reading.wire import Reply, said
from geo.ingest.source import GEOMETRY
from geo.model import Note

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_GEOMETRIES = {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"}
_FOLDERS = {"Folder", "Document"}


@dataclass(slots=True)
class Placemark:
    """One placemark: its texts by column, its GeoJSON geometry, and why that cannot be read if so."""

    values: dict[str, str] = field(default_factory=dict)
    geometry: dict[str, Any] | None = None
    unread: str = ""


def work(job: "Job") -> Reply:
    """Read a KML file and write its placemarks as rows."""
    check_xml(job.path, name=job.name)
    root = ET.parse(job.path).getroot()  # noqa: S314 - check_xml lets no DOCTYPE pass, so nothing expands
    if _local(root) != "kml":
        raise InputRefused(f"{shown(job.name)} is XML, but not KML: export it as KML.", code="TYP-01")
    links = sum(_local(element) == "NetworkLink" for element in root.iter())
    placemarks = [_placemark(element, folder) for element, folder in _placemarks(root, ())]
    if not placemarks:
        raise _nothing_in_it(job.name, links)
    html = _reduce_html(placemarks)
    header = header_of_features([_ordered(placemark.values) for placemark in placemarks], job.name)
    shapes, unread = shapes_of([placemark.geometry for placemark in placemarks])
    unread |= {place: each.unread for place, each in enumerate(placemarks) if each.unread}
    checked = checked_shapes(shapes, unread, header=header, name=job.name, answers=job.answers)
    _write(placemarks, header, checked, job)
    return {"format": "kml", "header": [*header, GEOMETRY], "encoding": "utf-8", "shapes": True} | said(
        [*_notes(links, html), *checked.notes], checked.questions
    )


def _nothing_in_it(name: str, links: int) -> InputRefused:
    if links:
        return InputRefused(
            f"{shown(name)} only points elsewhere, and links are not followed: open it in a map program and save the "
            "places themselves.",
            code="NET-01",
        )
    return InputRefused(f"{shown(name)} holds no placemarks: export it again.", code="CSV-07")


def _notes(links: int, html: bool) -> Iterator[Note]:
    if html:
        yield Note("TXT-06", "HTML in descriptions was reduced to its text")
    if links:
        yield Note("NET-01", f"{links} links to other files were not followed", "said")


def _local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child) == name]


def _text(element: Element, name: str) -> str:
    return next((("".join(child.itertext())).strip() for child in _children(element, name)), "")


def _placemarks(element: Element, folder: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Each placemark, with the names of the folders it lies in; a document's own name is none."""
    for child in element:
        kind = _local(child)
        if kind == "Placemark":
            yield child, folder
        elif kind in _FOLDERS:
            name = _text(child, "name") if kind == "Folder" else ""
            yield from _placemarks(child, (*folder, name) if name else folder)


def _placemark(element: Element, folder: Sequence[str]) -> Placemark:
    made = Placemark({"name": _text(element, "name"), "description": _text(element, "description")})
    for span in _children(element, "TimeSpan"):
        made.values |= {"begin": _text(span, "begin"), "end": _text(span, "end")}
    for stamp in _children(element, "TimeStamp"):
        made.values["timestamp"] = _text(stamp, "when")
    if address := _text(element, "address"):
        made.values["address"] = address
    if folder:
        made.values["folder"] = " / ".join(folder)
    for extended in _children(element, "ExtendedData"):
        for name, value in _extended(extended):
            made.values.setdefault(name, value)
    shapes = [child for child in element if _local(child) in _GEOMETRIES]
    if shapes:
        try:
            made.geometry = _gathered([_geometry(shape) for shape in shapes])
        except ValueError as error:
            made.unread = f"the geometry cannot be read: {error}"
    return made


def _ordered(values: dict[str, str]) -> dict[str, str]:
    """The same values; those of time come before what the file adds."""
    first = ("name", "description", "begin", "end", "timestamp", "address", "folder")
    return {name: values[name] for name in first if name in values} | values


def _extended(element: Element) -> Iterator[tuple[str, str]]:
    """Names and values of the fields that a file adds, in each of the three ways of KML."""
    for child in element:
        kind = _local(child)
        if kind == "Data":
            yield child.get("name", "").strip(), _text(child, "value")
        elif kind == "SchemaData":
            for simple in _children(child, "SimpleData"):
                yield simple.get("name", "").strip(), "".join(simple.itertext()).strip()
        elif kind:
            yield kind, "".join(child.itertext()).strip()


def _geometry(element: Element) -> dict[str, Any]:
    kind = _local(element)
    if kind == "Polygon":
        sides = [side for name in ("outerBoundaryIs", "innerBoundaryIs") for side in _children(element, name)]
        rings = [_coordinates(ring) for side in sides for ring in _children(side, "LinearRing")]
        return {"type": "Polygon", "coordinates": rings}
    if kind in {"MultiGeometry", "MultiTrack"}:
        parts = [_geometry(child) for child in element if _local(child) in _GEOMETRIES]
        return _gathered(parts)
    if kind == "Track":
        places = [
            _place(re.split(r"\s+", "".join(each.itertext()).strip())) for each in _children(element, "coord")
        ]
        return {"type": "LineString", "coordinates": places}
    places = _coordinates(element)
    if kind == "Point":
        if len(places) > 1:
            raise ValueError("a point has one longitude and one latitude, with a comma between them")
        return {"type": "Point", "coordinates": places[0] if places else []}
    return {"type": "LineString", "coordinates": places}


def _gathered(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Parts of one kind as one geometry of several; a collection only where the kinds differ."""
    kinds = {part["type"] for part in parts}
    if len(parts) == 1:
        return parts[0]
    if len(kinds) == 1 and kinds <= {"Point", "LineString", "Polygon"}:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [part["coordinates"] for part in parts]}
    return {"type": "GeometryCollection", "geometries": parts}


def _coordinates(element: Element) -> list[list[float]]:
    text = re.sub(r"\s*,\s*", ",", _text(element, "coordinates"))
    return [_place(part.split(",")) for part in text.split()]


def _place(parts: Sequence[str]) -> list[float]:
    """Longitude and latitude; a height is left out."""
    if len(parts) < 2:
        raise ValueError(f"“{shown(','.join(parts), longest=40)}” is no longitude and latitude")
    numbers = [float(part) for part in parts[:2]]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"“{shown(','.join(parts), longest=40)}” is no longitude and latitude")
    return numbers


def _reduce_html(placemarks: Sequence[Placemark]) -> bool:
    """Reduce every text to what a reader would see; tells whether that changed any."""
    changed = False
    for placemark in placemarks:
        for name, value in placemark.values.items():
            if (text := html_text(value)) != value:
                placemark.values[name] = text
                changed = True
    return changed


def _write(placemarks: Sequence[Placemark], header: Sequence[str], checked: Checked, job: "Job") -> None:
    with Spool(job.rows) as spool:
        for place, placemark in enumerate(placemarks):
            if (reason := checked.reasons.get(place)) is not None:
                spool.issue(shape_issue(place + 1, placemark.geometry or placemark.values["name"], reason))
            else:
                spool.row(
                    place + 1, [*(placemark.values.get(name, "") for name in header), checked.texts[place]]
                )
