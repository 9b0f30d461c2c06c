"""The report desk: a report's places marked, settled by the analyst, and saved as events."""

from pathlib import Path
from typing import Any

import streamlit as st

from geo import vocab
from geo.errors import InputRefused
from geo.layers.element import drawn
from geo.model import Place
from geo.workflows import reporting
from geo.workflows.reporting import NOT_A_PLACE, NamedPlace
from ui.api import frame_data
from ui.components import map_component, report_component
from ui.desk import desk
from ui.receipts import show_receipt
from ui.screens.report_events import RECEIPT, events_of_report
from ui.text import plain

TEXT, CHOICES, PASTED, SAMPLE = "report_text", "report_choices", "report_pasted", "report_sample"
STATUS_WORDS = {"resolved": "found", "review": "to be settled", "not_found": "not in the gazetteer"}
HOME_DEGREES = 3.0
METHOD_WORDS = {
    "lower_case": "written small",
    "extended": "with its unit",
    "several readings": "several places bear this name",
    "area of a town": "only its town is known",
    "former_state": "a state that no longer exists",
    "unknown": "not in the gazetteer",
}


def page() -> None:
    """Draw the page."""
    st.title("Reports", anchor=False)
    show_receipt(RECEIPT)
    if TEXT not in st.session_state:
        _ask_for_report()
        return
    _desk_of_report(st.session_state[TEXT])


def _ask_for_report() -> None:
    st.write(
        "Paste a report or drop a text file. Its place names are found and looked up offline; nothing is saved before you say so."
    )
    samples = {path.stem: path for path in sorted((desk().settings.data_dir / "reports").glob("*.md"))}
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left, st.form("report_form", border=False):
        pasted = st.text_area("Report text", key=PASTED, height=300, max_chars=200_000)
        if st.form_submit_button("Find the places", type="primary"):
            _take(lambda: reporting.checked_text(pasted))
    with right:
        upload = st.file_uploader("Or a file (.txt, .md)", type=["txt", "md"])
        if upload is not None:
            _take(lambda: reporting.report_text(upload.getvalue(), name=upload.name))
        sample = st.selectbox(
            "Or one of the sample reports", samples, index=None, key=SAMPLE, placeholder="Choose a sample"
        )
        if sample is not None:
            path: Path = samples[sample]
            _take(lambda: reporting.report_text(path.read_bytes(), name=path.name))


def _take(read: Any) -> None:
    try:
        st.session_state[TEXT] = read()
    except InputRefused as error:
        st.error(plain(str(error)))
        return
    st.session_state[CHOICES] = {}
    st.rerun()


def _desk_of_report(text: str) -> None:
    parsed = reporting.parse_report(desk(), text)
    places = reporting.named_places(parsed)
    choices: dict[str, str] = st.session_state[CHOICES]
    if st.button("Another report", icon=":material/arrow_back:"):
        for key in (TEXT, CHOICES):
            del st.session_state[key]
        st.rerun()
    for notice in parsed.notices:
        st.warning(plain(notice.sentence))
    if not places:
        st.info("No place name was found. Check the text, or import the events as a table.")
    left, right = st.columns([0.56, 0.44], gap="small")
    with left:
        report_component(key="report_marks", data={"text": text, "marks": _marks(places, choices)})
    with right:
        map_component(key="report_map", data=_map_data(places, choices))
    _settle(places, choices)
    events_of_report(text, reporting.drafts(desk(), text, places, choices))


def _marks(places: list[NamedPlace], choices: dict[str, str]) -> list[dict[str, Any]]:
    marks = [
        {
            "start": r.mention.start,
            "end": r.mention.end,
            "n": n,
            "status": _status(named, choices),
            "meaning": _meaning(reporting.chosen_place(desk(), named, choices)),
        }
        for n, named in enumerate(places, 1)
        for r in named.resolutions
    ]
    return sorted(marks, key=lambda mark: mark["start"])


def _status(named: NamedPlace, choices: dict[str, str]) -> str:
    choice = choices.get(reporting.name_id(named), "")
    if choice == NOT_A_PLACE:
        return "rejected"
    return "resolved" if choice else named.first.status


def _meaning(place: Place | None) -> str:
    if place is None:
        return "open"
    where = ", ".join(filter(None, (place.admin1, place.admin0)))
    return f"{place.name}, {place.kind}{' in ' + where if where else ''}"


def _map_data(places: list[NamedPlace], choices: dict[str, str]) -> dict[str, Any]:
    return frame_data(desk().store.revision()) | {
        "title": "Map of the report's places",
        "places": [_map_place(n, named, choices) for n, named in enumerate(places, 1)],
    }


def _map_place(n: int, named: NamedPlace, choices: dict[str, str]) -> dict[str, Any]:
    """A settled settlement is a point, a region its area, a country nothing; an open name shows its candidates."""
    status = _status(named, choices)
    place = reporting.chosen_place(desk(), named, choices)
    area = desk().areas.get(place.place_id) if place else None
    points: list[tuple[float, float]] = []
    if place and area is None and place.kind in vocab.POINT_KINDS:
        points = [(place.lon, place.lat)]
    elif place is None and status == "review":
        points = [(c.place.lon, c.place.lat) for c in named.options]
    return {
        "n": n,
        "home": any(_at_home(*point) for point in points) or area is not None,
        "settled": place is not None,
        "points": points,
        "area": drawn(area, tolerance=0.003) if area else None,
    }


def _at_home(lon: float, lat: float) -> bool:
    west, south, east, north = desk().situation.extent
    return (
        west - HOME_DEGREES <= lon <= east + HOME_DEGREES
        and south - HOME_DEGREES <= lat <= north + HOME_DEGREES
    )


def _settle(places: list[NamedPlace], choices: dict[str, str]) -> None:
    """One line for each name: what it was taken for, and everything else it may mean."""
    open_names = sum(_status(named, choices) in {"review", "not_found"} for named in places)
    st.subheader(f"Places: {len(places)}, {open_names} to be settled", anchor=False)
    for n, named in enumerate(places, 1):
        key = reporting.name_id(named)
        options = _options(named)
        current = choices.get(key) or (named.first.place.place_id if named.first.place else "")
        with st.container(horizontal=True, vertical_alignment="center", key=f"place_{n}"):
            st.text(
                f"{n}  {named.name}" + (f"  ×{len(named.resolutions)}" if len(named.resolutions) > 1 else ""),
                width=260,
            )
            chosen = st.selectbox(
                f"Meaning of place {n}",
                options,
                index=list(options).index(current) if current in options else 0,
                format_func=options.__getitem__,
                key=f"meaning_{key}",
                label_visibility="collapsed",
                width=420,
            )
            st.text(_doubt(named, choices), width=240)
        if chosen != current:
            choices[key] = chosen
            st.rerun()


def _options(named: NamedPlace) -> dict[str, str]:
    known = {
        c.place.place_id: f"{_meaning(c.place)}  ({c.place.lat:.2f}, {c.place.lon:.2f})"
        for c in named.options
    }
    if named.first.place is not None and named.first.place.place_id not in known:
        known[named.first.place.place_id] = _meaning(named.first.place)
    return {"": "leave it open", **known, NOT_A_PLACE: "not a place"}


def _doubt(named: NamedPlace, choices: dict[str, str]) -> str:
    if choices.get(reporting.name_id(named)):
        return "your choice"
    first = named.first
    if first.status == "not_found":
        return METHOD_WORDS.get(first.method, STATUS_WORDS[first.status])
    how = METHOD_WORDS.get(first.method, "")
    return f"{STATUS_WORDS[first.status]}, {first.confidence:.0%} sure{', ' + how if how else ''}"


page()
