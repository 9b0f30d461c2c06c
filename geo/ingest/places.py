"""Where rows lie: points are checked, rows without a point are placed by name, admin columns are filled."""

from collections import defaultdict
from collections.abc import Collection, Mapping

import numpy as np

from geo.boundaries.assign import admin_words
from geo.crs import distance_km
from geo.errors import SettingError
from geo.gazetteer.normalise import mixed_scripts, name_key
from geo.ingest.cases import EMPTY, KEEP, UNPLACED, Cases, Ground, place_key
from geo.ingest.countries import FAR_KM
from geo.ingest.names import Floats, is_area, is_empty_word, is_no_name
from geo.ingest.points import (
    AREA_KM,
    OWN_EXTENT_KM,
    check_countries,
    place_points,
    points_of,
    put,
    reject_nameless,
)
from geo.ingest.reading.answers import Answers
from geo.ingest.rows import Rows
from geo.ingest.usages import Usages
from geo.model import Issue, Note, Place

_SHOWN = 5


class Placer:
    """Places batch after batch. Afterwards ``cases`` holds what is open, ``written`` which place is called how.

    ``has_names`` tells that the file has a column for place names. ``by_name`` are answers that were given
    for names in other files: they place rows without a point, and move none.
    """

    def __init__(
        self,
        ground: Ground,
        *,
        answers: Mapping[str, str],
        has_names: bool,
        by_name: Collection[str] = (),
    ) -> None:
        self.ground = ground
        self.answers = answers
        self.for_points = Answers(
            {key: answer for key, answer in answers.items() if answer == KEEP or key not in by_name}
        )
        self.usages = Usages(ground.names, self.for_points)
        self.has_names = has_names
        self.cases = Cases()
        self.written: dict[str, set[str]] = defaultdict(set)
        self.placed_by_name = 0

    def place(self, rows: Rows, *, known: Collection[str] = ()) -> None:
        """Fill place, precision and admin columns of rows; rows that cannot be used are taken out.

        ``known`` are ids of events that our own export brought back: some of them never had a name.
        """
        if self.has_names and self.answers.get("unnamed") != KEEP:
            reject_nameless(rows, known)
        rows.remarks += _mixed_letters(rows) + self._unknown_places(rows) + self._misplaced(rows)
        units = self._units(rows)
        if check_countries(rows, units[1]["admin0"], self.ground, self.cases, self.answers):
            units = self._units(rows)
        place_points(rows, units[0], self.ground, self.cases, self.usages, self.for_points, self.written)
        self._place_by_name(rows)
        if not np.array_equal(np.stack(points_of(rows)), units[0], equal_nan=True):
            units = self._units(rows)
        self._fill_admin(rows, units[1])

    def notes(self) -> list[Note]:
        """What was done to places, for people."""
        notes = []
        several = {place: names for place, names in self.written.items() if len(names) > 1}
        same = [names for names in several.values() if _is_one_name(names)]
        other = [(place, names) for place, names in several.items() if not _is_one_name(names)]
        if same:
            notes.append(Note("TXT-04", f"written in several forms of one name: {_listed(same[0])}"))
        if other:
            shown = "; ".join(f"{_listed(names)} are {place}" for place, names in other[:_SHOWN])
            notes.append(Note("PLC-03", f"several names of one place: {shown}"))
        if self.placed_by_name:
            count = self.placed_by_name
            notes.append(Note("PLC-08", f"{count} row{'s were' if count > 1 else ' was'} placed by name"))
        return notes

    def _place_by_name(self, rows: Rows) -> None:
        columns = rows.columns
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, name in enumerate(columns["toponym"]):
            if name and columns["lat"][position] is None and not columns["place_id"][position]:
                groups[name, columns["admin0"][position]].append(position)
        for (name, country), positions in groups.items():
            place = self._meant(name, country, line=rows.lines[positions[0]], count=len(positions))
            if place is None:
                rows.remarks += [_waiting(rows, position, name) for position in positions]
                continue
            for position in positions:
                put(rows, position, place)
            self.placed_by_name += len(positions)

    def _meant(self, name: str, country: str, *, line: int, count: int) -> Place | None:
        """The place of a name without a point: answered, resolved, or a case for a person."""
        answer = self.answers.get(place_key(name, country), "")
        if answer:
            self.cases.answered.add(place_key(name, country))
        if answer in {UNPLACED, KEEP, EMPTY} or is_no_name(name):
            return None
        if answer:
            return self.ground.place(answer)
        code = self.ground.names.country_code(country)
        resolution = self.ground.resolve(name, code)
        place = resolution.place
        if place is not None and is_empty_word(name) and place.admin0 != code:
            place = None  # a table that writes NA or None for nothing means no town in Italy
        if place is None:
            case = self.cases.add("open", name, country, line=line, rows=count)
            case.alternatives = resolution.alternatives[:8]
        return place

    def _unknown_places(self, rows: Rows) -> list[Issue]:
        """Remarks on ids of places that the gazetteer does not have: such a row is not drawn by its place."""
        ids = rows.columns["place_id"]
        unknown = {place_id for place_id in set(ids) - {""} if not self._is_place(place_id)}
        reason, fix = (
            "no place of the gazetteer has this id",
            "give an id of the gazetteer, or leave it empty",
        )
        return [
            rows.issue(position, "place_id", place_id, "PLC-06", reason, fix)
            for position, place_id in enumerate(ids)
            if place_id in unknown
        ]

    def _misplaced(self, rows: Rows) -> list[Issue]:
        """Remarks on points that lie far from the place whose id the file itself gives."""
        if not any(rows.columns["place_id"]):
            return []
        lon, lat = points_of(rows)
        groups: dict[str, list[int]] = defaultdict(list)
        for position, place_id in enumerate(rows.columns["place_id"]):
            if place_id and np.isfinite(lon[position]) and self._is_place(place_id):
                groups[place_id].append(position)
        remarks = []
        for place_id, positions in groups.items():
            place = self.ground.place(place_id)
            far = distance_km(lon[positions], lat[positions], to_lon=place.lon, to_lat=place.lat)
            reach = AREA_KM if is_area(place) else FAR_KM + OWN_EXTENT_KM
            remarks += [
                rows.issue(
                    p,
                    "place_id",
                    place_id,
                    "PLC-07",
                    f"the point lies {km:,.0f} km from it",
                    "mend id or point",
                )
                for p, km in zip(positions, far.tolist(), strict=True)
                if km > reach
            ]
        return remarks

    def _is_place(self, place_id: str) -> bool:
        try:
            self.ground.place(place_id)
        except SettingError:
            return False
        return True

    def _units(self, rows: Rows) -> tuple[Floats, dict[str, list[str]]]:
        """The points of the rows and the units in which they lie."""
        points = np.stack(points_of(rows))
        return points, admin_words(*points, layers=self.ground.layers)

    def _fill_admin(self, rows: Rows, units: Mapping[str, list[str]]) -> None:
        """The country as a code where it is known; country and unit from the boundaries where none is given."""
        stated = rows.columns["admin0"]
        written = {
            text: (self.ground.names.country_code(text) or text) if text else "" for text in set(stated)
        }
        rows.columns["admin0"] = [
            written[text] or found for text, found in zip(stated, units["admin0"], strict=True)
        ]
        if "" in rows.columns["admin1"]:
            rows.columns["admin1"] = [
                text or found for text, found in zip(rows.columns["admin1"], units["admin1"], strict=True)
            ]


def _waiting(rows: Rows, position: int, name: str) -> Issue:
    """A remark on a row that is taken, and stays off the map until its place is settled."""
    reason = "the name could mean several of the known places, or none"
    return rows.issue(
        position,
        "toponym",
        name,
        "PLC-06",
        reason,
        "choose one, or give lat and lon; the row waits without a place",
    )


def _mixed_letters(rows: Rows) -> list[Issue]:
    """Remarks on names such as "Ѕhusha", which look like another one and are not."""
    names = rows.columns["toponym"]
    mixed = {name for name in set(names) if not name.isascii() and mixed_scripts(name)}
    if not mixed:
        return []
    reason = "a word of the name mixes letters of several alphabets"
    return [
        rows.issue(position, "toponym", name, "TXT-02", reason, "check the name")
        for position, name in enumerate(names)
        if name in mixed
    ]


def _is_one_name(names: set[str]) -> bool:
    """Whether names differ only in letter case, encoding or invisible characters."""
    return len({name_key(name) for name in names}) == 1


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)[:_SHOWN])
