"""Exports: the rows of a day or of all days as a file, with their licence and the record of their making."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from geo.columns import FAMILIES, names
from geo.errors import InputRefused, SettingError
from geo.exports.layers import write_geojson, write_gpkg, write_kml, write_shapefile
from geo.exports.record import RECORD_ENDING, ExportRecord, Making, export_record
from geo.exports.tables import write_csv, write_xlsx
from geo.snapshot import Snapshot
from geo.view import ViewState, query_from_view
from geo.workflows.desk import Desk
from geo.workflows.histories import noted_format

Writer = Callable[[Path, str, pd.DataFrame, ExportRecord], tuple[str, ...]]
WRITERS: Mapping[str, Writer] = {
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".geojson": write_geojson,
    ".gpkg": write_gpkg,
    ".kml": write_kml,
    ".shp.zip": write_shapefile,
}


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: the file, how many rows, and what the format could not hold."""

    file: str
    rows: int
    losses: tuple[str, ...]
    record: ExportRecord


def write_export(
    desk: Desk,
    family: str,
    path: Path,
    *,
    as_of: date | None = None,
    since: date | None = None,
    shown: Snapshot | None = None,
) -> Export:
    """Write the rows of a family: those that hold on a day, or events from ``since`` to it; all without a day.

    ``shown`` gives exactly the events of a snapshot instead, with its filters and as known at its revision. The file appears whole or not at all.

    Raises
    ------
    SettingError
        Family or file ending are none that are known.
    InputRefused
        The format cannot hold the rows, or the file cannot be written.
    """
    if family not in FAMILIES:
        raise SettingError(f"{family[:40]!r} cannot be exported: use {', '.join(FAMILIES)}.")
    ending = next((ending for ending in WRITERS if path.name.lower().endswith(ending)), None)
    if ending is None:
        raise SettingError(f"{path.name!r} has none of the endings {', '.join(WRITERS)}: name the file so.")
    if shown is None:
        rows = _read_rows(desk, family, as_of=as_of, since=since)
        making = _making(desk, as_of=as_of, filters={"since": since.isoformat()} if since else {})
    else:
        rows = _rows_shown(desk, shown)
        making = _making(desk, as_of=shown.as_of, filters=_filter_words(shown), revision=shown.revision)
    record = export_record(desk.situation, family, rows, making=making)
    draft = path.with_name(f".{path.name.removesuffix(ending)}.draft{ending}")
    try:
        losses = WRITERS[ending](draft, family, rows, record)
        draft.replace(path)
        draft_record = draft.with_name(f"{draft.name}{RECORD_ENDING}")
        if draft_record.exists():
            draft_record.replace(path.with_name(f"{path.name}{RECORD_ENDING}"))
    except OSError as error:
        raise InputRefused(
            f"{path} cannot be written ({error.strerror}): name another file.", code="unwritable"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return Export(str(path), len(rows), losses, replace(record, losses=losses))


def _making(
    desk: Desk, *, as_of: date | None, filters: Mapping[str, str], revision: int | None = None
) -> Making:
    return Making(
        made_at=datetime.now(UTC),
        as_of=as_of.isoformat() if as_of else "all days",
        revision=revision or desk.store.revision(),
        filters=filters,
        formats=_read_formats(desk),
    )


def _rows_shown(desk: Desk, shown: Snapshot) -> pd.DataFrame:
    """The rows of a snapshot's events, as known at its revision."""
    ids = set(desk.model(shown.revision).events.ids[shown.events])
    rows = desk.store.read("events", known_at=shown.revision)[list(names("events"))]
    return rows[rows["event_id"].isin(ids)]


def _filter_words(shown: Snapshot) -> dict[str, str]:
    """What chose the events, as the record says it."""
    view = ViewState(filters=shown.filters)
    return {"from": shown.first.isoformat(), "to": shown.as_of.isoformat(), **query_from_view(view)}


def _read_rows(desk: Desk, family: str, *, as_of: date | None, since: date | None) -> pd.DataFrame:
    """The current rows of a family in our columns, as far as they hold on a day."""
    rows = desk.store.read(family)[list(names(family))]
    if family == "events":
        wanted = pd.Series(data=True, index=rows.index)
        if as_of:
            wanted &= rows["event_date"] <= as_of.isoformat()
        if since:
            wanted &= rows["date_end"].where(rows["date_end"] != "", rows["event_date"]) >= since.isoformat()
        return rows[wanted]
    if as_of is None:
        return rows
    day = as_of.isoformat()
    return rows[(rows["valid_from"] <= day) & ((rows["valid_to"] == "") | (rows["valid_to"] > day))]


def _read_formats(desk: Desk) -> frozenset[str]:
    """Formats of the imports that the rows may come from: their licences travel with the rows."""
    entries = desk.store.history()
    return frozenset(noted_format(e.note) for e in entries if e.action == "import" and not e.undone)
