"""ViewState: everything a person chose to see, and its form as URL query parameters, by one table.

The map, the figures, the permalink and the briefing are all made from the same ViewState.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Literal

from geo import vocab
from geo.errors import SettingError
from geo.interval import plausible_day
from geo.ring import Ring, ring_of, short_number

Mode = Literal["day", "window", "since"]
MODES: tuple[Mode, ...] = ("day", "window", "since")
Display = Literal["auto", "points", "cells", "heat", "clusters"]
DISPLAYS: tuple[Display, ...] = ("auto", "points", "cells", "heat", "clusters")
"""How events are drawn; ``auto`` draws points while they can be told apart, then counts in cells."""
Colour = Literal["plain", "type", "party"]
COLOURS: tuple[Colour, ...] = ("plain", "type", "party")
LAYERS = ("zones", "presence", "lines", "posts", "events", "boundaries", "labels")
LONGEST_QUERY = 4_000
"""Characters of a link; a longer one is not read."""
_CODE = re.compile(r"[a-z0-9_-]{1,64}")
_CORNER = re.compile(r"-?\d{1,3}(\.\d{1,6})?,-?\d{1,2}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are wanted; an empty set or ring wants all. ``area`` takes events that have a point in it."""

    types: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    confidences: frozenset[str] = frozenset()
    area: Ring = ()


@dataclass(frozen=True, slots=True)
class ViewState:
    """What is shown. ``as_of`` None means the last day with data; ``days`` is the window's length.

    ``centre`` is (lon, lat, zoom) of the map, None for the situation's own extent; ``known`` is the number of
    the last change that is taken into account, None for all; ``versus`` is the day compared with;
    ``stats`` adds charts below the map.
    """

    as_of: date | None = None
    mode: Mode = "window"
    days: int = 30
    start: date | None = None
    filters: Filters = field(default_factory=Filters)
    hidden: frozenset[str] = frozenset()
    centre: tuple[float, float, float] | None = None
    picked: str = ""
    known: int | None = None
    versus: date | None = None
    display: Display = "auto"
    colour: Colour = "plain"
    stats: bool = False


def window_of(view: ViewState, *, as_of: date) -> tuple[date, date]:
    """First and last day of the closed event window of a view.

    A cumulative view without a start begins on the first representable day, so that nothing is cut.
    """
    if view.mode == "day":
        return as_of, as_of
    if view.mode == "since":
        return min(view.start or date.min, as_of), as_of
    reach = min(view.days - 1, (as_of - date.min).days)
    return as_of - timedelta(days=reach), as_of


def _read_word(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"{text[:40]!r} is not {', '.join(allowed[:-1])} or {allowed[-1]}")
        return text

    return read


def _read_flag(text: str) -> bool:
    return _read_word(("0", "1"))(text) == "1"


def _read_ring(text: str) -> Ring:
    pairs = text.split(";")
    if not all(_CORNER.fullmatch(pair) for pair in pairs):
        raise ValueError(f"{text[:40]!r} is not lon,lat;lon,lat;…")
    return ring_of([float(part) for part in pair.split(",")] for pair in pairs)


def _read_count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5 or not 1 <= int(text) <= 36_525:
        raise ValueError(f"{text[:40]!r} is not a number of days from 1 to 36525")
    return int(text)


def _read_codes(allowed: Iterable[str] | None = None) -> Callable[[str], frozenset[str]]:
    def read(text: str) -> frozenset[str]:
        given = frozenset(filter(None, text.split(",")))
        wrong = sorted(
            c for c in given if not _CODE.fullmatch(c) or (allowed is not None and c not in allowed)
        )
        if wrong:
            raise ValueError(f"{wrong[0][:40]!r} is not one of the known values")
        return given

    return read


def _read_centre(text: str) -> tuple[float, float, float]:
    parts = text.split(",")
    if len(parts) != 3 or not all(re.fullmatch(r"-?\d{1,3}(\.\d{1,6})?", part) for part in parts):
        raise ValueError(f"{text[:40]!r} is not lon,lat,zoom")
    lon, lat, zoom = (float(part) for part in parts)
    if abs(lon) > 180 or abs(lat) > 85 or not 2 <= zoom <= 18:
        raise ValueError(f"{text[:40]!r} is outside the world")
    return lon, lat, zoom


def _read_id(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise ValueError("the id is too long or not printable")
    return text


def _read_change(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise ValueError(f"{text[:40]!r} is not the number of a change")
    return int(text)


def _join(values: frozenset[str]) -> str:
    return ",".join(sorted(values))


@dataclass(frozen=True, slots=True)
class _Parameter:
    key: str
    attribute: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


PARAMETERS = (
    _Parameter("d", "as_of", plausible_day, date.isoformat),
    _Parameter("mode", "mode", _read_word(MODES), str),
    _Parameter("days", "days", _read_count, str),
    _Parameter("from", "start", plausible_day, date.isoformat),
    _Parameter("type", "types", _read_codes(vocab.codes(vocab.EVENT_TYPES)), _join),
    _Parameter("party", "parties", _read_codes(), _join),
    _Parameter("conf", "confidences", _read_codes(vocab.codes(vocab.CONFIDENCES)), _join),
    _Parameter("hide", "hidden", _read_codes(LAYERS), _join),
    _Parameter(
        "in",
        "area",
        _read_ring,
        lambda r: ";".join(",".join(short_number(v, 3) for v in corner) for corner in r),
    ),
    _Parameter("at", "centre", _read_centre, lambda c: ",".join(short_number(v, 4) for v in c)),
    _Parameter("pick", "picked", _read_id, str),
    _Parameter("known", "known", _read_change, str),
    _Parameter("vs", "versus", plausible_day, date.isoformat),
    _Parameter("show", "display", _read_word(DISPLAYS), str),
    _Parameter("colour", "colour", _read_word(COLOURS), str),
    _Parameter("stats", "stats", _read_flag, lambda _: "1"),
)
_FILTERS = {f.name for f in fields(Filters)}


def view_from_query(
    query: Mapping[str, str], *, parties: Collection[str] | None = None, last_day: date | None = None
) -> tuple[ViewState, list[str]]:
    """The view that a link asks for, and one sentence for each parameter that was ignored.

    A bad parameter never shows another period in silence: it is left out and named. ``parties`` are
    those of the situation, ``last_day`` is the day shown when the link names none.
    """
    if sum(len(k) + len(v) for k, v in query.items()) > LONGEST_QUERY:
        return ViewState(), [f"The link is longer than {LONGEST_QUERY} characters and was not read."]
    values: dict[str, Any] = {}
    notices: list[str] = []
    for parameter in PARAMETERS:
        text = query.get(parameter.key, "")
        if not text:
            continue
        try:
            values[parameter.attribute] = parameter.read(text)
        except ValueError as error:
            notices.append(f"The link's “{parameter.key}” was ignored: {error}.")
    if unknown := sorted(query.keys() - {parameter.key for parameter in PARAMETERS}):
        words = ", ".join(repr(key[:40]) for key in unknown[:3])
        notices.append(f"The map knows no {words}: that part of the link was ignored.")
    if parties is not None and not values.get("parties", frozenset()) <= set(parties):
        notices.append("The link's “party” was ignored: not all of it are parties of this situation.")
        del values["parties"]
    as_of = values.get("as_of", last_day)
    if as_of and values.get("start", as_of) > as_of:
        notices.append("The link's “from” was ignored: it is later than the day shown.")
        del values["start"]
    return _assemble(values), notices


def query_from_view(view: ViewState) -> dict[str, str]:
    """The query parameters that bring the view back; defaults are left out."""
    default = ViewState()
    query = {}
    for parameter in PARAMETERS:
        value, usual = _attribute(view, parameter.attribute), _attribute(default, parameter.attribute)
        if value != usual and value is not None:
            query[parameter.key] = parameter.write(value)
    return query


def filters_from_words(words: Iterable[str], *, parties: Collection[str] | None = None) -> Filters:
    """Filters from ``k=v`` words as on the command line (type, party, confidence; repeatable).

    Raises
    ------
    SettingError
        A word has no ``=``, an unknown key or an unknown value.
    """
    keys = {"type": ("types", "type"), "party": ("parties", "party"), "confidence": ("confidences", "conf")}
    readers = {parameter.key: parameter.read for parameter in PARAMETERS}
    chosen: dict[str, Any] = {}
    for word in words:
        key, _, value = word.partition("=")
        if key not in keys or not value:
            raise SettingError(f"--filter {word[:60]!r} is not type=…, party=… or confidence=….")
        attribute, parameter = keys[key]
        try:
            chosen[attribute] = chosen.get(attribute, frozenset()) | readers[parameter](value)
        except ValueError as error:
            raise SettingError(f"--filter {word[:60]!r}: {error}.") from error
    if parties is not None and (unknown := chosen.get("parties", frozenset()) - set(parties)):
        raise SettingError(
            f"--filter party={min(unknown)[:60]!r} is none of the parties: {', '.join(sorted(parties))}."
        )
    return Filters(**chosen)


def _assemble(values: Mapping[str, Any]) -> ViewState:
    chosen = {key: value for key, value in values.items() if key in _FILTERS}
    return ViewState(
        filters=Filters(**chosen),
        **{key: value for key, value in values.items() if key not in _FILTERS},
    )


def _attribute(view: ViewState, name: str) -> Any:
    return getattr(view.filters if name in _FILTERS else view, name)
