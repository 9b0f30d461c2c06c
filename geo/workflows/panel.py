"""What stands beside the map: control, events, deaths and posts of a snapshot, ready to be written as text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from geo import vocab
from geo.layers.words import deaths_short
from geo.situation import Situation
from geo.snapshot import Snapshot, control_on
from geo.view import Filters
from geo.workflows.desk import Desk
from geo.workflows.onetown import one_town_warning

LONGEST_LIST = 200
CONTESTED = {"label": "Contested", "colour": "#D55E00", "edge": "#A34700", "pattern": "cross"}
THIN_SPACE = "\N{THIN SPACE}"


def panel_data(
    desk: Desk, snapshot: Snapshot, *, picked: int = -1, comparison: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The panel's JSON: figures of the day, what changed since another day, the newest events of the window."""
    return {
        "comparison": comparison,
        "as_of": day_words(snapshot.as_of),
        "since": "" if snapshot.first == date.min else day_words(snapshot.first),
        "control": _control(desk, snapshot) if snapshot.control_km2 else [],
        "window": _window(snapshot) | {"warning": one_town_warning(desk, snapshot)},
        "posts": _posts(snapshot, desk.situation),
        "events": _events(desk, snapshot),
        "more": _more(snapshot.events_shown),
        "empty": _empty(snapshot),
        "picked": picked,
    }


def number_words(value: float) -> str:
    """``11 633`` with thin spaces between thousands."""
    return f"{value:,.0f}".replace(",", THIN_SPACE)


def day_words(day: date) -> str:
    """``20 Dec 2020``."""
    return f"{day.day} {day:%b %Y}"


def _control(desk: Desk, snapshot: Snapshot) -> list[dict[str, Any]]:
    """One row a party and one for contested ground, with the change since the window's first day."""
    before, contested = (
        (snapshot.areas_km2, snapshot.contested_km2)
        if snapshot.first == date.min  # "all events so far" has no first day to compare with
        else control_on(desk.model(snapshot.revision), snapshot.first)
    )
    total = snapshot.control_km2 or 1.0
    rows = []
    for code, km2 in sorted(snapshot.areas_km2.items(), key=lambda item: -item[1]):
        party = desk.situation.party(code)
        looks = {"label": party.label, "colour": party.colour, "edge": party.edge, "pattern": party.pattern}
        rows.append(looks | _area(km2, before.get(code, 0.0), total))
    return [*rows, CONTESTED | _area(snapshot.contested_km2, contested, total)]


def _area(km2: float, before: float, total: float) -> dict[str, Any]:
    change = round(km2 - before)
    sign = "+" if change > 0 else "−"
    return {
        "km2": km2,
        "km2_words": number_words(km2),
        "share": km2 / total,
        "share_words": f"{km2 / total:.0%}",
        "change_words": f"{sign}{number_words(abs(change))}" if change else "0",
    }


def _window(snapshot: Snapshot) -> dict[str, str]:
    f = snapshot.fatalities
    span = (
        day_words(snapshot.as_of)
        if snapshot.first == snapshot.as_of
        else f"{day_words(snapshot.first)} to {day_words(snapshot.as_of)}"
        if snapshot.first != date.min
        else f"up to {day_words(snapshot.as_of)}"
    )
    many = "s" if f.without_figures > 1 else ""
    silent = f"{number_words(f.without_figures)} event{many} without figures; silence is not zero."
    deaths = number_words(f.low) if f.low == f.high else f"{number_words(f.low)} – {number_words(f.high)}"
    return {
        "title": f"Events, {span}",
        "events": number_words(snapshot.events_shown),
        "deaths": deaths,
        "possible": number_words(snapshot.events_possible),
        "unplaced": number_words(snapshot.unplaced),
        "note": silent if f.without_figures else "",
    }


def _posts(snapshot: Snapshot, situation: Situation) -> list[dict[str, str]]:
    rows = []
    for code, count in snapshot.posts["contingent"].value_counts().items():
        party = situation.party(str(code))
        rows.append({"label": party.label, "colour": party.colour, "edge": party.edge, "count": str(count)})
    return rows


def _events(desk: Desk, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The newest events of the window; their words are read from the store by id."""
    newest, vague = snapshot.window.newest(LONGEST_LIST)
    possible = dict(zip(newest.tolist(), vague.tolist(), strict=True))
    ids = [str(event_id) for event_id in desk.model(snapshot.revision).events.ids[newest]]
    rows = desk.store.read_rows("events", ids, known_at=snapshot.revision)
    types = vocab.labels(vocab.EVENT_TYPES)
    return [
        {
            "index": int(index),
            "day": day_words(date.fromisoformat(row["event_date"])),
            "place": row["toponym"] or "place not stated",
            "type": types[row["event_type"]],
            "doubt": (", day not certain" if possible[int(index)] else "")
            + (", low confidence" if row["confidence"] == "low" else ""),
            "deaths": deaths_short(row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]),
        }
        for index, row in ((index, rows[event_id]) for index, event_id in zip(newest, ids, strict=True))
    ]


def _more(count: int) -> str:
    return (
        f"The newest {LONGEST_LIST} of {number_words(count)} events are listed."
        if count > LONGEST_LIST
        else ""
    )


def _empty(snapshot: Snapshot) -> str:
    filtered = snapshot.filters != Filters()
    advice = "Widen the window or remove a filter." if filtered else "Widen the window or move the day."
    return f"No event on record in this window, which does not mean that nothing happened. {advice}"
