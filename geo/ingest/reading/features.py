"""GeoJSON features as rows of text: one column for each property, the shape last; runs in the worker."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import InputRefused
from geo.ingest.reading.geojson import Document, read_document
from geo.ingest.reading.labels import clipped, shown
from geo.ingest.reading.referencing import Declaration, Shapes, epsg_in, in_degrees, reference_of
from geo.ingest.reading.shapes import Checked, Reason, checked_shapes, plain_reason
from geo.ingest.reading.spool import Spool
from geo.ingest.reading.wire import Reply, said
from geo.ingest.source import GEOMETRY
from geo.model import Issue, Note
from geo.settings import MAX_COLUMNS

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job


def work(job: "Job") -> Reply:
    """Read a GeoJSON file and write its features as rows."""
    document = read_document(job.path, job.name)
    features = [(number, feature) for number, feature in document.features if _is_feature(feature)]
    header = header_of_features([properties_of(feature) for _, feature in features], job.name)
    shapes, unread = shapes_of([feature.get("geometry") for _, feature in features])
    notes, questions = [], []
    if document.crs is not None:
        reference = reference_of(_declared(document.crs), shapes, name=job.name, answers=job.answers)
        shapes = in_degrees(shapes, reference.crs)
        notes, questions = [*reference.notes], [*reference.questions]
        if reference.crs is None:  # metres of an unknown kind cannot be shown
            shapes = np.full(len(shapes), None)
    checked = checked_shapes(shapes, unread, header=header, name=job.name, answers=job.answers)
    _write(document, features, header, checked, job)
    if document.by_line:
        notes.append(Note("GJS-07", "read as newline-delimited GeoJSON"))
    return {
        "format": "ndjson" if document.by_line else "geojson",
        "header": [*header, GEOMETRY],
        "encoding": "utf-8",
        "shapes": True,
    } | said([*notes, *checked.notes], [*questions, *checked.questions])


def header_of_features(rows: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    """Every property's name, in order of appearance.

    Raises
    ------
    InputRefused
        There are more than a table may have columns.
    """
    header: dict[str, None] = {}
    for row in rows:
        header.update(dict.fromkeys(row))
        if len(header) > MAX_COLUMNS:
            raise InputRefused(
                f"The features in {shown(name)} have more than {MAX_COLUMNS} different properties: remove some.",
                code="CSV-05",
            )
    return list(header)


def properties_of(feature: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a feature, and its ``id`` if no property has that name."""
    properties = feature.get("properties")
    own = dict(properties) if isinstance(properties, dict) else {}
    if feature.get("id") is not None and "id" not in own:
        return {"id": feature["id"]} | own
    return own


def text_of(value: Any) -> str:
    """A property's value as text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "" if math.isnan(value) else str(value)
    if isinstance(value, int | float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shapes_of(geometries: Sequence[Any]) -> tuple[Shapes, dict[int, str]]:
    """The geometries, None for each that cannot be read, and why it cannot."""
    texts = [None if geometry is None else json.dumps(geometry) for geometry in geometries]
    shapes: Shapes = np.asarray(shapely.from_geojson(texts, on_invalid="ignore"), dtype=object)
    unread = {
        place: _reason(text) for place, text in enumerate(texts) if text is not None and shapes[place] is None
    }
    return shapes, unread


def _reason(text: str) -> str:
    if "Infinity" in text:
        return "the geometry cannot be read: a number in it is too large"
    try:
        shapely.from_geojson(text)
    except (shapely.GEOSException, ValueError, TypeError) as error:
        return f"the geometry cannot be read: {plain_reason(error)}"
    return "the geometry cannot be read"


def _is_feature(feature: Any) -> bool:
    return (
        isinstance(feature, dict)
        and feature.get("type") == "Feature"
        and isinstance(feature.get("properties") or {}, dict)
    )


def _declared(crs: Any) -> Declaration:
    """What the old ``crs`` member names, as EPSG code; a link in it is never followed."""
    if not isinstance(crs, dict):
        return Declaration("")
    properties = crs.get("properties")
    text = epsg_in(str(properties.get("name", ""))) if isinstance(properties, dict) else ""
    if crs.get("type") == "link":
        doubt = "its coordinate reference system is a link, which is not followed"
        return Declaration(text, doubt, "NET-01")
    return Declaration(text)


def _write(
    document: Document,
    features: Sequence[tuple[int, Mapping[str, Any]]],
    header: Sequence[str],
    checked: Checked,
    job: "Job",
) -> None:
    """Rows and issues in the order of the file."""
    places = {number: place for place, (number, _) in enumerate(features)}
    broken = {issue.line: issue for issue in document.issues}
    with Spool(job.rows) as spool:
        for number, feature in sorted(
            [*document.features, *((line, None) for line in broken)], key=lambda each: each[0]
        ):
            if number in broken:
                spool.issue(broken[number])
            elif number not in places:
                spool.issue(_no_feature(number, feature))
            elif (reason := checked.reasons.get(places[number])) is not None:
                spool.issue(shape_issue(number, feature.get("geometry"), reason))
            else:
                values = properties_of(feature)
                spool.row(
                    number, [*(text_of(values.get(name)) for name in header), checked.texts[places[number]]]
                )


def shape_issue(number: int, geometry: Any, reason: Reason) -> Issue:
    """The issue of a feature whose shape cannot be used."""
    return Issue(number, GEOMETRY, clipped(text_of(geometry)[:1000]), *reason)


def _no_feature(number: int, feature: Any) -> Issue:
    return Issue(
        number,
        "",
        clipped(text_of(feature)[:1000]),
        "GJS-02",
        "this is no GeoJSON feature",
        "remove it, or write it as a Feature",
    )
