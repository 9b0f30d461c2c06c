"""What a data folder says about its conflict: title, extent, parties, key dates, disclaimer."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from geo.errors import ServiceError
from geo.interval import parse_day

OTHER_PARTY = "other"
"""Party of an event none of whose actors is listed in ``parties.csv``."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side or mission; ``colour`` and ``edge`` are #rrggbb, ``pattern`` tells it apart in greyscale."""

    code: str
    label: str
    label_short: str
    colour: str
    edge: str
    pattern: str
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day worth jumping to."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Situation:
    """One conflict as its data folder describes it; ``extent`` is (west, south, east, north) in degrees.

    ``time_zone`` is the IANA name by which times with an offset become days.
    """

    name: str
    title: str
    first_day: date
    last_day: date
    extent: tuple[float, float, float, float]
    disclaimer: str
    name_policy: str
    boundary_view: str
    producer: str
    credits: tuple[str, ...]
    parties: tuple[Party, ...]
    key_dates: tuple[KeyDate, ...]
    time_zone: str = "UTC"

    def party(self, code: str) -> Party:
        """The party of a code; an unlisted code gets a neutral grey."""
        return next((p for p in self.parties if p.code == code), _unlisted(code))

    def parties_of(self, actors: str) -> frozenset[str]:
        """Codes of the parties whose listed actors stand in a ``;``-separated list.

        Only exact names count: which side an unlisted group belongs to is not ours to guess.
        """
        named = {actor.strip() for actor in actors.split(";")}
        found = frozenset(p.code for p in self.parties if p.actors & named)
        return found or frozenset({OTHER_PARTY})


def read_situation(data_dir: Path) -> Situation:
    """Read ``situation.toml``, ``parties.csv`` and ``key_dates.csv`` of a data folder.

    Raises
    ------
    ServiceError
        A file is missing or lacks a field.
    """
    try:
        facts = tomllib.loads((data_dir / "situation.toml").read_text("utf-8"))
        return Situation(
            name=facts["name"],
            title=facts["title"],
            first_day=parse_day(facts["first_day"]),
            last_day=parse_day(facts["last_day"]),
            extent=_extent(facts["extent"]),
            time_zone=ZoneInfo(facts.get("time_zone", "UTC")).key,
            disclaimer=facts["disclaimer"],
            name_policy=facts["name_policy"],
            boundary_view=facts["boundary_view"],
            producer=facts["producer"],
            credits=tuple(facts["credits"]),
            parties=tuple(_party(row) for row in _read_rows(data_dir / "parties.csv")),
            key_dates=tuple(
                KeyDate(parse_day(row["day"]), row["label"]) for row in _read_rows(data_dir / "key_dates.csv")
            ),
        )
    except (OSError, KeyError, ValueError) as error:
        raise ServiceError(
            f"The situation in {data_dir} cannot be read ({error}): "
            "restore situation.toml, parties.csv and key_dates.csv from the project."
        ) from error


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _extent(value: Any) -> tuple[float, float, float, float]:
    west, south, east, north = (float(number) for number in value)
    return west, south, east, north


def _party(row: Mapping[str, str]) -> Party:
    return Party(
        code=row["party"],
        label=row["label"],
        label_short=row["label_short"],
        colour=row["colour"],
        edge=row["edge"],
        pattern=row["pattern"],
        actors=frozenset(filter(None, (actor.strip() for actor in row["actors"].split("|")))),
    )


def _unlisted(code: str) -> Party:
    label = code.replace("_", " ").capitalize() or "Not stated"
    return Party(code, label, label, "#9A9A9A", "#5F5F5F", "plain", frozenset())
