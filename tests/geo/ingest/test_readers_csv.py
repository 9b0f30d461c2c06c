"""CSV: any dialect and encoding gives the same cells at the right lines; broken rows are named."""

import csv
import io
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputRefused, SettingError
from geo.ingest.reading.dialect import LONGEST_LINE
from geo.ingest.reading.open import open_source
from geo.settings import LONGEST_CELL

HEADER = ["event_id", "event_date", "location", "notes"]
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.sampled_from('",;\t|\n'),
    max_size=20,
)


def tables():
    row = st.tuples(st.from_regex(r"[A-Z]{2}[0-9]{1,4}", fullmatch=True), texts, texts, texts)
    return st.lists(row, min_size=1, max_size=8)


@given(
    rows=tables(),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_table_reads_the_same_in_any_dialect(
    tmp_path_factory, rows, delimiter, line_end, encoding, quoting
):
    text = io.StringIO(newline="")
    if line_end == "\r":  # the csv module would leave a line feed in a cell without quotes
        quoting = csv.QUOTE_ALL
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    lines = []
    for row in [HEADER, *rows]:
        lines.append(io.StringIO(text.getvalue(), newline=None).read().count("\n") + 1)
        writer.writerow(row)
    path = tmp_path_factory.mktemp("csv") / "upload"
    path.write_bytes(text.getvalue().encode(encoding))
    source = open_source(path, name="a.csv", answers={})
    batches = list(source.batches())
    assert source.header == tuple(HEADER)
    assert source.delimiter == delimiter
    assert not source.questions
    assert [row for batch in batches for row in batch.cells] == rows
    assert [line for batch in batches for line in batch.lines] == lines[1:]
    assert not any(batch.issues for batch in batches)


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_asked_about_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("csv") / "upload"
    path.write_bytes(content)
    with suppress(InputRefused):
        source = open_source(path, name="a.csv", answers={})
        for batch in source.batches():
            assert {len(row) for row in batch.cells} <= {len(source.header)}
            assert len(batch.cells) == len(batch.lines)
            f"{batch.cells}{batch.issues}{source.notes}{source.questions}".encode()


def test_lines_count_after_sep_and_quoted_line_breaks(read):
    outcome = read("a.csv", b'sep=;\r\na;b\r\n1;"x\r\ny\rz"\r\n2;y\r\n\r\n3;z\r\n')
    assert outcome.lines == [3, 6, 8]
    assert outcome.codes == {"CSV-11", "CSV-10"}


def test_line_ends_inside_quotes_are_not_mixed_line_ends(read):
    assert read("a.csv", b'a,b\r\n1,"x\ny"\r\n2,y\r\n').word == "ACCEPT"


def test_a_quote_that_swallows_rows_is_refused_where_it_opens(read):
    rows = b"".join(b"%d,x,y\n" % number for number in range(50))
    unclosed = read("a.csv", b'a,b,c\n1,x,y\n2,x,"y\n' + rows)
    assert (unclosed.word, unclosed.codes) == ("REJECT", {"CSV-04"})
    assert "line 3" in unclosed.sentence
    closed_far_below = read("a.csv", b'a,b,c\n1,x,"y\n' + rows + b'9,x,y"\n8,x,y\n')
    assert (closed_far_below.word, closed_far_below.codes) == ("REJECT", {"CSV-04"})
    assert "line 2" in closed_far_below.sentence


def test_a_broken_quote_within_one_line_costs_that_row_only(read):
    outcome = read("a.csv", b'a,b\n1,"he said "hi" to"\n2,x\n')
    assert [(issue.line, issue.code) for issue in outcome.issues] == [(2, "CSV-04")]
    assert outcome.cells == [("2", "x")]


@pytest.mark.parametrize("end", [b"4,5", b'4,5,"cut'])
def test_a_file_that_ends_in_the_middle_of_a_row_says_so(read, end):
    (issue,) = read("a.csv", b"a,b,c\n1,2,3\n" + end).issues
    assert (issue.line, issue.code) == (3, "CSV-03")
    assert "incomplete" in issue.reason


def test_the_delimiter_is_told_by_the_rows_not_by_the_commonest_sign(read):
    outcome = read("a.csv", b"date;lat;lon;text\n2023;39,81;46,75;a, b, c, d\n2024;39,82;46,76;e, f, g, h\n")
    assert outcome.source.delimiter == ";"
    assert outcome.cells[0] == ("2023", "39,81", "46,75", "a, b, c, d")


def test_blanks_between_delimiter_and_quote_are_no_text(read):
    assert read("a.csv", b'a, b\n1, "2, 3"\n2, "x"\n').cells == [("1", "2, 3"), ("2", "x")]


def test_a_long_cell_is_an_issue_of_its_row_wherever_its_line_ends(read):
    long = b"x\n" * LONGEST_CELL
    outcome = read("a.csv", b'a,b\n1,"' + long + b'"\n2,' + b"y" * (LONGEST_CELL + 1) + b"\n3,z\n")
    assert [(issue.line, issue.column, issue.code) for issue in outcome.issues] == [
        (2, "b", "CSV-06"),
        (LONGEST_CELL + 3, "b", "CSV-06"),
    ]
    assert outcome.lines == [LONGEST_CELL + 4]


def test_an_endless_line_is_refused_without_being_held(read):
    outcome = read("a.csv", b"a,b\n1,2\n" + b"x" * (LONGEST_LINE + 10))
    assert (outcome.word, outcome.codes) == ("REJECT", {"CSV-06"})


def test_a_million_columns_are_refused_in_a_moment(read):
    began = time.process_time()
    outcome = read("a.csv", ",".join(f"c{number}" for number in range(1_000_000)).encode() + b"\n1,2\n")
    assert (outcome.word, outcome.codes) == ("REJECT", {"CSV-05"})
    assert time.process_time() - began < 2


def test_a_header_of_hashtags_alone_names_the_columns(read):
    outcome = read("a.csv", b"#date,#loc+name\n2023-01-01,Goris\n")
    assert outcome.source.header == outcome.source.tags == ("#date", "#loc+name")
    assert outcome.lines == [2]


def test_a_header_answer_must_be_one_of_the_first_lines(read):
    with pytest.raises(SettingError, match=r"does not answer header: choose one of 1, 2"):
        read("a.csv", b"a,b\n1,2\n", header="77")


def test_headers_in_any_language_raise_no_question(read):
    outcome = read("a.csv", "дата,место,описание\n2023-01-01,Горис,текст\n".encode())
    assert outcome.word == "ACCEPT"


def test_empty_is_empty_in_every_form(read):
    for content in (b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\r\n", b"\0" * 500):
        assert read("a.csv", content).codes == {"CSV-07"}


def test_a_name_is_only_a_label(read):
    outcome = read("../../etc/\u202epass\x1bwd\n.csv", b"")
    assert outcome.codes == {"CSV-07"}
    assert outcome.sentence.isprintable()
