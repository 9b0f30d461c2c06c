"""The JSON that goes with a sheet, so that anybody can make the same sheet again and check its figures."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from geo.briefing.sheet import SheetContent
from geo.snapshot import Snapshot
from geo.store.readmodel import ReadModel

SCHEMA = "conflictmap-briefing/1"


def sidecar_of(
    content: SheetContent, snapshot: Snapshot, model: ReadModel, *, hashes: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that the sheet states and what it was made from; areas in km2."""
    sheet = content.sheet
    return {
        "schema": SCHEMA,
        "title": sheet.title,
        "situation": content.situation.name,
        "as_of": sheet.as_of.isoformat(),
        "window": {"from": sheet.first.isoformat(), "to": sheet.as_of.isoformat()},
        "made_at": sheet.made_at.isoformat(),
        "marking": sheet.marking,
        "number": sheet.number,
        "version": sheet.version,
        "producer": sheet.producer,
        "revision": sheet.revision,
        "page": sheet.page,
        "extent": list(sheet.extent),
        "crs": sheet.crs,
        "permalink": sheet.permalink,
        "filters": _filters(snapshot),
        "hidden_layers": list(sheet.hidden_layers),
        "counts": _counts(content, snapshot),
        "figures": _figures(snapshot),
        "rows": {
            "zones": _ids(snapshot.zones["row_id"]),
            "lines": _ids(snapshot.lines["line_id"]),
            "posts": _ids(snapshot.posts["post_id"]),
            "events_sha256": _digest(model.events.ids[snapshot.events].tolist()),
        },
        "hashes": dict(hashes),
        "legend": _legend(content),
        "sources": list(sheet.sources.names),
        "recorded": {"from": sheet.sources.recorded_first, "to": sheet.sources.recorded_last},
        "credits": list(sheet.credits),
        "boundary_view": sheet.boundary_view,
        "name_policy": sheet.name_policy,
        "disclaimer": sheet.disclaimer,
        "precision": sheet.precision,
        "draft": bool(content.findings),
        "lint": [{"code": finding.code, "what": finding.what} for finding in content.findings],
    }


def _filters(snapshot: Snapshot) -> dict[str, list[Any]]:
    """What chose the events; ``area`` is a ring of (lon, lat), empty for the whole map."""
    chosen = snapshot.filters
    codes = {name: sorted(getattr(chosen, name)) for name in ("types", "parties", "confidences")}
    return codes | {"area": [list(corner) for corner in chosen.area]}


def _counts(content: SheetContent, snapshot: Snapshot) -> dict[str, int]:
    """Shown and hidden: symbols + areas + beyond + unplaced + hidden layer are the events of the window."""
    tally = content.marks.tally
    return {
        "events_total": snapshot.events_total,
        "events_in_window": snapshot.events_shown,
        "events_possible": snapshot.events_possible,
        "events_shown_as_symbols": tally.symbols,
        "events_shown_as_areas": tally.areas,
        "events_beyond_the_sheet": tally.outside,
        "events_unplaced": tally.unplaced,
        "events_in_hidden_layer": snapshot.events_shown - sum(astuple(tally)),
        "events_outside_window_or_filters": snapshot.events_total - snapshot.events_shown,
        "zones": len(snapshot.zones),
        "lines": len(snapshot.lines),
        "posts": len(snapshot.posts),
        "posts_shown": len(content.marks.posts),
    }


def _figures(snapshot: Snapshot) -> dict[str, Any]:
    f = snapshot.fatalities
    return {
        "areas_km2": {party: round(km2, 1) for party, km2 in snapshot.areas_km2.items()},
        "contested_km2": round(snapshot.contested_km2, 1),
        "control_km2": round(snapshot.control_km2, 1),
        "by_type": dict(snapshot.by_type),
        "fatalities": {
            "low": f.low,
            "best": f.best,
            "high": f.high,
            "events_without_best": f.without_best,
            "events_without_figures": f.without_figures,
        },
    }


def _legend(content: SheetContent) -> dict[str, Any]:
    legend = content.legend
    ground = [(e.kind, e.status, e.party, e.label, e.definition) for e in legend.ground]
    return {
        "ground": [
            dict(zip(("kind", "status", "party", "label", "definition"), e, strict=True)) for e in ground
        ],
        "lines": list(legend.lines),
        "posts": [{"kind": kind, "contingent": party, "count": n} for kind, party, n in legend.posts],
        "events": dict(legend.types),
    }


def _ids(values: Sequence[str]) -> list[str]:
    return sorted(str(value) for value in values)


def _digest(ids: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, ids))).encode()).hexdigest()
