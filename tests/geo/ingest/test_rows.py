import csv
import io
import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import csv_of

from geo import vocab
from geo.columns import EVENTS, FAMILIES
from geo.errors import InputRefused
from geo.ingest.rows import checked_rows, mapping_of, template
from geo.ingest.table import table_of

HEADER = (
    "event_id,event_date,event_type,toponym,lat,lon,fatalities_low,fatalities_best,fatalities_high,date_end"
)


def checked_of(*lines, header=HEADER):
    return checked_rows(table_of(csv_of(*lines, header=header), name="x.csv"), "events", name="x.csv")


cells = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "2023-09-19",
            "2023-02-30",
            "shelling",
            "A",
            "B",
            "39.8",
            "1e309",
            "NaN",
            "=1+1",
            "\x1b[2J",
        ]
    ),
)


@settings(max_examples=25)
@given(st.lists(st.lists(cells, min_size=9, max_size=11), max_size=8))
def test_every_row_is_accepted_or_named_by_its_line(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEADER.split(","), *rows])
    content = text.getvalue().encode("utf-8", errors="replace")
    try:
        checked = checked_rows(table_of(content, name="x"), "events", name="x")
    except InputRefused:
        return
    accepted, rejected = set(checked.lines), {issue.line for issue in checked.issues}
    assert accepted.isdisjoint(rejected)
    assert (len(accepted), len(rejected)) == (len(checked.accepted), checked.rejected)
    filled = [row for row in rows if len(row) == 10 or any(cell.strip() for cell in row)]
    assert checked.read == len(accepted) + len(rejected) == len(filled)


@settings(max_examples=60)
@given(
    st.binary(max_size=400)
    | st.text(max_size=400).map(lambda t: (HEADER + "\n" + t).encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused_with_a_sentence(content):
    sentence = _refusal_of(content)
    assert sentence is None or sentence.endswith(".")


def _refusal_of(content):
    try:
        checked_rows(table_of(content, name="x.csv"), "events", name="x.csv")
    except InputRefused as refusal:
        return str(refusal)
    return None


words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20).filter(
    lambda text: unicodedata.is_normalized("NFC", text)
)
FILLED = {
    "text": words,
    "day": st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31)).map(str),
    "int": st.integers(0, 10**6),
    "real": st.integers(1, 90_000).map(lambda n: n / 1000),  # 0, 0 would be taken as missing
}


def filled_cell(column):
    if column.allowed:
        return st.sampled_from(column.allowed)
    if column.high is not None and column.type == "int":
        return st.integers(int(column.low), int(column.high))
    return FILLED[column.type]


in_order = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).map(sorted)


@settings(max_examples=15)
@given(st.data())
def test_a_filled_template_comes_back_cell_by_cell(data):
    rows = []
    for number in range(3):
        row = {column.name: data.draw(filled_cell(column)) for column in EVENTS}
        low, best, high = data.draw(in_order)
        start, end = sorted([row["event_date"], row["date_end"]])
        row |= {"event_id": f"E{number}", "event_date": start, "date_end": end}
        rows.append(row | {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high})
    file = io.StringIO()
    file.write(template("events"))
    csv.DictWriter(file, [column.name for column in EVENTS]).writerows(rows)
    checked = checked_rows(table_of(file.getvalue().encode(), name="x"), "events", name="x")
    assert checked.issues == ()
    for row, back in zip(rows, checked.accepted.to_dict("records"), strict=True):
        assert {name: str(value) for name, value in back.items()} == {
            name: _shown(name, value) for name, value in row.items()
        }


def _shown(name, value):
    return str(float(value)) if name in {"lat", "lon"} else str(value)


@pytest.mark.parametrize("family", FAMILIES)
def test_an_empty_template_is_a_valid_file_without_rows(family):
    checked = checked_rows(table_of(template(family).encode(), name="x"), family, name="x")
    assert (checked.read, checked.ignored) == (0, ())


def test_headers_are_known_by_name_or_alias_in_any_case():
    found = mapping_of(("Event_ID", "DATE", "type", "latitude", "colour"), "events")
    assert found == {"Event_ID": "event_id", "DATE": "event_date", "type": "event_type", "latitude": "lat"}


def test_a_column_called_by_its_own_name_wins_over_an_alias():
    assert mapping_of(("lat", "latitude"), "events") == {"lat": "lat"}


def test_missing_columns_are_named_with_the_remedy():
    with pytest.raises(
        InputRefused,
        match=r"x\.csv lacks the columns event_date, event_type: rename yours, or start from the template",
    ):
        checked_of("A", header="event_id")


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("A,2023-09-20,shelling,,,,,,,2023-09-19", "date_end", "ends_before_start"),
        ("A,2023-09-20,shelling,,,,5,3,9,", "fatalities_best", "figures_out_of_order"),
        ("A,2023-09-20,shelling,,,,9,,3,", "fatalities_best", "figures_out_of_order"),
        ("A,2023-09-20,shelling,,39.8,,,,,", "lat", "half_a_coordinate"),
        ("A,2023-09-20,shelling,,398153,46.7,,,,", "lat", "too_high"),
        ("A,2023-09-20,shelling,,39°48′,46.7,,,,", "lat", "not_a_number"),
        ("A,2023-09-20,shelling,,,,twelve,,,", "fatalities_low", "not_a_whole_number"),
        ("A,2023-09-20,war,,,,,,,", "event_type", "not_allowed"),
        ("A,03/04/2023,shelling,,,,,,,", "event_date", "bad_date"),
        ("A,1066-10-14,shelling,,,,,,,", "event_date", "date_out_of_range"),
        (",2023-09-20,shelling,,,,,,,", "event_id", "missing"),
        ("A,,shelling,,,,,,,", "event_date", "missing"),
    ],
)
def test_a_row_that_breaks_a_rule_is_rejected_with_column_and_code(line, column, code):
    checked = checked_of("OK,2023-09-19,battle,,,,,,,", line)
    assert [(issue.line, issue.column, issue.code) for issue in checked.issues] == [(3, column, code)]
    assert checked.accepted["event_id"].tolist() == ["OK"]


def test_zero_zero_is_taken_as_missing_and_said_so():
    checked = checked_of("A,2023-09-20,shelling,Lachin,0,0,,,,")
    assert checked.accepted["lat"].isna().tolist() == [True]
    assert [(remark.line, remark.code) for remark in checked.remarks] == [(2, "zero_coordinates")]
    assert checked.rejected == 0


def test_the_equator_and_the_greenwich_meridian_are_places():
    checked = checked_of("A,2023-09-20,shelling,,0,32.5,,,,", "B,2023-09-20,shelling,,51.5,0,,,,")
    assert checked.accepted["lat"].tolist() == [0.0, 51.5]
    assert checked.remarks == ()


def test_an_id_that_stands_twice_with_other_content_is_rejected_and_an_exact_repeat_is_not():
    same, other = "A,2023-09-20,shelling,,,,,,,", "A,2023-09-21,shelling,,,,,,,"
    assert checked_of(same, same).rejected == 0
    checked = checked_of(same, other)
    (issue,) = checked.issues
    assert (issue.line, issue.code, issue.reason) == (
        3,
        "repeated_id",
        "the id stands in line 2 with other content",
    )


def test_control_characters_become_a_visible_sign_and_are_remarked():
    checked = checked_of("A,2023-09-20,shelling,La\x1b[2Jchin,,,,,,")
    assert checked.accepted["toponym"].tolist() == ["La\N{REPLACEMENT CHARACTER}[2Jchin"]
    assert [(remark.line, remark.column, remark.code) for remark in checked.remarks] == [
        (2, "toponym", "control_characters")
    ]


def test_the_original_row_is_kept_with_columns_that_are_not_ours():
    checked = checked_of("A,2023-09-20,shelling,blue", header="event_id,event_date,event_type,colour")
    assert checked.ignored == ("colour",)
    assert json.loads(checked.raw["A"])["colour"] == "blue"


def test_an_event_type_may_be_written_as_code_or_label():
    codes, labels = vocab.codes(vocab.EVENT_TYPES), vocab.labels(vocab.EVENT_TYPES)
    written = [word for code in codes for word in (code, f" {labels[code].upper()} ")]
    lines = [f"E{n},2023-09-20,{word},,,,,,," for n, word in enumerate(written)]
    assert checked_of(*lines).accepted["event_type"].tolist() == [code for code in codes for _ in range(2)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(delimiter):
    content = csv_of("A,2023-09-20,shelling").replace(b",", delimiter.encode())
    table = table_of(content, name="x")
    assert (table.delimiter, table.rows[0].cells) == (delimiter, ("A", "2023-09-20", "shelling"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(encoding):
    content = csv_of("Ա,2023-09-20,shelling").decode().encode(encoding)
    assert table_of(content, name="x").rows[0].cells[0] == "Ա"
