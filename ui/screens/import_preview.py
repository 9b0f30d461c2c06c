"""What an import would do: its ledger, its rows in a table and on the map, and what is wrong with the rest."""

from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st

from geo.columns import names
from geo.layers.element import drawn
from geo.workflows.previews import Preview
from geo.workflows.rejects import issues_csv, rejects_csv
from ui.api import frame_data
from ui.components import map_component
from ui.desk import desk
from ui.text import plain

SHOWN_ROWS = 500
MOST_MARKS = 300
"""Distinct points on the small map; more say nothing at its size."""
FIRST_COLUMNS = ("line", "verdict")


def draw_preview(preview: Preview) -> None:
    """Draw ledger, table, map and issues."""
    _ledger(preview)
    rows = preview.draft.head(SHOWN_ROWS)
    if rows:
        left, right = st.columns([0.6, 0.4], gap="small")
        with left:
            _table(preview, rows)
        with right:
            _map(rows)
    _issues(preview)
    _gone(preview)


def _ledger(preview: Preview) -> None:
    report = preview.report
    with st.container(horizontal=True):
        for label, count in (
            ("read", report.read),
            ("added", report.added),
            ("changed", report.changed),
            ("unchanged", report.unchanged),
            ("rejected", report.rejected),
            ("without a place", report.unplaced),
        ):
            st.metric(label, f"{count:,}", width=130)
    st.caption(
        plain(
            f"{report.read:,} read = {report.added:,} added + {report.changed:,} changed + "
            f"{report.unchanged:,} unchanged + {report.rejected:,} rejected"
        )
    )


def _table(preview: Preview, rows: list[dict[str, Any]]) -> None:
    verdicts = desk().store.draft_verdicts(preview.draft, limit=len(rows))
    table = pd.DataFrame(rows)
    table["verdict"] = table["line"].map(verdicts)
    filled = [
        name
        for name in names(preview.family)
        if name != "geometry" and (table[name].notna() & (table[name].astype(str) != "")).any()
    ]
    st.dataframe(table[[*FIRST_COLUMNS, *filled]], hide_index=True, height=min(38 + 35 * len(table), 330))
    if preview.draft.rows > len(rows):
        st.caption(f"The first {len(rows):,} of {preview.draft.rows:,} rows are shown; all are imported.")


def _map(rows: list[dict[str, Any]]) -> None:
    marks = _shapes(rows) if "geometry" in rows[0] else _points(rows)
    if not marks:
        st.caption("None of the rows has a point yet.")
        return
    data = frame_data(desk().store.revision()) | {"title": "Map of the rows", "places": marks}
    map_component(key="import_map", data=data)
    st.caption("The number in a mark is how many of the shown rows lie there.")


def _points(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One mark for each distinct point; an event of a region has none."""
    found = Counter(
        (row["lon"], row["lat"]) for row in rows if row["lat"] is not None and row.get("geo_precision") != 3
    )
    return [{"n": count, "points": [point], "area": None} for point, count in found.most_common(MOST_MARKS)]


def _shapes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    import shapely  # noqa: PLC0415  (only layers have shapes)

    shapes = [shapely.from_geojson(row["geometry"]) for row in rows[:MOST_MARKS]]
    return [
        {"n": n, "points": [], "area": drawn(shape, tolerance=0.001)} for n, shape in enumerate(shapes, 1)
    ]


def _issues(preview: Preview) -> None:
    issues = preview.report.issues
    if not issues:
        return
    st.subheader(f"Rejected rows and remarks: {len(issues):,}", anchor=False)
    st.dataframe(
        [
            {
                "line": i.line,
                "column": i.column,
                "value": i.value,
                "code": i.code,
                "reason": i.reason,
                "what to do": i.fix,
            }
            for i in issues[:SHOWN_ROWS]
        ],
        hide_index=True,
        height=min(38 + 35 * len(issues), 260),
    )
    with st.container(horizontal=True):
        if preview.report.rejected:
            st.download_button(
                "Rejected rows (CSV)", lambda: rejects_csv(preview), "conflictmap-rejects.csv", "text/csv",
                icon=":material/download:", key="preview_rejects",
            )  # fmt: skip
        st.download_button(
            "All remarks (CSV)", lambda: issues_csv(issues), "conflictmap-remarks.csv", "text/csv",
            icon=":material/download:",
        )  # fmt: skip


def _gone(preview: Preview) -> None:
    if preview.gone:
        with st.expander(f"No longer in the source: {preview.gone_count} events"):
            st.caption(
                "They stay in the store until you delete them; the newest edition of the source dropped them."
            )
            st.dataframe({"event_id": list(preview.gone)}, hide_index=True, height=200)
