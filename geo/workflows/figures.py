"""A day in figures: the snapshot as the command line and the panel beside the map show it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from geo.errors import SettingError
from geo.interval import day_number, day_of
from geo.snapshot import Snapshot, snapshot_at
from geo.store.readmodel import ReadModel
from geo.view import Filters, ViewState, window_of
from geo.workflows.desk import Desk

DEFAULT_WINDOW_DAYS = 30


def last_day(model: ReadModel, *, fallback: date, today: date | None = None) -> date:
    """The last day with data up to today: what the map opens on."""
    day = model.last_day(today=day_number(today or datetime.now(UTC).date()))
    return fallback if day is None else day_of(day)


def snapshot_of_view(desk: Desk, view: ViewState, *, revision: int | None = None) -> Snapshot:
    """The snapshot that a view asks for."""
    model = desk.model(revision)
    as_of = view.as_of or last_day(model, fallback=desk.situation.last_day)
    first, _ = window_of(view, as_of=as_of)
    return snapshot_at(model, as_of=as_of, first=first, filters=view.filters)


def snapshot_of_days(
    desk: Desk,
    *,
    as_of: date,
    first: date | None = None,
    filters: Filters | None = None,
    known_at: str | None = None,
) -> Snapshot:
    """The snapshot of a day, by default with the events of the last thirty days.

    Raises
    ------
    SettingError
        ``first`` is later than ``as_of``.
    """
    first = first or as_of - timedelta(days=DEFAULT_WINDOW_DAYS - 1)
    if first > as_of:
        raise SettingError(f"The window begins on {first}, after the day {as_of}: swap the two days.")
    revision = desk.store.known_at(known_at) if known_at else None
    return snapshot_at(desk.model(revision), as_of=as_of, first=first, filters=filters)


def instant(text: str) -> str:
    """An ISO 8601 time as UTC in the form in which changes are recorded; a day means its last moment.

    Raises
    ------
    SettingError
        The text is no such time.
    """
    try:
        moment = datetime.fromisoformat(f"{text}T23:59:59.999999" if len(text) == 10 else text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError) as error:
        raise SettingError(
            f"{text[:40]!r} is not a time like 2026-05-01T12:00 or a day like 2026-05-01."
        ) from error


def snapshot_json(snapshot: Snapshot, *, known_at: str | None = None) -> dict[str, Any]:
    """The figures of a snapshot, as ``conflictmap snapshot --json`` prints them; areas in km2."""
    f = snapshot.fatalities
    return {
        "as_of": snapshot.as_of.isoformat(),
        "known_at": known_at,
        "window": {"from": snapshot.first.isoformat(), "to": snapshot.as_of.isoformat()},
        "areas_km2": {party: round(km2, 1) for party, km2 in snapshot.areas_km2.items()},
        "contested_km2": round(snapshot.contested_km2, 1),
        "posts": len(snapshot.posts),
        "post_ids": sorted(snapshot.posts["post_id"]),
        "events": snapshot.events_shown,
        "events_possible": snapshot.events_possible,
        "events_unplaced": snapshot.unplaced,
        "events_total": snapshot.events_total,
        "fatalities": {
            "low": f.low,
            "best": f.best,
            "high": f.high,
            "events_without_best": f.without_best,
            "events_without_figures": f.without_figures,
        },
        "by_type": dict(snapshot.by_type),
        "revision": snapshot.revision,
    }
