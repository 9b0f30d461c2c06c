"""Briefing sheets: from a view or a day to the bytes of a sheet, its sidecar and what it still lacks."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geo.boundaries.layers import layer_names, read_description
from geo.briefing.make import Made, SheetOptions, make_sheet, to_bytes
from geo.briefing.projection import Extent
from geo.errors import InputRefused, SettingError
from geo.snapshot import Snapshot
from geo.workflows.desk import Desk

FORMATS = ("png", "pdf", "svg")
MARKINGS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of a sheet; ``extent`` None is the situation's own, ``made_at`` is aware."""

    made_at: datetime
    title: str | None = None
    marking: str = "TLP:CLEAR"
    size: str = "a4"
    extent: Extent | None = None
    permalink: str = ""
    hidden: frozenset[str] = frozenset()


def made_sheet(desk: Desk, snapshot: Snapshot, wish: Wish) -> Made:
    """Draw the sheet of a snapshot.

    Raises
    ------
    SettingError
        The extent or the size cannot be drawn.
    """
    situation = desk.situation
    return make_sheet(
        snapshot=snapshot,
        model=desk.model(snapshot.revision),
        situation=situation,
        base=desk.base_layers,
        areas=desk.areas_in_use(snapshot.revision),
        labels=desk.labels,
        sources=_sources(desk, snapshot),
        options=SheetOptions(
            title=situation.title if wish.title is None else wish.title,
            extent=wish.extent or situation.extent,
            marking=wish.marking,
            made_at=wish.made_at,
            number=_number(situation.name, snapshot),
            version=str(snapshot.revision),
            size=wish.size,
            permalink=wish.permalink,
            hidden=wish.hidden,
            hashes=_hashes(desk),
        ),
    )


def write_brief(desk: Desk, snapshot: Snapshot, out: Path, *, fmt: str | None, wish: Wish) -> dict[str, Any]:
    """Write a sheet and, beside it, the JSON that makes it reproducible.

    Raises
    ------
    SettingError
        The format is not known.
    InputRefused
        The file cannot be written.
    """
    kind = checked_format(fmt or out.suffix.lstrip("."))
    made = made_sheet(desk, snapshot, wish)
    sidecar = out.with_name(f"{out.name}.json")
    try:
        out.write_bytes(to_bytes(made, kind))
        sidecar.write_text(sidecar_text(made), "utf-8")
    except OSError as error:
        raise InputRefused(
            f"{out} cannot be written ({error.strerror}): name another file.", code="unwritable"
        ) from error
    lint = [{"code": finding.code, "what": finding.what} for finding in made.lint]
    return {"file": str(out), "sidecar": str(sidecar), "lint": lint, "draft": bool(lint)}


def sidecar_text(made: Made) -> str:
    """The sheet's JSON."""
    return json.dumps(made.sidecar, ensure_ascii=False, indent=1)


def checked_format(name: str) -> str:
    """The format if it can be written.

    Raises
    ------
    SettingError
        It cannot.
    """
    if name.lower() not in FORMATS:
        raise SettingError(f"{name[:20]!r} is no format of a sheet: use {', '.join(FORMATS)}.")
    return name.lower()


def extent_of(text: str) -> Extent:
    """West, south, east, north from ``W,S,E,N``.

    Raises
    ------
    SettingError
        The text is not four numbers.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise SettingError(
            f"--extent {text[:60]!r} is not W,S,E,N in degrees, like 45,38.7,47.8,40.8."
        ) from error
    return west, south, east, north


def _sources(desk: Desk, snapshot: Snapshot) -> list[str]:
    """Distinct sources of the events shown, in the order of the events."""
    ids = [str(event_id) for event_id in desk.model(snapshot.revision).events.ids[snapshot.events]]
    rows = desk.store.read_rows("events", ids, known_at=snapshot.revision)
    return list(dict.fromkeys(name for event_id in ids if (name := rows[event_id]["source_name"])))


def _number(name: str, snapshot: Snapshot) -> str:
    """The map number: the situation's initials and the day."""
    initials = "".join(part[0] for part in name.split("-") if part).upper()
    return f"{initials}-{snapshot.as_of:%Y%m%d}"


def _hashes(desk: Desk) -> dict[str, str]:
    """SHA-256 of each file that was ever imported, and of the boundary layers, so that a sheet can be re-made."""
    imports = {f"import {e.import_id}": e.sha256 for e in desk.store.history() if e.sha256 and not e.undone}
    data_dir = desk.settings.data_dir
    layers = {
        f"{name}.zip": read_description(name, data_dir=data_dir).sha256 for name in layer_names(data_dir)
    }
    return imports | layers
