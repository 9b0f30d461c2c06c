"""What a sheet states about itself, and what is found missing."""

from dataclasses import dataclass
from datetime import date, datetime

from geo.briefing.projection import Extent
from geo.briefing.words import SourceList


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a sheet must carry and does not."""

    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a sheet; ``made_at`` is aware, ``extent`` is (west, south, east, north) in degrees."""

    title: str
    situation: str
    as_of: date
    first: date
    made_at: datetime
    marking: str
    number: str
    version: str
    producer: str
    crs: str
    page: str
    extent: Extent
    permalink: str
    revision: int
    disclaimer: str
    name_policy: str
    boundary_view: str
    credits: tuple[str, ...]
    sources: SourceList
    precision: str
    filters: str
    hidden_layers: tuple[str, ...]
