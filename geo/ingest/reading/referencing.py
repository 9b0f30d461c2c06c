"""In which coordinate reference system a layer's numbers are; runs in the worker."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geo.errors import SettingError
from geo.ingest.reading.answers import answer_to
from geo.ingest.reading.labels import shown
from geo.model import Note, Option, Question

Shapes = npt.NDArray[np.object_]
DEGREES = "EPSG:4326"
_EPSG = re.compile(r"(?:EPSG:)?(\d{4,6})", re.IGNORECASE)
_WKT = re.compile(
    r"\s*(PROJCS|GEOGCS|PROJCRS|GEOGCRS|GEODCRS|COMPD_CS|COMPOUNDCRS|BOUNDCRS)\s*\[", re.IGNORECASE
)
_ALMOST = 1e-6
"""Degrees by which a bound may stand over the edge of the world for rounding."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a layer says of its system, as WKT or EPSG code; ``doubt`` says why that is not believed at all.

    ``code`` is the kind of problem that is told when the numbers are converted or the system is asked for.
    """

    text: str
    doubt: str = ""
    code: str = "SHP-02"


@dataclass(frozen=True, slots=True)
class Reference:
    """The system to read the layer in, None while nobody can tell; with what to say and ask."""

    crs: CRS | None
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()


def reference_of(
    declared: Declaration, shapes: Shapes, *, name: str, answers: Mapping[str, str]
) -> Reference:
    """The system that the layer declares, if its numbers can be in it; else a question.

    Raises
    ------
    SettingError
        The answer ``crs`` is no EPSG code that is known.
    """
    bounds = _bounds(shapes)
    crs = _parsed(declared.text)
    if crs is not None and not declared.doubt and "crs" not in answers and _fits(crs, bounds):
        return _converted(crs, declared.code)
    text = f"{shown(name)}: {declared.doubt or _why(declared.text, crs)}. {_numbers(bounds)}"
    question = _question(crs, bounds, text=text, code=declared.code)
    answer = answer_to(question, answers)
    if answer is None:
        return Reference(_parsed(question.proposed), questions=(question,))
    return _converted(_answered(answer), declared.code)


def _converted(crs: CRS, code: str) -> Reference:
    if same_as_degrees(crs):
        return Reference(CRS(DEGREES))
    text = f"the coordinates were converted from {shown(crs.name)} to degrees ({DEGREES})"
    return Reference(crs, notes=(Note(code, text),))


def in_degrees(shapes: Shapes, crs: CRS | None) -> Shapes:
    """The shapes in EPSG:4326; as they are when the system is not known."""
    if crs is None or same_as_degrees(crs):
        return shapes
    transformer = Transformer.from_crs(crs, DEGREES, always_xy=True)

    def moved(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    done: Shapes = shapely.transform(shapes, moved)
    return done


def same_as_degrees(crs: CRS) -> bool:
    """Whether the system is WGS 84 by longitude and latitude, however it is written."""
    return bool(crs.is_geographic) and crs.to_epsg(min_confidence=70) == 4326


def looks_like_degrees(bounds: Sequence[float]) -> bool:
    """Whether all numbers could be longitudes and latitudes."""
    return bool(degrees_among(np.array([bounds], float))[0])


def degrees_among(bounds: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """For each row of west, south, east, north whether the numbers could be longitudes and latitudes."""
    x, y = np.abs(bounds[:, [0, 2]]), np.abs(bounds[:, [1, 3]])
    inside = np.column_stack([x <= 180 + _ALMOST, y <= 90 + _ALMOST])
    return np.asarray(inside.all(axis=1), bool)


def is_wkt(text: str) -> bool:
    """Whether the text begins as a description of a system does; addresses and file names do not."""
    return bool(_WKT.match(text))


def epsg_in(text: str) -> str:
    """The EPSG code in a name such as ``urn:ogc:def:crs:EPSG::32638``, or nothing."""
    if re.search(r"CRS:?84\b", text, re.IGNORECASE):
        return DEGREES
    found = re.search(r"EPSG:+(?:[\d.]*:)?(\d{4,6})\b", text, re.IGNORECASE)
    return f"EPSG:{found[1]}" if found else ""


def _bounds(shapes: Shapes) -> tuple[float, float, float, float]:
    if not len(shapes) or np.isnan(bounds := shapely.total_bounds(shapes)).any():
        return 0.0, 0.0, 0.0, 0.0
    west, south, east, north = (float(bound) for bound in bounds)
    return west, south, east, north


def _parsed(declared: str) -> CRS | None:
    """Only WKT and EPSG codes reach PROJ: its other forms may be addresses or paths."""
    try:
        if _EPSG.fullmatch(declared):
            return CRS.from_epsg(int(declared.upper().removeprefix("EPSG:")))
        return CRS.from_wkt(declared) if is_wkt(declared) else None
    except CRSError:
        return None


def _fits(crs: CRS, bounds: Sequence[float]) -> bool:
    """Whether numbers like these can be in the system: metres are not as small as degrees, and stay on Earth."""
    if crs.is_geographic:
        return looks_like_degrees(bounds)
    if looks_like_degrees(bounds) and any(bounds):
        return False
    west, south, east, north = bounds
    try:
        x, y = Transformer.from_crs(crs, DEGREES, always_xy=True).transform([west, east], [south, north])
    except ProjError:
        return False
    return bool(np.isfinite([*x, *y]).all())


def _why(declared: str, crs: CRS | None) -> str:
    if crs is not None:
        return f"it says {shown(crs.name)}, but its numbers cannot be in that system"
    return (
        "its coordinate reference system cannot be read"
        if declared
        else "it does not say its coordinate reference system"
    )


def _question(crs: CRS | None, bounds: Sequence[float], *, text: str, code: str) -> Question:
    sample = f"from {_listed(bounds)}"
    options = []
    if looks_like_degrees(bounds):
        options.append(Option(DEGREES, "degrees of longitude and latitude (WGS 84)", sample))
    if crs is not None and (epsg := crs.to_epsg()) and f"EPSG:{epsg}" != DEGREES and _fits(crs, bounds):
        options.append(Option(f"EPSG:{epsg}", f"{shown(crs.name)}, as the file says", sample))
    proposed = options[0].value if options else ""
    return Question("crs", code, text, tuple(options), proposed=proposed, free=True)


def _numbers(bounds: Sequence[float]) -> str:
    numbers = _listed(bounds)
    return f"Its numbers go from {numbers} (west, south, east, north): which EPSG code are they in?"


def _listed(bounds: Sequence[float]) -> str:
    return ", ".join(f"{bound:.6g}" for bound in bounds)


def _answered(answer: str) -> CRS:
    crs = _parsed(answer)
    if crs is None:
        raise SettingError(
            f"“{shown(answer, longest=40)}” does not answer crs: write an EPSG code, such as EPSG:32638."
        )
    return crs
