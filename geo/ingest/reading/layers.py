"""A layer that GDAL reads, as rows of text; runs in the worker, which keeps one driver only."""

import base64
import datetime
import math
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.ingest.reading import sandbox
from geo.ingest.reading.features import shape_issue, text_of
from geo.ingest.reading.labels import clipped
from geo.ingest.reading.referencing import Declaration, Shapes, in_degrees, reference_of
from geo.ingest.reading.refusals import incomplete_layer, too_wide
from geo.ingest.reading.shapes import Reason, checked_shapes, plain_reason
from geo.ingest.reading.spool import Spool
from geo.ingest.reading.wire import Reply, said
from geo.ingest.source import GEOMETRY
from geo.model import Issue
from geo.settings import MAX_COLUMNS

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

Rows = list[dict[str, Any]]
_WKB = "wkb_geometry"


class Layer:
    """One layer as GDAL gives it: names and values of its fields, shapes, and the system it declares."""

    def __init__(self, rows: Rows, fields: Sequence[str], geometry: str, crs: str) -> None:
        self.rows, self.fields, self.declared = rows, list(fields), Declaration(crs)
        self.shapes, self.unread = _shapes([row.get(geometry) for row in rows])
        self.spatial = bool(geometry)


def read_layer(
    path: Path, *, driver: str, layer: str | None, name: str, code: str, encoding: str | None = None
) -> Layer:
    """Read one layer with one driver of GDAL.

    Raises
    ------
    InputRefused
        GDAL cannot read it; the refusal has the given code.
    """
    sandbox.keep_driver(driver)
    for unused in ("geopandas", "pandas"):  # pyogrio imports them if they are there: half a second, 100 MB
        sys.modules.setdefault(unused, None)  # type: ignore[arg-type]
    import pyogrio.errors  # noqa: PLC0415 - only now is the driver chosen
    import pyogrio.raw  # noqa: PLC0415

    warnings.simplefilter("ignore")  # of fields that are not supported, for one; they are left out
    try:
        with pyogrio.raw.open_arrow(
            path, layer=layer, encoding=encoding, use_pyarrow=True, datetime_as_string=True
        ) as (meta, reader):
            rows = [row for batch in reader for row in batch.to_pylist()]
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        ValueError,
        RuntimeError,
        OSError,
    ) as error:
        raise incomplete_layer(name, code=code) from error
    fields = [str(field) for field in meta["fields"]]
    if len(fields) > MAX_COLUMNS:
        raise too_wide(name, len(fields))
    geometry = (str(meta["geometry_name"]) or _WKB) if meta["geometry_type"] else ""
    return Layer(rows, fields, geometry, str(meta["crs"] or ""))


def reply_of(
    layer: Layer,
    job: "Job",
    *,
    kind: str,
    decoded: Callable[[str], str | None] = lambda text: text,
) -> Reply:
    """Write a layer's rows and tell what was found; ``decoded`` gives None for text in another encoding."""
    header = [decoded(field) or field for field in layer.fields]
    if not layer.spatial:
        _write(layer, {}, [], job, decoded)
        return {"format": kind, "header": header, "encoding": "utf-8", "shapes": False} | said()
    reference = reference_of(layer.declared, layer.shapes, name=job.name, answers=job.answers)
    if reference.crs is None:  # metres of an unknown kind cannot be shown: the rows come without shapes
        _write(layer, {}, [""] * len(layer.rows), job, decoded)
        notes, questions = [*reference.notes], [*reference.questions]
    else:
        shapes = in_degrees(layer.shapes, reference.crs)
        checked = checked_shapes(shapes, layer.unread, header=header, name=job.name, answers=job.answers)
        _write(layer, checked.reasons, checked.texts, job, decoded)
        notes, questions = [*reference.notes, *checked.notes], [*reference.questions, *checked.questions]
    return {"format": kind, "header": [*header, GEOMETRY], "encoding": "utf-8", "shapes": True} | said(
        notes, questions
    )


def _shapes(parts: Sequence[bytes | None]) -> tuple[Shapes, dict[int, str]]:
    shapes = np.asarray(shapely.from_wkb(np.array(parts, dtype=object), on_invalid="ignore"), dtype=object)
    unread = {}
    for place in map(int, np.flatnonzero(shapely.is_missing(shapes))):
        if (part := parts[place]) is not None:
            try:
                shapely.from_wkb(part)
            except shapely.GEOSException as error:
                unread[place] = f"the geometry cannot be read: {plain_reason(error)}"
    return shapes, unread


def _write(
    layer: Layer,
    reasons: Mapping[int, Reason],
    texts: Sequence[str],
    job: "Job",
    decoded: Callable[[str], str | None],
) -> None:
    with Spool(job.rows) as spool:
        for place, row in enumerate(layer.rows):
            number = place + 1
            if (reason := reasons.get(place)) is not None:
                shape = layer.shapes[place]
                spool.issue(shape_issue(number, None if shape is None else shape.wkt[:1000], reason))
                continue
            written = [_text(row.get(field)) for field in layer.fields]
            cells = [decoded(cell) for cell in written]
            if None in cells:
                stray = cells.index(None)
                spool.issue(_stray(number, layer.fields[stray], written[stray]))
            else:
                spool.row(number, [*(cell or "" for cell in cells), *texts[place : place + 1]])


def _stray(number: int, field: str, cell: str) -> Issue:
    return Issue(
        number,
        field,
        clipped(cell),
        "ENC-04",
        "some bytes of the cell are not of the layer's encoding",
        "answer encoding=, or export the layer as UTF-8",
    )


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and math.fabs(value) < 1e15:
        return str(int(value))  # .dbf numbers without decimals
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return text_of(value)
