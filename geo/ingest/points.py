"""Rows with a point: it is held against the country and the place that the row names."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import shapely

from geo.crs import distance_km
from geo.ingest.cases import EMPTY, FIX, KEEP, LEAVE, Cases, Ground, place_key
from geo.ingest.countries import FAR_KM, far_from_country, is_lost, likely_move, moved, rows_by_country
from geo.ingest.names import (
    Floats,
    Meaning,
    chosen_first,
    is_area,
    is_empty_word,
    is_no_name,
    nearest_meanings,
)
from geo.ingest.rows import Rows
from geo.model import Issue, Place

OWN_EXTENT_KM = 5.0
"""How far a settlement may reach from its point."""
AREA_KM = 300.0
"""How far an area without a polygon may reach from its point."""
_CODES = {"sign": "GEO-07", "swap": "GEO-04", "country": "GEO-07"}


def points_of(rows: Rows) -> tuple[Floats, Floats]:
    """Longitudes and latitudes; NaN where there is none."""
    return np.array(rows.columns["lon"], dtype=np.float64), np.array(rows.columns["lat"], dtype=np.float64)


def reject_nameless(rows: Rows, known: Collection[str]) -> None:
    """A point whose place cell says nothing cannot be checked by anybody: it is listed, not drawn."""
    names = rows.columns["toponym"]
    nameless = {name for name in set(names) if is_no_name(name)}
    if not nameless:
        return
    fix = "name the place, or answer unnamed=keep"
    rows.reject(
        {
            position: rows.issue(position, "toponym", name, "PLC-01", "no place is named", fix)
            for position, (event_id, name, lat) in enumerate(
                zip(rows.columns["event_id"], names, rows.columns["lat"], strict=True)
            )
            if lat is not None and name in nameless and event_id not in known
        }
    )


def check_countries(
    rows: Rows, joined: Sequence[str], ground: Ground, cases: Cases, answers: Mapping[str, str]
) -> bool:
    """Hold each point against the stated country; a lost sign or swapped axes are mended only by answer.

    ``joined`` is the country in which each point lies. Tells whether a point was moved or a row taken out.
    """
    lon, lat = points_of(rows)
    codes = [ground.names.country_code(text) for text in rows.columns["admin0"]]
    # Few points lie outside their country: only those are measured.
    doubtful = [code if code != found else "" for code, found in zip(codes, joined, strict=True)]
    rejected: dict[int, Issue] = {}
    moved_any = False
    for code, positions in rows_by_country(doubtful).items():
        known = positions[np.isfinite(lon[positions])]
        far = known[far_from_country(code, lon[known], lat[known], shapes=ground.shapes)]
        for position in far.tolist():
            moved_any = _contradicted(rows, position, code, ground, cases, answers, rejected) or moved_any
    rows.reject(rejected)
    return moved_any or bool(rejected)


def place_points(
    rows: Rows,
    ground: Ground,
    cases: Cases,
    answers: Mapping[str, str],
    written: dict[str, set[str]],
) -> None:
    """Give each named point the place that it lies at; a name whose places all lie elsewhere is a case.

    An answer about a name moves only points that lie far from all its places, which is what was asked.
    """
    lon, lat = points_of(rows)
    rejected: dict[int, Issue] = {}
    judged: list[tuple[Meaning, str, list[int]]] = []
    for (name, country), positions in _unplaced_groups(rows, lon).items():
        meaning = ground.names.meaning(name)
        odd = is_empty_word(name) and not _lies_in(meaning, ground.names.country_code(country))
        answer = answers.get(place_key(name, country)) or (answers.get("places", "") if odd else "")
        if answer and (odd or answer == KEEP):
            cases.answered.add(place_key(name, country))
        if answer == KEEP:
            continue
        if odd and answer:
            cases.on_points.add(place_key(name, country))
            _carry_out(rows, positions, answer, ground, rejected)
        elif odd:
            case = cases.add("empty", name, country, line=rows.lines[positions[0]], rows=len(positions))
            case.alternatives = meaning.candidates[:8]
        elif meaning.candidates:
            judged.append((meaning, country, positions))
    far = _placed(rows, judged, lon, lat, ground, written)
    for meaning, country, positions in judged:
        distances = {position: far[position] for position in positions if position in far}
        key = place_key(meaning.name, country)
        if distances and key in answers:
            cases.answered.add(key)
            cases.on_points.add(key)
            _carry_out(rows, list(distances), answers[key], ground, rejected)
        elif distances:
            _far(rows, distances, country, meaning, ground, cases, answers, rejected)
    rows.reject(rejected)


def put(rows: Rows, position: int, place: Place) -> None:
    """A settlement gives a point, anything larger only its id."""
    rows.columns["place_id"][position] = place.place_id
    rows.columns["geo_precision"][position] = 3 if is_area(place) else 1
    if not is_area(place):
        rows.columns["lat"][position], rows.columns["lon"][position] = place.lat, place.lon


def _contradicted(
    rows: Rows, position: int, code: str, ground: Ground, cases: Cases, answers: Mapping[str, str],
    rejected: dict[int, Issue],
) -> bool:  # fmt: skip
    """Carry out the answer for a point far from its country; without one it is a case, and moved as proposed."""
    lon, lat, stated = (rows.columns[name][position] for name in ("lon", "lat", "admin0"))
    move = likely_move(code, lon, lat, shapes=ground.shapes)
    if not move and not is_lost(code, lon, lat, shapes=ground.shapes):
        return False
    kind = "swap" if move == "swap" else "sign" if move else "country"
    answer = answers.get(kind, "")
    if answer not in {FIX, KEEP, LEAVE}:
        case = cases.add(kind, "", stated, line=rows.lines[position])
        case.sample = case.sample or f"{lat}, {lon}"
    if answer not in {KEEP, LEAVE} and move:
        rows.columns["lon"][position], rows.columns["lat"][position] = moved(lon, lat, move)
        rows.counts[_CODES[kind]] += 1
    if answer == LEAVE:
        reason = f"the point lies far from {stated[:60]}"
        rejected[position] = rows.issue(position, "lat", f"{lat}, {lon}", _CODES[kind], reason, "mend it")
    return bool(move) and answer not in {KEEP, LEAVE}


def _unplaced_groups(rows: Rows, lon: Floats) -> dict[tuple[str, str], list[int]]:
    """Positions of the rows that have a name and a point and no place yet, by name and country."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    columns = zip(
        rows.columns["toponym"],
        rows.columns["admin0"],
        rows.columns["place_id"],
        np.isfinite(lon),
        strict=True,
    )
    for position, (name, country, place_id, has_point) in enumerate(columns):
        if name and not place_id and has_point:
            groups[name, country].append(position)
    return groups


def _lies_in(meaning: Meaning, country: str) -> bool:
    """Whether one of the places of a name lies in the stated country: then it is a name, whatever it looks like."""
    return bool(country) and any(candidate.place.admin0 == country for candidate in meaning.candidates)


def _carry_out(
    rows: Rows, positions: Sequence[int], answer: str, ground: Ground, rejected: dict[int, Issue]
) -> None:
    for position in positions:
        name = rows.columns["toponym"][position]
        if answer == LEAVE:
            rejected[position] = rows.issue(
                position, "toponym", name, "PLC-07", "left out by answer", "mend the row"
            )
        elif answer == EMPTY:
            rows.columns["toponym"][position] = ""
        else:
            put(rows, position, ground.place(answer))


def _placed(
    rows: Rows, judged: Sequence[tuple[Meaning, str, list[int]]], lon: Floats, lat: Floats, ground: Ground,
    written: dict[str, set[str]],
) -> dict[int, float]:  # fmt: skip
    """Fill in the place of each row; gives the km to the nearest one for those that lie far from all."""
    at = np.array([position for _, _, positions in judged for position in positions], dtype=np.intp)
    whose = np.repeat(np.arange(len(judged)), [len(positions) for _, _, positions in judged])
    best, km = nearest_meanings([meaning for meaning, _, _ in judged], whose, lon[at], lat[at])
    far: dict[int, float] = {}
    places, precisions = rows.columns["place_id"], rows.columns["geo_precision"]
    for position, group, choice, distance in zip(
        at.tolist(), whose.tolist(), best.tolist(), km.tolist(), strict=True
    ):
        meaning = judged[group][0]
        place: Place | None = meaning.candidates[choice].place
        if distance > FAR_KM + OWN_EXTENT_KM:
            x, y = float(lon[position]), float(lat[position])
            place = next((c.place for c in meaning.candidates if _holds(c.place, x, y, ground)), None)
        if place is None:
            far[position] = distance
            continue
        places[position] = place.place_id
        if precisions[position] is None:
            precisions[position] = 3 if is_area(place) else 1
        written[place.place_id].add(meaning.name)
    return far


def _holds(place: Place, lon: float, lat: float, ground: Ground) -> bool:
    """Whether a point lies in or near the area that a place is."""
    if not is_area(place):
        return False
    area = ground.areas.get(place.place_id)
    if area is not None:
        way = shapely.get_coordinates(shapely.shortest_line(shapely.Point(lon, lat), area))
        return bool(distance_km([way[0, 0]], [way[0, 1]], to_lon=way[1, 0], to_lat=way[1, 1])[0] <= FAR_KM)
    if place.kind == "country":
        return not far_from_country(place.admin0, np.array([lon]), np.array([lat]), shapes=ground.shapes)[0]
    return bool(distance_km([lon], [lat], to_lon=place.lon, to_lat=place.lat)[0] <= AREA_KM)


def _far(
    rows: Rows, far: Mapping[int, float], country: str, meaning: Meaning, ground: Ground, cases: Cases,
    answers: Mapping[str, str], rejected: dict[int, Issue],
) -> None:  # fmt: skip
    """Carry out the answer for rows whose name lies elsewhere, or make the name a case."""
    name = meaning.name
    answer = answers.get("places", "")
    first = min(far)
    if answer == LEAVE:
        for position, km in far.items():
            reason = f"the point lies {km:,.0f} km from any place of this name"
            rejected[position] = rows.issue(position, "toponym", name, "PLC-07", reason, "mend name or point")
    elif answer != KEEP:
        case = cases.add("far", name, country, line=rows.lines[first], rows=len(far))
        code = ground.names.country_code(country)
        case.alternatives = tuple(chosen_first(meaning.candidates, code)[:8])
        case.km = case.km or far[first]
