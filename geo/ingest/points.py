"""Rows with a point: it is held against the country and the place that the row names."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import compress

import numpy as np
import shapely

from geo.boundaries.assign import NOWHERE
from geo.boundaries.grid import Numbers
from geo.crs import distance_km
from geo.ingest.cases import EMPTY, FIX, KEEP, LEAVE, Cases, Ground
from geo.ingest.countries import (
    FAR_KM,
    far_from_country,
    far_from_own_country,
    is_lost,
    likely_move,
    moved,
)
from geo.ingest.names import (
    MOST_CANDIDATES,
    Floats,
    Meaning,
    chosen_first,
    is_area,
    is_no_name,
    nearest_meanings,
)
from geo.ingest.rows import Rows
from geo.ingest.usages import Usage, Usages
from geo.model import Issue, Place

OWN_EXTENT_KM = 5.0
"""How far a settlement may reach from its point."""
AREA_KM = 300.0
"""How far an area without a polygon may reach from its point."""
_CODES = {"sign": "GEO-07", "swap": "GEO-04", "country": "GEO-07"}


def points_of(rows: Rows, positions: Sequence[int] | None = None) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of the rows, or of some of them; NaN where there is none."""
    lon, lat = rows.columns["lon"], rows.columns["lat"]
    if positions is not None:
        lon, lat = [lon[position] for position in positions], [lat[position] for position in positions]
    return np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)


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
    stated = rows.columns["admin0"]
    code_of = {text: ground.names.country_code(text) for text in set(stated)}
    # Few points lie outside their country: only those are looked at.
    pairs = zip(stated, joined, strict=True)
    doubtful = [
        position for position, (text, found) in enumerate(pairs) if code_of[text] != found and code_of[text]
    ]
    lon, lat = points_of(rows, doubtful)
    has_point = np.isfinite(lon).tolist()
    doubtful = list(compress(doubtful, has_point))
    codes = [code_of[stated[position]] for position in doubtful]
    lon, lat = lon[has_point], lat[has_point]
    far = far_from_own_country(codes, lon, lat, shapes=ground.shapes, layers=ground.layers).tolist()
    rejected: dict[int, Issue] = {}
    moved_any = False
    for code, position in sorted(compress(zip(codes, doubtful, strict=True), far)):
        moved_any = _contradicted(rows, position, code, ground, cases, answers, rejected) or moved_any
    rows.reject(rejected)
    return moved_any or bool(rejected)


def place_points(
    rows: Rows,
    points: Floats,
    ground: Ground,
    cases: Cases,
    usages: Usages,
    answers: Mapping[str, str],
    written: dict[str, set[str]],
) -> None:
    """Give each named point the place that it lies at; a name whose places all lie elsewhere is a case.

    ``points`` are the longitudes and latitudes of the rows. An answer about a name moves only points that lie
    far from all its places, which is what was asked.
    """
    lon, lat = points
    rejected: dict[int, Issue] = {}
    at, used, sizes = _unplaced(rows, lon, usages)
    judged = [usage for usage in used if usage.is_judged]
    is_judged = np.array([usage.is_judged for usage in used], dtype=bool)
    if len(judged) < len(used):
        for usage, positions in zip(used, np.split(at, np.cumsum(sizes)[:-1]), strict=True):
            if not usage.is_judged:
                _settle(rows, positions.tolist(), usage, ground, cases, rejected)
    far = _placed(rows, at[np.repeat(is_judged, sizes)], judged, sizes[is_judged], lon, lat, ground, written)
    for number, distances in far.items():
        usage = judged[number]
        if usage.key in answers:
            cases.answered.add(usage.key)
            cases.on_points.add(usage.key)
            _carry_out(rows, list(distances), answers[usage.key], ground, rejected)
        else:
            _far(rows, distances, usage.country, usage.meaning, ground, cases, answers, rejected)
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


def _unplaced(rows: Rows, lon: Floats, usages: Usages) -> tuple[Numbers, list[Usage], Numbers]:
    """The rows that have a name and a point and no place yet, usage by usage.

    Their positions, the usages in the order in which they were met, and how many rows each has.
    """
    names, countries, place_ids = (rows.columns[name] for name in ("toponym", "admin0", "place_id"))
    has_point = np.isfinite(lon).tolist()
    wanted = [
        bool(name) and not place_id and point
        for name, place_id, point in zip(names, place_ids, has_point, strict=True)
    ]
    pairs = zip(compress(names, wanted), compress(countries, wanted), strict=True)
    numbers = np.array(usages.numbers(pairs), dtype=np.intp)
    used, first, which, sizes = np.unique(numbers, return_index=True, return_inverse=True, return_counts=True)
    met = np.argsort(first)
    at = np.flatnonzero(wanted)[np.argsort(first[which], kind="stable")]
    return at, [usages.of(number) for number in used[met].tolist()], sizes[met]


def _settle(
    rows: Rows, positions: Sequence[int], usage: Usage, ground: Ground, cases: Cases, rejected: dict[int, Issue]
) -> None:  # fmt: skip
    """Carry out the answer about a name that is not held against its places, or make it a case."""
    if usage.answer and (usage.is_odd or usage.answer == KEEP):
        cases.answered.add(usage.key)
    if usage.answer == KEEP or not usage.is_odd:
        return
    if usage.answer:
        cases.on_points.add(usage.key)
        _carry_out(rows, positions, usage.answer, ground, rejected)
        return
    name = usage.meaning.name
    case = cases.add("empty", name, usage.country, line=rows.lines[positions[0]], rows=len(positions))
    case.alternatives = usage.meaning.candidates[:8]


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
    rows: Rows, at: Numbers, judged: Sequence[Usage], sizes: Numbers, lon: Floats, lat: Floats, ground: Ground,
    written: dict[str, set[str]],
) -> dict[int, dict[int, float]]:  # fmt: skip
    """Fill in the place of each row, usage by usage; gives the km to the nearest one for those far from all."""
    whose = np.repeat(np.arange(len(judged)), sizes)
    best, km = nearest_meanings([usage.meaning for usage in judged], whose, lon[at], lat[at])
    far: dict[int, dict[int, float]] = defaultdict(dict)
    for number in np.flatnonzero(km > FAR_KM + OWN_EXTENT_KM).tolist():
        group, position = int(whose[number]), int(at[number])
        best[number] = _holding(judged[group].meaning, float(lon[position]), float(lat[position]), ground)
        if best[number] == NOWHERE:
            far[group][position] = float(km[number])
    placed = best != NOWHERE
    # Many rows of a name lie at the same place: each of its places is looked at once.
    chosen, first, which = np.unique(
        whose[placed] * MOST_CANDIDATES + best[placed], return_index=True, return_inverse=True
    )
    meanings = [judged[group].meaning for group in (chosen // MOST_CANDIDATES).tolist()]
    choices = (chosen % MOST_CANDIDATES).tolist()
    places = [meaning.candidates[choice].place for meaning, choice in zip(meanings, choices, strict=True)]
    for number in np.argsort(first).tolist():
        written[places[number].place_id].add(meanings[number].name)
    ids, precisions = [place.place_id for place in places], [3 if is_area(place) else 1 for place in places]
    place_id, geo_precision = rows.columns["place_id"], rows.columns["geo_precision"]
    for position, number in zip(at[placed].tolist(), which.tolist(), strict=True):
        place_id[position] = ids[number]
        if geo_precision[position] is None:
            geo_precision[position] = precisions[number]
    return far


def _holding(meaning: Meaning, lon: float, lat: float, ground: Ground) -> int:
    """Number of the first candidate whose area holds the point, NOWHERE if there is none."""
    holding = (
        choice
        for choice, candidate in enumerate(meaning.candidates)
        if _holds(candidate.place, lon, lat, ground)
    )
    return next(holding, NOWHERE)


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
