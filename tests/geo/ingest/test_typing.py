"""Typing reads each text once and says of it what reading it alone would."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest import columnreader
from geo.ingest.badcell import BadCell
from geo.ingest.cells import Cell, is_plain
from geo.ingest.columnreader import ColumnReader
from geo.ingest.rawcells import raw_rows

words = st.text(max_size=6) | st.sampled_from(['"', "\\", "\n", '","', "\ud800", "a\x00b", "Xankəndi", ""])


@given(rows=st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[words] * width), max_size=250)))
def test_the_cells_of_a_row_are_kept_as_a_json_list(rows):
    assert raw_rows(rows) == [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]


@given(text=st.text() | st.text(st.characters(max_codepoint=130)))
def test_a_text_is_plain_if_it_is_printable_ascii(text):
    assert is_plain(text) == (text.isascii() and text.isprintable())


def _reader(asked):
    def read(text):
        asked.append(text)
        if text == "bad":
            raise BadCell("X", "bad")
        return Cell(text.upper(), "ODD" if text == "odd" else "")

    return ColumnReader(read)


def test_a_text_that_comes_again_is_not_read_again():
    asked = []
    reader = _reader(asked)
    assert reader.plain_values(["a", "b", "a"]) == ["A", "B", "A"]
    assert reader.plain_values(["b", "c"]) == ["B", "C"]
    assert sorted(asked) == ["a", "b", "c"]


@pytest.mark.parametrize("unusual", ["bad", "odd"])
def test_a_column_with_an_unusual_cell_is_to_be_read_cell_by_cell(unusual):
    reader = _reader([])
    assert reader.plain_values(["a"]) == ["A"]
    assert reader.plain_values(["a", unusual]) is None
    assert reader.plain_values(["a", "b"]) == ["A", "B"]


def test_what_is_remembered_of_a_column_is_bounded(monkeypatch):
    monkeypatch.setattr(columnreader, "MOST_REMEMBERED", 3)
    asked = []
    reader = _reader(asked)
    assert reader.plain_values(list("abcd")) == list("ABCD")
    assert reader.plain_values(["x" * 200]) == ["X" * 200]
    assert not reader._plain
    assert np.array(reader.plain_values(["a"])).tolist() == ["A"]
