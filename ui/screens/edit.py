"""Editing one event: a form, a soft delete, and both versions side by side when somebody else was quicker."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from geo.columns import EVENTS, Column
from geo.errors import ConflictmapError, EditConflict
from geo.interval import minute_text
from geo.workflows.editing import Versions, changed_fields, delete_event, read_event, save_event, versions_of
from ui import state
from ui.desk import desk
from ui.text import plain
from ui.watch import dialog_closed, dialog_opened

ROW, CONFLICT = "edit_row", "edit_conflict"
LONG = {"description"}
FIXED = {"event_id"}


def edit_button(event_id: str) -> None:
    """A button for the event that is picked."""
    if st.button("Edit event", icon=":material/edit:"):
        _forget()
        dialog_opened()
        _dialog(event_id)


@st.dialog("Edit event", width="large", on_dismiss=dialog_closed)
def _dialog(event_id: str) -> None:
    kept: dict[str, Any] | None = st.session_state.get(ROW)
    if kept is None or kept["event_id"] != event_id:
        try:
            kept = read_event(desk(), event_id)
        except ConflictmapError as error:
            st.error(plain(str(error)))
            return
        st.session_state[ROW] = kept
    conflict: Versions | None = st.session_state.get(CONFLICT)
    if conflict is not None:
        _resolve(conflict)
        return
    st.caption(
        plain(
            f"{event_id}, revision {kept['revision']}, by {kept['recorded_by']} on {kept['recorded_at'][:10]}"
        )
    )
    with st.form("edit_event", border=False):
        typed = _fields(kept)
        note = st.text_input("Why (stands in the history)", key="edit_note", max_chars=500)
        above = st.container()  # below the button an answer would lie under the edge of the screen
        saved = st.form_submit_button("Save", type="primary")
    if saved:
        with above:
            _save(kept, typed, note)
    with st.popover("Delete this event", icon=":material/delete:"):
        st.write("The event leaves the map; its past stays in the history and can be brought back.")
        if st.button("Delete", type="primary", key="edit_delete"):
            _carry_out(
                lambda: delete_event(desk(), event_id, seen=kept["revision"], note=note),
                typed={},
                note="",
                done="Done.",
            )


def _fields(row: Mapping[str, Any]) -> dict[str, str]:
    """All cells of the event as fields, the short ones side by side."""
    wanted = [column for column in EVENTS if column.name not in FIXED]
    short = [column for column in wanted if column.name not in LONG]
    columns = st.columns(3)
    typed = {}
    for number, column in enumerate(short):
        with columns[number % len(columns)]:
            typed[column.name] = _field(column, row)
    return typed | {column.name: _field(column, row) for column in wanted if column.name in LONG}


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _field(column: Column, row: Mapping[str, Any]) -> str:
    """The cell as text, checked like a cell of a file."""
    value = "" if row[column.name] is None else str(row[column.name])
    key = f"edit_{column.name}"
    if column.allowed:
        options = ["", *column.allowed]
        index = options.index(value) if value in options else 0
        return str(st.selectbox(_label(column.name), options, index=index, key=key, help=column.meaning))
    if column.name in LONG:
        return str(st.text_area(_label(column.name), value, key=key, help=column.meaning))
    return str(st.text_input(_label(column.name), value, key=key, help=column.meaning))


def _save(row: Mapping[str, Any], typed: Mapping[str, str], note: str) -> None:
    if not changed_fields(row, typed):
        st.info("Nothing was changed.")
        return
    _carry_out(
        lambda: save_event(desk(), row["event_id"], typed, seen=row["revision"], note=note),
        typed=typed,
        note=note,
        done="Saved.",
    )


def _resolve(versions: Versions) -> None:
    """Both versions, field by field; nothing is lost whichever is chosen, since both stay in the history."""
    st.warning(
        plain(
            f"{versions.by} changed this event on {minute_text(versions.at)} while you were editing. "
            "Nothing of yours was saved yet: choose for each field."
        )
    )
    chosen = {}
    for name, theirs, mine in versions.differing:
        options = {"theirs": f"theirs: {theirs or '(empty)'}", "mine": f"yours: {mine or '(empty)'}"}
        pick = st.radio(
            name, list(options), format_func=lambda key, o=options: plain(o[key]), key=f"conflict_{name}",
            index=list(options).index("mine" if name in versions.mine_changed else "theirs"),
        )  # fmt: skip
        chosen[name] = mine if pick == "mine" else theirs
    with st.container(horizontal=True):
        if st.button("Save this version", type="primary"):
            cells = {**versions.typed, **versions.their_cells, **chosen}
            _carry_out(
                lambda: save_event(
                    desk(), versions.event_id, cells, seen=versions.revision, note=versions.note
                ),
                typed=versions.typed,
                note=versions.note,
                done="Done.",
            )
        if st.button("Keep theirs, drop mine"):
            _done("Their version stands.")


def _carry_out(action: Callable[[], object], *, typed: Mapping[str, str], note: str, done: str) -> None:
    """Save or delete; where somebody was quicker, both versions are shown next."""
    try:
        action()
    except EditConflict as conflict:
        if conflict.theirs.get("retracted"):
            _say_gone(conflict.theirs)
            return
        st.session_state[CONFLICT] = versions_of(conflict, typed, note=note)
        st.rerun(scope="fragment")
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    _done(done)


def _say_gone(theirs: Mapping[str, Any]) -> None:
    """There is no other version to compare with: the event was deleted, or its import undone, meanwhile."""
    st.error(
        plain(
            f"{theirs['recorded_by']} took this event away on {minute_text(theirs['recorded_at'])}, "
            "and nothing was saved: bring it back on the History page, then save again."
        )
    )


def _done(words: str) -> None:
    _forget()
    dialog_closed()
    st.toast(words)
    state.acted()
    st.rerun()


def _forget() -> None:
    for key in [key for key in st.session_state if str(key).startswith(("edit_", "conflict_"))]:
        del st.session_state[key]
