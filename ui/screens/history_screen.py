"""The history page: who changed what, when and why; undo and redo; the map as it was known then."""

from urllib.parse import urlencode

import streamlit as st

from geo.errors import ConflictmapError
from geo.interval import minute_text
from geo.store.base import Entry, Moved
from geo.workflows.histories import ACTION_WORDS, UNDOABLE, cell_changes, counts_words, matching_entries
from ui.desk import desk
from ui.text import counted, plain
from ui.watch import dialog_closed, dialog_opened, watch

PAGE = 25
MOST_READ = 2_000
SHOWN_ROWS = 200
OPENED, SHOWN = "history_opened", "history_shown"


def page() -> None:
    """Draw the page."""
    st.title("History", anchor=False)
    st.caption(
        "Nothing is overwritten: every change adds revisions, and every state of the past can be shown again."
    )
    entries = desk().store.history(limit=MOST_READ)
    watch(desk().store.revision(), follow=True)
    found = _filtered(entries)
    if not found:
        st.info("No change fits these filters." if entries else "Nothing was changed yet.")
        return
    shown = st.session_state.setdefault(SHOWN, PAGE)
    for entry in found[:shown]:
        _entry(entry)
    if len(found) > shown and st.button(f"Show {min(PAGE, len(found) - shown)} more"):
        st.session_state[SHOWN] = shown + PAGE
        st.rerun()


def _filtered(entries: list[Entry]) -> list[Entry]:
    people = sorted({entry.recorded_by for entry in entries})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        action = st.selectbox(
            "What",
            ["", *ACTION_WORDS],
            format_func=lambda code: ACTION_WORDS.get(code, "everything"),
            width=240,
        )
        who = st.selectbox(
            "Who", ["", *people], format_func=lambda name: plain(name) or "everybody", width=200
        )
        words = st.text_input(
            "Words in file, note or receipt", value=_linked_receipt(), max_chars=100, width=280
        )
    return matching_entries(entries, action=action, who=who, words=words.strip())


def _linked_receipt() -> str:
    """The change that a link leads to."""
    return st.query_params.get("receipt", "")[:100]


def _entry(entry: Entry) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            kept = f", but for {counted(entry.kept, 'row')} edited since" if entry.kept else ""
            state = f" · undone{kept}" if entry.undone else ""
            about = entry.file or entry.note.removeprefix(f"{entry.action} ")
            st.markdown(
                f"**{plain(ACTION_WORDS.get(entry.action, entry.action).capitalize())}** {plain(about)}"
                f"  \n{entry.seq} · {minute_text(entry.recorded_at)} · {plain(entry.recorded_by)} · {counts_words(entry.counts)}{state}",
                width="stretch",
            )
            opened = st.session_state.get(OPENED) == entry.seq
            if st.button("Close" if opened else "Details", key=f"details_{entry.seq}"):
                st.session_state[OPENED] = None if opened else entry.seq
                st.rerun()
            _undo_button(entry)
        if opened:
            _details(entry)


def _undo_button(entry: Entry) -> None:
    if entry.action not in UNDOABLE:
        return
    label, icon = ("Redo", ":material/redo:") if entry.undone else ("Undo", ":material/undo:")
    # A key for each of the two: a click on an undo that somebody else was quicker with must not redo it.
    if st.button(label, icon=icon, key=f"{label}_{entry.seq}"):
        _move(entry, redo=entry.undone, force=False)
    if entry.undone and entry.kept and st.button("Undo the rest", key=f"rest_{entry.seq}"):
        _move(entry, redo=False, force=False)


def _move(entry: Entry, *, redo: bool, force: bool) -> None:
    """Undo or redo a change; rows edited since are kept and named unless the person insists."""
    move = desk().store.redo if redo else desk().store.undo
    try:
        moved = move(entry.import_id, recorded_by=desk().who(), force=force)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    if moved.kept and not force:
        dialog_opened()
        _kept_dialog(entry, moved, redo=redo)
        return
    dialog_closed()
    st.toast(f"{counted(moved.rows, 'row')} {'brought back' if redo else 'taken back'}")
    st.rerun()


@st.dialog("Rows edited since", on_dismiss=dialog_closed)
def _kept_dialog(entry: Entry, moved: Moved, *, redo: bool) -> None:
    first = f"{counted(moved.rows, 'row')} moved." if moved.rows else "Nothing was written."
    st.text(f"{first} Edited since, and left as they are: {counted(moved.kept_total, 'row')}")
    st.dataframe({"row": list(moved.kept)}, hide_index=True, height=min(38 + 35 * len(moved.kept), 260))
    with st.container(horizontal=True):
        if st.button("Keep these edits", type="primary"):
            dialog_closed()
            st.rerun()
        if st.button("Move them too, and lose these edits from the map"):
            _move(entry, redo=redo, force=True)


def _details(entry: Entry) -> None:
    why = "note" if entry.action == "import" else "why"
    facts = {"receipt": entry.import_id, "file": entry.file, why: entry.note, "sha256": entry.sha256}
    st.text("\n".join(f"{name}: {value}" for name, value in facts.items() if value))
    with st.container(horizontal=True):
        for label, known in (("Map as known before", entry.seq - 1), ("Map as known after", entry.seq)):
            if known >= 1:
                st.link_button(label, f"./?{urlencode({'known': known})}", icon=":material/history:")
    lines = cell_changes(desk(), entry.seq, limit=SHOWN_ROWS)
    if lines:
        st.dataframe(
            [{"row": c.row, "column": c.column, "before": c.before, "after": c.after} for c in lines],
            hide_index=True,
            height=min(38 + 35 * len(lines), 300),
        )
        if sum(entry.counts.values()) > SHOWN_ROWS:
            st.caption(f"The first {SHOWN_ROWS} rows are shown.")


page()
