"""The decisions that travel between floors: frozen, typed, without behaviour that touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["resolved", "review", "not_found"]


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer; ``lon``, ``lat`` are degrees in EPSG:4326.

    ``kind`` is one of :data:`geo.vocab.PLACE_KINDS`; ``admin0`` is an ISO 3166-1 alpha-2 code;
    ``area`` names the polygon of the place as ``layer:value`` (see ``data/place_areas.csv``) and is
    empty for a place that is a point.
    """

    place_id: str
    name: str
    kind: str
    lon: float
    lat: float
    admin0: str = ""
    admin1: str = ""
    population: int = 0
    area: str = ""
    source: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. ``terms`` explains the score, term by term; higher is better."""

    place: Place
    matched_name: str
    score: float
    terms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym at a position in a text; offsets count Unicode code points, ``end`` is exclusive."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A position that is only known roughly: within ``radius_km`` of ``lon``, ``lat`` (EPSG:4326), and ``why``."""

    lon: float
    lat: float
    radius_km: float
    why: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was taken to mean, or the open question.

    ``place`` is set only when ``status`` is ``resolved``; ``confidence`` is in 0..1; ``geo_precision``
    is ACLED's code (1 town, 2 near a town, 3 region) that an event at this place would carry. ``spot`` is set where
    the text does not speak of the place itself ("12 km north of X"), and for a name that nobody lists, where the
    text's neighbouring place gives an idea of where to look.
    """

    mention: Mention
    status: Status
    place: Place | None
    method: str
    confidence: float
    geo_precision: int
    alternatives: tuple[Candidate, ...] = ()
    spot: Spot | None = None

    @property
    def best(self) -> Place | None:
        """The place, or the first reading of an open name; None where there is neither."""
        return self.place or next((candidate.place for candidate in self.alternatives), None)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong in one row: where, what, why and what to do.

    ``line`` is the file's physical line, the sheet's row or the feature's number; ``code`` is one of
    :data:`geo.problems.PROBLEMS`.
    """

    line: int
    column: str
    value: str
    code: str
    reason: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a whole file that the person is told.

    ``weight`` is ``said`` (nothing was altered), ``normalised`` (the file was read in another form than
    it was written) or ``incomplete`` (part of the file may be missing).
    """

    code: str
    text: str
    weight: Literal["said", "normalised", "incomplete"] = "normalised"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a question offers; ``sample`` shows what the file would then say."""

    value: str
    label: str
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can say; nothing is written before it is answered.

    An answer is given under ``key``. Until then the preview shows the file as if ``proposed`` had been
    answered, so that the person sees what the answer changes. ``free`` takes answers beyond the options.
    """

    key: str
    code: str
    text: str
    options: tuple[Option, ...] = ()
    proposed: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The ledger of an import: read = added + changed + unchanged + rejected."""

    file: str
    sha256: str
    outcome: str
    read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    unplaced: int
    issues: tuple[Issue, ...] = ()
    normalised: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    question: str = ""
    import_id: str | None = None
    format: str = ""
    family: str = ""

    def __post_init__(self) -> None:
        counted = self.added + self.changed + self.unchanged + self.rejected
        if self.read != counted:
            raise ValueError(f"{self.file}: {self.read} rows read but {counted} accounted for")
