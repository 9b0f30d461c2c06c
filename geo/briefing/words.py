"""Fixed words of a sheet: days, times, markings, sources and what must be said about precision."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import geopandas as gpd

from geo.briefing.text import clean

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TLP = {
    "TLP:CLEAR": "#FFFFFF",
    "TLP:GREEN": "#33FF00",
    "TLP:AMBER": "#FFC000",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:RED": "#FF2B2B",
}
"""The words of the Traffic Light Protocol 2.0 (FIRST, 2022), each with the colour that it prescribes on black."""
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s:;?#]+)\S*")
_ACCURACY = re.compile(r"(?:\+-|±)\s?(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))? ?km")
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class SourceList:
    """Distinct sources, and the days on which the rows of zones, lines and posts were recorded."""

    names: tuple[str, ...]
    recorded_first: str
    recorded_last: str
    rows_without: int


def day_words(day: date, *, weekday: bool = False) -> str:
    """``Fri 1 Jan 2021``, the same in every locale."""
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {words}" if weekday else words


def moment_words(moment: datetime) -> str:
    """``1 Jan 2021, 14:05 UTC``."""
    at = moment.astimezone(UTC)
    return f"{day_words(at.date())}, {at:%H:%M} UTC"


def as_of_words(as_of: date) -> str:
    """The end of the day, since what changed on a day holds from that day."""
    return f"Situation as of {day_words(as_of, weekday=True)}, 23:59 UTC"


def window_words(first: date, as_of: date) -> str:
    """The window of events and its length."""
    if first == date.min:
        return f"events up to {day_words(as_of)}"
    days = (as_of - first).days + 1
    if days == 1:
        return f"events of {day_words(as_of)}"
    return f"events {day_words(first)} – {day_words(as_of)} ({days:,} days)".replace(",", "\u202f")


def sources_of(frames: Iterable[gpd.GeoDataFrame], events: Sequence[str]) -> SourceList:
    """Sources of the rows that are shown, most used first; addresses by their host."""
    counts: dict[str, int] = {}
    recorded: list[str] = []
    without = 0
    for frame in frames:
        recorded += [str(moment)[:10] for moment in frame["recorded_at"] if moment]
        for source in frame["source"]:
            named = source_names(source or "")
            without += not named
            for name in named:
                counts[name] = counts.get(name, 0) + 1
    for name in (name for source in events for name in source_names(source)):
        counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return SourceList(tuple(ordered), min(recorded, default=""), max(recorded, default=""), without)


def source_names(source: str) -> list[str]:
    """Who stands in a ``;``-separated list: a name, or the host of an address without one."""
    names = []
    for part in source.split(";"):
        hosts = _ADDRESS.findall(part)
        words = clean(_ASIDE.sub("", _ADDRESS.sub("", part))).strip(" ,.-()").replace(" :", ":")
        names += [words] if words and not hosts else [clean(host) for host in hosts]
    return list(dict.fromkeys(name for name in names if name))


def precision_words(accuracies: Iterable[str], *, near: bool) -> str:
    """How exact the ground and the places are, from what the rows say of themselves."""
    texts = [text for text in accuracies if text]
    figures = [float(b or a) for text in texts for a, b in _ACCURACY.findall(text)]
    lowest = [float(a) for text in texts for a, _ in _ACCURACY.findall(text)]
    words = "Outlines of zones and lines are approximate."
    if figures:
        low, high = min(lowest), max(figures)
        span = f"{high:g}" if low == high else f"{low:g}–{high:g}"
        words = f"Outlines of zones and lines are approximate: ±{span} km where stated."
    if near:
        words += " A dashed ring marks a place known to about 5 km."
    return words


def recorded_words(sources: SourceList) -> str:
    """When the rows of the ground were recorded; empty when nothing says so."""
    if not sources.recorded_last:
        return ""
    first, last = (
        day_words(date.fromisoformat(day)) for day in (sources.recorded_first, sources.recorded_last)
    )
    return (
        f"Zones, lines and posts recorded {last}."
        if first == last
        else f"Zones, lines and posts recorded {first} – {last}."
    )
