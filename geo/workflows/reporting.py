"""Reports: places found in a text, and the events that a person makes of them, with the report as source."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.errors import InputRefused
from geo.geoparse.dates import report_days
from geo.geoparse.parse import ParsedText, geo_precision, parse_text
from geo.model import Candidate, ImportReport, Place, Resolution
from geo.schema import as_frame, check_frame
from geo.settings import MAX_REPORT_CHARACTERS
from geo.store.base import Change
from geo.workflows.desk import Desk
from geo.workflows.placing import unplaced_count, with_admin

NOT_A_PLACE = "-"
"""Choice for a mention that is no place."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+|\n\s*\n")
_LINE_END = re.compile(rf"{_SENTENCE_END.pattern}|\n")
_LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class ReportSource:
    """Where a report is from, as far as the person says; ``title`` is all that must be filled."""

    title: str
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """One name of a report: where it stands and what it was taken to mean."""

    name: str
    resolutions: tuple[Resolution, ...]

    @property
    def first(self) -> Resolution:
        """The first mention; one name means one place throughout a report."""
        return self.resolutions[0]

    @property
    def options(self) -> tuple[Candidate, ...]:
        """What it may mean, best first."""
        return self.first.alternatives


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that a person may save: place, day and type are theirs to set; ``evidence`` is the sentence."""

    event_id: str
    name: str
    place: Place
    event_date: date | None
    geo_precision: int
    evidence: str


def report_text(content: bytes, *, name: str) -> str:
    """The text of a .txt or .md file.

    Raises
    ------
    InputRefused
        The file is not UTF-8 text, is empty or too long.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"{name} is not UTF-8 text: save it as plain text (UTF-8) or paste it.", code="encoding"
        ) from error
    return checked_text(text, name=name)


def checked_text(text: str, *, name: str = "The report") -> str:
    """The text with one kind of line end.

    Raises
    ------
    InputRefused
        It is empty or too long.
    """
    if not text.strip():
        raise InputRefused(f"{name} is empty: paste the report's text.", code="CSV-07")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputRefused(
            f"{name} holds a NUL character in line {line}: export it again as text.", code="ENC-06"
        )
    if len(text) > MAX_REPORT_CHARACTERS:
        raise InputRefused(
            f"{name} has {len(text):,} characters, {MAX_REPORT_CHARACTERS:,} are allowed: split it.",
            code="too_long",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_report(desk: Desk, text: str, *, context: Sequence[str] = ()) -> ParsedText:
    """The places of a report; nothing is saved."""
    return parse_text(text, desk.gazetteer, context=context)


def named_places(parsed: ParsedText) -> list[NamedPlace]:
    """The mentions of a report by name and reading, in the order of their first mention."""
    groups: dict[tuple[str, str], list[Resolution]] = {}
    for resolution in parsed.resolutions:
        place = resolution.place.place_id if resolution.place else ""
        groups.setdefault((resolution.mention.name.casefold(), place), []).append(resolution)
    return [NamedPlace(group[0].mention.name, tuple(group)) for group in groups.values()]


def drafts(desk: Desk, text: str, places: Sequence[NamedPlace], choices: Mapping[str, str]) -> list[Draft]:
    """One draft for each place that was found or chosen and can be drawn; a country says too little.

    ``choices`` maps a name's key (see :func:`name_id`) to a place_id or to :data:`NOT_A_PLACE`.
    """
    digest = report_digest(text)
    days = report_days(text)
    proposed = days[0] if days else None
    made: dict[str, Draft] = {}
    for named in places:
        place = chosen_place(desk, named, choices)
        if place is None or place.kind in {"country", "continent"} or place.place_id in made:
            continue
        start = named.first.mention.start
        made[place.place_id] = Draft(
            event_id=f"R-{digest[:10]}-{start}",
            name=named.name,
            place=place,
            event_date=proposed,
            geo_precision=precision_of(named, place),
            evidence=sentence_at(text, start),
        )
    return list(made.values())


def chosen_place(desk: Desk, named: NamedPlace, choices: Mapping[str, str]) -> Place | None:
    """The place of a name after the person's choice; None while it is open or no place."""
    choice = choices.get(name_id(named), "")
    if choice == NOT_A_PLACE:
        return None
    return desk.gazetteer.place(choice) if choice else named.first.place


def precision_of(named: NamedPlace, place: Place) -> int:
    """ACLED's geo_precision of an event at this mention of the place."""
    if named.first.place is not None and named.first.place.place_id == place.place_id:
        return named.first.geo_precision
    return geo_precision(place)


def name_id(named: NamedPlace) -> str:
    """Stable key of a name within its report."""
    return f"{named.first.mention.start}"


def report_digest(text: str) -> str:
    """SHA-256 of a report's text: the same report gives the same events."""
    return hashlib.sha256(text.encode()).hexdigest()


def sentence_at(text: str, position: int) -> str:
    """The sentence around a position, without line breaks; at most :data:`_LONGEST_SENTENCE` characters."""
    # Pasted reports often have no blank lines; then each line is a paragraph.
    ending = _SENTENCE_END if "\n\n" in text else _LINE_END
    reach = max(0, position - _LONGEST_SENTENCE)
    ends = [match.end() for match in ending.finditer(text, reach, position)]
    stop = ending.search(text, position)
    sentence = " ".join(text[ends[-1] if ends else reach : stop.end() if stop else len(text)].split())
    return sentence if len(sentence) <= _LONGEST_SENTENCE else f"{sentence[: _LONGEST_SENTENCE - 1]}…"


def save_events(
    desk: Desk, text: str, rows: Sequence[Mapping[str, Any]], source: ReportSource
) -> ImportReport:
    """Save the events that a person confirmed, with the report as their source, in one transaction.

    Raises
    ------
    InputRefused
        A row breaks the schema, or the report has no title.
    """
    if not source.title.strip():
        raise InputRefused(
            "The report needs a title: an event without a source cannot be defended.", code="no_title"
        )
    words = "; ".join(filter(None, (source.title.strip(), source.publisher.strip())))
    frame = as_frame(
        "events", [{**row, "source_name": words, "source_url": source.url.strip()} for row in rows]
    )
    issues = check_frame("events", frame, lines=frame.index.to_series() + 1)
    if issues:
        first = issues[0]
        raise InputRefused(f"Event {first.line}: {first.reason}; nothing was saved.", code=first.code)
    frame = with_admin(desk, frame)
    digest = report_digest(text)
    receipt = desk.store.commit(
        Change(
            action="report",
            recorded_by=desk.settings.user,
            rows={"events": frame},
            file=source.title.strip()[:200],
            sha256=digest,
            note=source.url.strip()[:500],
        )
    )
    return ImportReport(
        file=source.title.strip(),
        sha256=digest,
        outcome="ACCEPT",
        read=len(frame),
        added=receipt.added["events"],
        changed=receipt.changed["events"],
        unchanged=receipt.unchanged["events"],
        rejected=0,
        unplaced=unplaced_count(desk, frame),
        import_id=receipt.import_id,
    )
