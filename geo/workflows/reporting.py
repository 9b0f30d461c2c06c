"""Reports: places found in a text, and the events that a person makes of them, with the report as source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.drafting.identity import text_digest
from geo.errors import InputRefused
from geo.geoparse.decide import geo_precision
from geo.geoparse.parse import ParsedText, parse_text
from geo.geoparse.suggest import suggester
from geo.model import Candidate, ImportReport, Place, Resolution
from geo.schema import as_frame, check_frame
from geo.store.base import Change
from geo.workflows.byhand import hand_place, hand_spot
from geo.workflows.desk import Desk
from geo.workflows.placing import unplaced_count, with_admin

NOT_A_PLACE = "-"
"""Choice for a mention that is no place."""
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReportSource:
    """Where a report is from, as far as the person says; ``title`` is all that must be filled.

    ``published`` and ``accessed`` are the days of the report and of reading it; events have no columns for
    them: they are kept in the note of the change.
    """

    title: str
    publisher: str = ""
    url: str = ""
    published: date | None = None
    accessed: date | None = None

    @property
    def note(self) -> str:
        """Address and days in words, for the history."""
        days = (("published", self.published), ("accessed", self.accessed))
        told = (f"{name} {day.isoformat()}" for name, day in days if day is not None)
        return "; ".join(filter(None, (*told, self.url.strip())))


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


def parse_report(desk: Desk, text: str, *, context: Sequence[str] = ()) -> ParsedText:
    """The places of a report, read with the map of the situation in mind; nothing is saved."""
    return parse_text(
        text,
        desk.gazetteer,
        context=context,
        extent=desk.situation.extent,
        suggest=suggester(desk.settings.ner),
    )


def named_places(parsed: ParsedText, decisions: Mapping[int, str] | None = None) -> list[NamedPlace]:
    """The mentions of a report by name and reading, in the order of their first mention.

    ``decisions`` are choices by the start of a mention; mentions decided apart are places of their own.
    """
    groups: dict[tuple[str, str, str], list[Resolution]] = {}
    for resolution in parsed.resolutions:
        place = resolution.place.place_id if resolution.place else ""
        choice = (decisions or {}).get(resolution.mention.start, "")
        groups.setdefault((resolution.mention.name.casefold(), place, choice), []).append(resolution)
    return [NamedPlace(group[0].mention.name, tuple(group)) for group in groups.values()]


def chosen_place(desk: Desk, named: NamedPlace, choices: Mapping[str, str]) -> Place | None:
    """The place of a name after the person's choice; None while it is open or no place."""
    choice = choices.get(name_id(named), "")
    if choice == NOT_A_PLACE:
        return None
    if spot := hand_spot(choice):
        return hand_place(named.name, spot)
    return desk.gazetteer.place(choice) if choice else named.first.place


def precision_of(named: NamedPlace, place: Place) -> int:
    """ACLED's geo_precision of an event at this mention of the place."""
    if named.first.place is not None and named.first.place.place_id == place.place_id:
        return named.first.geo_precision
    return geo_precision(place)


def name_id(named: NamedPlace) -> str:
    """Stable key of a name within its report."""
    return f"{named.first.mention.start}"


def save_events(
    desk: Desk, text: str, rows: Sequence[Mapping[str, Any]], source: ReportSource
) -> ImportReport:
    """Save the events that a person confirmed, with the report as their source, in one transaction.

    Raises
    ------
    InputRefused
        A row breaks the schema, the report has no title, or its address is none of the web.
    """
    if not source.title.strip():
        raise InputRefused(
            "The report needs a title: an event without a source cannot be defended.", code="no_title"
        )
    if source.url.strip() and not _WEB.fullmatch(source.url.strip()):
        raise InputRefused(
            "The address must begin with https:// or http:// and hold no spaces: mend it, or leave it empty.",
            code="bad_address",
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
    digest = text_digest(text)
    receipt = desk.store.commit(
        Change(
            action="report",
            recorded_by=desk.who(),
            rows={"events": frame},
            file=source.title.strip()[:300],
            sha256=digest,
            note=source.note[:500],
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
