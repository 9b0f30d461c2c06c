"""Coordinates as the field writes them: degrees, decimal commas, degrees-minutes-seconds. All or nothing."""

import re
from dataclasses import dataclass

from geo.ingest.badcell import BadCell

_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?(e-\d{1,3})?", re.ASCII)
"""Programs write a hundred-thousandth of a degree as 1e-05; an exponent that makes it larger is a slip."""
_SIDED = re.compile(r"(?P<d>\d{1,3}(?:[.,]\d{1,20})?)\s?°?\s?(?P<h>[NSEW])", re.ASCII)
_COMMA = re.compile(r"[+-]?\d{1,3},\d{1,20}", re.ASCII)
_DMS = re.compile(
    r"(?P<h1>[NSEW])?\s?(?P<d>\d{1,3})\s?[°d\s]\s?(?P<m>\d{1,2}(?:\.\d+)?)\s?['′’m\s]?\s?"
    r"(?:(?P<s>\d{1,2}(?:\.\d+)?)\s?(?:\"|″|”|''|s)?)?\s?(?P<h2>[NSEW])?",
    re.ASCII,
)
_GRID = re.compile(
    r"\d{1,2}[C-HJ-NP-X](?:\s?[A-HJ-NP-Z]{2}\s?\d{1,5}\s?\d{0,5}|\s\d{5,7}(?:\.\d+)?\s\d{6,8}.*)", re.ASCII
)
_LARGE = re.compile(r"[+-]?\d{4,9}([.,]\d+)?", re.ASCII)
LONGEST = 64
LIMITS = {"lat": 90.0, "lon": 180.0}
_SIDES = {"lat": "NS", "lon": "EW"}


@dataclass(frozen=True, slots=True)
class Degrees:
    """A coordinate in degrees; ``code`` names how it had to be read, empty for a plain number."""

    value: float
    code: str = ""


def read_degrees(text: str, axis: str) -> Degrees:
    """The degrees of a cell; ``axis`` is lat or lon. A value outside the world is refused.

    Raises
    ------
    BadCell
        The text is no coordinate, or one that cannot be on Earth.
    """
    if len(text) > LONGEST:
        raise BadCell("GEO-01", f"a coordinate has at most {LONGEST} characters")
    degrees = _read(text, axis)
    if abs(degrees.value) > LIMITS[axis]:
        if abs(degrees.value) > 360:
            raise _projected()
        name = "latitude" if axis == "lat" else "longitude"
        raise BadCell("GEO-02", f"no {name} is beyond {LIMITS[axis]:.0f} degrees", "check number and order")
    return degrees


def _read(text: str, axis: str) -> Degrees:
    if _DEGREES.fullmatch(text):
        return Degrees(float(text))
    if _COMMA.fullmatch(text):
        return Degrees(float(text.replace(",", ".")), "GEO-05")
    if match := _SIDED.fullmatch(text):
        return Degrees(_signed(float(match["d"].replace(",", ".")), match["h"], axis), "GEO-08")
    if match := _DMS.fullmatch(text):
        return Degrees(_from_parts(match, axis), "GEO-08")
    if _GRID.fullmatch(text) or _LARGE.fullmatch(text):
        raise _projected()
    if any(mark in text for mark in ",.' \u00a0\u202f") and re.fullmatch(r"[-+\d.,' \u00a0\u202f’]+", text):
        raise BadCell(
            "GEO-05", "separators that cannot be told apart", "write 39.8153 with one decimal point"
        )
    raise BadCell("GEO-01", "not a number of degrees", "write 39.8153 with a decimal point")


def _from_parts(match: re.Match[str], axis: str) -> float:
    minutes, seconds = float(match["m"]), float(match["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise BadCell("GEO-01", "minutes and seconds are below 60", "write 39°48'55\"N or 39.8153")
    if (match["h1"] is None) == (match["h2"] is None):
        raise BadCell("GEO-01", "degrees and minutes need one of N, S, E, W", "write 39°48'55\"N or 39.8153")
    value = int(match["d"]) + minutes / 60 + seconds / 3600
    return _signed(value, match["h1"] or match["h2"], axis)


def _signed(value: float, side: str, axis: str) -> float:
    if side not in _SIDES[axis]:
        name = "latitude" if axis == "lat" else "longitude"
        raise BadCell(
            "GEO-01", f"{side} is no side of a {name}", "put latitude and longitude in their columns"
        )
    return -value if side in "SW" else value


def _projected() -> BadCell:
    return BadCell(
        "GEO-06", "projected metres or a grid reference, not degrees", "convert the points to EPSG:4326 first"
    )
