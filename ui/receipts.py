"""The receipt of something saved, with its undo."""

from collections.abc import Callable

import streamlit as st

from geo.errors import ConflictmapError
from geo.model import ImportReport
from ui.desk import desk
from ui.text import counted, plain


def show_receipt(key: str, link: Callable[[], None] | None = None) -> None:
    """Show the last receipt of a page, if there is one, and offer to take it back; ``link`` draws one beside it."""
    report: ImportReport | None = st.session_state.get(key)
    if report is None:
        return
    counts = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, {report.rejected} rejected"
    if report.import_id is None:
        st.info(plain(f"{report.file}: nothing was new ({counts}); nothing had to be written."))
        return
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.success(
            plain(
                f"Saved: {report.file.rstrip('.')}. {counted(report.read, 'row')} read = {counts}; {report.unplaced} without a place. Receipt {report.import_id}."
            )
        )
        clicked = st.button("Undo", icon=":material/undo:", key=f"undo_{report.import_id}")
        if clicked and take_back(report.import_id):
            del st.session_state[key]
            st.rerun()
        if link is not None:
            link()


def take_back(import_id: str) -> bool:
    """Undo an import, say what happened, and tell whether any row was taken back."""
    try:
        receipt = desk().store.undo(import_id, recorded_by=desk().who())
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return False
    said = f"{counted(receipt.rows, 'row')} taken back" if receipt.rows else "Nothing was taken back"
    if receipt.kept:
        shown = ", ".join(receipt.kept[:5])
        said += f"; {receipt.kept_total} were edited since and kept ({shown}): History can take them back too"
    st.toast(plain(said))
    return bool(receipt.rows)
