"""Questions of an import: one at a time, each with what the file would then say. They return new answers or None."""

from collections.abc import Mapping, Sequence

import streamlit as st

from geo.columns import FAMILIES
from geo.ingest.cases import UNPLACED, Case
from geo.ingest.columnquestions import NO_COLUMN, label
from geo.ingest.questions import open_name_options
from geo.model import Question
from geo.workflows.previews import Preview
from ui.text import counted, plain

Answers = dict[str, str]
MOST_OPEN = 50


def ask_question(questions: Sequence[Question], answers: Mapping[str, str]) -> Answers | None:
    """Show the first open question; the new answers once it is answered."""
    question = questions[0]
    with st.container(border=True):
        st.caption(
            f"Question 1 of {len(questions)} · {question.code} · nothing is written before it is answered"
        )
        st.text(question.text)
        labels = {option.value: plain(option.label) for option in question.options}
        samples = [plain(option.sample) for option in question.options]
        chosen = st.radio(
            plain(question.text),
            list(labels),
            index=_index(question),
            format_func=labels.__getitem__,
            captions=samples if any(samples) else None,
            key=f"question_{question.key}",
            label_visibility="collapsed",
        )
        typed = st.text_input("Or type the answer", key=f"typed_{question.key}") if question.free else ""
        if st.button("Answer", type="primary", disabled=not (chosen or typed)):
            return {**answers, question.key: typed.strip() or str(chosen)}
    return None


def ask_open_names(names: Sequence[Case], answers: Mapping[str, str]) -> Answers | None:
    """Names without a point that could mean several places or none; they may also wait."""
    if not names:
        return None
    rows = sum(case.rows for case in names)
    st.subheader(f"Places to settle: {len(names)}", anchor=False)
    st.caption(
        f"{counted(rows, 'row')} will be saved without a place, and not be on the map, until they are settled."
    )
    for case in names[:MOST_OPEN]:
        options = {
            "": "leave it open for now",
            **{option.value: option.label for option in open_name_options(case)},
            UNPLACED: "leave it without a place",
        }
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{case.name} ({counted(case.rows, 'row')})", width=260)
            chosen = st.selectbox(
                "Meaning of the name",
                options,
                format_func=options.__getitem__,
                key=f"meaning_{case.key}",
                label_visibility="collapsed",
                width=460,
            )
        if chosen:
            return {**answers, case.key: chosen}
    if len(names) > MOST_OPEN:
        st.caption(f"{len(names) - MOST_OPEN} more follow once these are settled.")
    return None


def ask_columns(preview: Preview, answers: Mapping[str, str]) -> Answers | None:
    """Which column of the file fills which of ours; every choice can be changed."""
    header = preview.header
    used = {ours: cell for cell, ours in preview.report.mapping.items()}
    labels = [label(header, position) for position in range(len(header))]
    with st.expander("Columns"):
        st.caption("Columns that fill none of ours are kept with the original row.")
        for column in FAMILIES[preview.family]:
            now = used.get(column.name, "")
            options = [NO_COLUMN, *labels]
            chosen = st.selectbox(
                f"{column.name}: {column.meaning}",
                options,
                index=options.index(now) if now in options else 0,
                format_func=lambda cell: "not in the file" if cell == NO_COLUMN else cell,
                key=f"column_{column.name}_{len(answers)}",
            )
            if chosen != (now or NO_COLUMN):
                value = NO_COLUMN if chosen == NO_COLUMN else str(labels.index(chosen) + 1)
                return {**answers, f"column:{column.name}": value}
    return None


def _index(question: Question) -> int | None:
    values = [option.value for option in question.options]
    return values.index(question.proposed) if question.proposed in values else None
