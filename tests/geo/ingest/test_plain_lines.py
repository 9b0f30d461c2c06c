"""Whole blocks of a CSV file read at once give what the csv module gives row by row."""

import csv
import io
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.ingest.rawcells import raw_rows
from geo.ingest.reading import plainlines
from geo.ingest.reading.open import open_source
from geo.ingest.reading.plainlines import plain_rows, read_blocks

letters = st.text(st.sampled_from('ab"",,;\t\n\n\r\\ \x0b\x85\u2028é\U0001f5fa'), max_size=60)
cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=12
)


def parsed(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def check_like_the_csv_module(text: str, delimiter: str, width: int) -> bool:
    found = plain_rows(text.encode(), delimiter=delimiter, width=width)
    if found is None:
        return False
    batch = found.batch(7)
    rows = parsed(text, delimiter)
    assert batch.cells == [tuple(row) for row in rows]
    assert list(batch.lines) == list(range(7, 7 + len(rows)))
    assert batch.raw() == raw_rows(rows)
    return True


@settings(max_examples=1500)
@given(text=letters, delimiter=st.sampled_from(",;\t"), width=st.integers(1, 3))
def test_what_is_read_at_once_is_what_the_csv_module_reads(text, delimiter, width):
    check_like_the_csv_module(text, delimiter, width)


@settings(max_examples=300)
@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    cut=st.booleans(),
)
def test_any_written_table_is_read_at_once_or_left_to_the_csv_module(rows, delimiter, line_end, quoting, cut):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    written = text.getvalue().removesuffix(line_end) if cut else text.getvalue()
    plain = check_like_the_csv_module(written, delimiter, 3)
    if not any("\n" in cell for row in rows for cell in row) and all(row[0].strip() for row in rows):
        assert plain


@pytest.mark.parametrize(
    "text",
    [
        'a,"b\nc",d\n',  # a cell over two lines
        "a,b\n",  # too narrow
        "a,b,c,d\n",
        "a,b,c\n\na,b,c\n",  # a blank line
        " , ,\t\n",
        'a,b"c,d\n',  # a quote that opens nothing
        'a,"b"c,d\n',
        'a, "b",d\n',
        "a,b\rc,d\n",  # a return within a line is a line end to the csv module
        'a,b,"c\n',  # a quote that is not closed
    ],
)
def test_a_block_with_any_other_line_is_left_to_the_csv_module(text):
    assert plain_rows(text.encode(), delimiter=",", width=3) is None


@given(content=st.binary(max_size=80), head=st.integers(1, 9), block=st.integers(1, 30))
def test_blocks_are_the_file_in_whole_lines(content, head, block):
    with patch.multiple(plainlines, _HEAD_BYTES=head, _BLOCK_BYTES=block):
        blocks = list(read_blocks(io.BytesIO(content)))
    assert b"".join(blocks) == content
    assert all(each.endswith(b"\n") for each in blocks[:-1])


@given(
    rows=st.lists(
        st.tuples(st.from_regex(r"[A-Z]{2}[0-9]{1,4}", fullmatch=True), cells), min_size=4, max_size=30
    ),
    block=st.integers(8, 200),
)
def test_a_file_reads_the_same_in_blocks_of_any_size(tmp_path_factory, rows, block):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([("event_id", "notes"), *rows])
    path = tmp_path_factory.mktemp("csv") / "upload"
    path.write_bytes(text.getvalue().encode())
    with patch.multiple(plainlines, _HEAD_BYTES=block, _BLOCK_BYTES=block):
        batches = list(open_source(path, name="a.csv", answers={}).batches())
    starts, line = [], 2
    for row in rows:
        starts.append(line)
        line += 1 + row[1].count("\n")
    assert [row for batch in batches for row in batch.cells] == rows
    assert [row for batch in batches for row in batch.raw()] == raw_rows(rows)
    assert [line for batch in batches for line in batch.lines] == starts
