"""Events as one compact binary table that the frame draws on a single canvas.

Layout, little-endian: the four bytes ``CMEV``, the length of a JSON header as uint32, the header, then
the columns one after the other in the header's order, each of ``n`` values. Types: ``u1 u2 u4 i4`` are
unsigned and signed integers of so many bytes, ``u3`` is an unsigned integer of three.

=======  =======================================================================================
start    first day, counted from the header's ``base``
span     days from the first to the last day
type     position in the vocabulary of event types
flags    bits 0-1 mark (0 pin, 1 near a place, 2 area, 3 not placed), bit 2 the day is vague,
         bits 3-4 confidence (3 = not stated), bits 5-7 class of the number of dead
parties  bit mask in the order of the header's ``parties``
x, y     (lon + 180) / 360 and (lat + 90) / 180 in 24 bits: steps of 2.4 m and 1.2 m; for an area,
         x is the position of the area
=======  =======================================================================================
"""

import json
import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.store.readmodel import EventColumns, ReadModel

MAGIC = b"CMEV"
STEPS = 2**24 - 1
PIN, NEAR, AREA, UNPLACED = range(4)
DEATH_CLASSES = (0, 1, 5, 25, 100)
"""Lower bounds of the classes 1 to 5; class 0 means that no figure was published."""


def event_table(model: ReadModel) -> bytes:
    """The events of a read model in the layout above; row ``i`` is event ``i`` of the model."""
    columns = model.events
    base = int(columns.start.min(initial=0))
    mark = _marks(columns)
    x = np.where(mark == AREA, columns.area, _steps(columns.lon, 180, 360))
    parts = {
        "start": _fitted(columns.start.astype(np.int64) - base),
        "span": _fitted(columns.end.astype(np.int64) - columns.start),
        "type": columns.type,
        "flags": _flags(columns, mark),
        "parties": _fitted(columns.parties),
        "x": x.astype("<u4"),
        "y": _steps(columns.lat, 90, 180),
    }
    packed = {name: _packed(name, values) for name, values in parts.items()}
    header = {
        "n": len(columns.ids),
        "base": base,
        "revision": model.revision,
        "parties": model.party_codes,
        "columns": [[name, kind] for name, (kind, _) in packed.items()],
    }
    text = json.dumps(header).encode("ascii")
    return b"".join([MAGIC, struct.pack("<I", len(text)), text, *(body for _, body in packed.values())])


def _flags(columns: EventColumns, mark: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    confidence = np.minimum(columns.confidence, 3)
    flags: npt.NDArray[np.uint8] = (
        mark | columns.vague.astype(np.uint8) << 2 | confidence << 3 | _death_class(columns) << 5
    ).astype(np.uint8)
    return flags


def _marks(columns: EventColumns) -> npt.NDArray[np.uint8]:
    near = np.where(columns.precision == 2, NEAR, PIN)
    unpinned = np.where(columns.area >= 0, AREA, UNPLACED)
    marks: npt.NDArray[np.uint8] = np.where(columns.pinned, near, unpinned).astype(np.uint8)
    return marks


def _death_class(columns: EventColumns) -> npt.NDArray[np.uint8]:
    dead = np.maximum(np.maximum(columns.low, columns.best), columns.high)
    classes: npt.NDArray[np.uint8] = np.searchsorted(DEATH_CLASSES, dead, side="right").astype(np.uint8)
    return classes


def _steps(degrees: npt.NDArray[np.float64], shift: float, span: float) -> npt.NDArray[np.uint32]:
    steps: npt.NDArray[np.uint32] = np.rint((np.nan_to_num(degrees) + shift) / span * STEPS).astype("<u4")
    return steps


def _fitted(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values in the smallest unsigned type that holds them."""
    largest = int(values.max(initial=0))
    return values.astype("<u2" if largest < 2**16 else "<u4")


def _packed(name: str, values: npt.NDArray[Any]) -> tuple[str, bytes]:
    if name in {"x", "y"}:
        return "u3", values.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return f"u{values.dtype.itemsize}", values.tobytes()
