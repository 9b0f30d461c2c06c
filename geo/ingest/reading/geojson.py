"""GeoJSON text to features: strict JSON, each key once, one document or one feature a line."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.model import Issue

GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
_DEEPEST = 16
"""Collections within collections; real layers have none or one."""


@dataclass(slots=True)
class Document:
    """The features of a file with their numbers; ``crs`` is the old member of that name, if there is one."""

    features: list[tuple[int, Any]]
    issues: list[Issue] = field(default_factory=list)
    crs: Any = None
    by_line: bool = False


def read_document(path: Path, name: str) -> Document:
    """Read GeoJSON or newline-delimited GeoJSON.

    Raises
    ------
    InputRefused
        The file is not well-formed, repeats a key, nests too deeply, or is no GeoJSON.
    """
    text = _text(path.read_bytes(), name)
    try:
        document = _document(text, name)
        for _, feature in document.features:
            _check_depth(feature, name)
    except RecursionError as error:
        raise _too_deep(name) from error
    return document


def _text(content: bytes, name: str) -> str:
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputRefused(
            f"Line {line} of {shown(name)} has bytes that are not UTF-8: save the file as UTF-8.",
            code="ENC-04",
        ) from error


def _document(text: str, name: str) -> Document:
    try:
        return _of_value(_parsed(text, name), name)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (found := _line_by_line(text, name)) is not None:
            return found
        raise InputRefused(
            f"{shown(name)} is broken at line {error.lineno}, column {error.colno} ({error.msg}): it may be cut off; "
            "export it again.",
            code="GJS-01",
        ) from error


def _parsed(text: str, name: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise _refusal(name, f"has the key “{shown(twice)}” twice in one object", "remove one of them")
        return made

    def never(constant: str) -> Any:
        raise _refusal(name, f"holds {constant}, which is no number in JSON", "write null or leave it out")

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=never)
    except json.JSONDecodeError:
        raise
    except InputRefused:
        raise
    except ValueError as error:  # an integer of more digits than Python converts
        raise _refusal(name, "holds a number with thousands of digits", "mend it") from error


def _of_value(value: Any, name: str) -> Document:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection" and isinstance(value.get("features"), list):
        if not value["features"]:
            raise InputRefused(f"{shown(name)} holds no features: export it again.", code="CSV-07")
        return Document(list(enumerate(value["features"], start=1)), crs=value.get("crs"))
    if kind == "Feature":
        return Document([(1, value)], crs=value.get("crs"))
    if isinstance(kind, str) and kind in GEOMETRIES:
        return Document([(1, _feature_around(value))], crs=value.get("crs"))
    what = "TopoJSON" if kind == "Topology" else "JSON, but not GeoJSON"
    raise InputRefused(f"{shown(name)} is {what}: save it as a GeoJSON FeatureCollection.", code="TYP-02")


def _line_by_line(text: str, name: str) -> Document | None:
    """The features of newline-delimited GeoJSON; None if the first line is no feature of its own."""
    document = Document([], by_line=True)
    for number, line in _lines(text):
        try:
            value = _parsed(line, name)
        except json.JSONDecodeError as error:
            if not document.features:
                return None
            reason = f"not well-formed at column {error.colno} ({error.msg})"
            document.issues.append(
                Issue(number, "", shown(line, longest=200), "GJS-01", reason, "export it again")
            )
            continue
        kind = value.get("type") if isinstance(value, dict) else None
        if not document.features and kind != "Feature" and kind not in GEOMETRIES:
            return None
        document.features.append((number, _feature_around(value) if kind in GEOMETRIES else value))
    return document


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if bare := line.strip(" \t\x1e"):  # RFC 8142 puts a record separator before each feature
            yield number, bare


def _feature_around(geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _check_depth(feature: Any, name: str) -> None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    level = [geometry]
    for _ in range(_DEEPEST):
        level = [
            part
            for whole in level
            if isinstance(whole, dict) and isinstance(whole.get("geometries"), list)
            for part in whole["geometries"]
        ]
        if not level:
            return
    raise _too_deep(name)


def _too_deep(name: str) -> InputRefused:
    return InputRefused(
        f"{shown(name)} nests geometries or values more than {_DEEPEST} deep: flatten them.", code="GJS-06"
    )


def _refusal(name: str, what: str, remedy: str) -> InputRefused:
    return InputRefused(f"{shown(name)} {what}: {remedy}.", code="GJS-01")
