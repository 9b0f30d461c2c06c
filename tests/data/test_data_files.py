"""Every data file can be read by any tool, and its columns and values are the ones that we promise."""

import tomllib
from pathlib import Path

import pytest

from geo import vocab
from geo.columns import FAMILIES, names
from geo.interval import parse_day

DATA = Path(__file__).resolve().parents[2] / "data"
TEXT_FILES = sorted(
    path
    for path in DATA.rglob("*")
    if path.suffix in {".csv", ".geojson", ".toml", ".md", ".py"} and "__pycache__" not in path.parts
)


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_text_file_is_utf8_without_bom_and_ends_its_lines_with_lf(path):
    raw = path.read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_file_of_a_family_has_exactly_its_columns(family, rows_of):
    assert all(tuple(row) == names(family) for row in rows_of(family))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_first_column_identifies_a_row(family, rows_of):
    ids = [row[names(family)[0]] for row in rows_of(family)]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_every_value_is_of_its_columns_type_and_within_its_vocabulary(family, rows_of):
    problems = [
        f"{next(iter(row.values()))}.{column.name}={row[column.name]!r}: {problem}"
        for row in rows_of(family)
        for column in FAMILIES[family]
        if column.type != "geometry" and (problem := _problem(column, row[column.name]))
    ]
    assert problems == []


def _problem(column, value):
    if value == "":
        return "must be filled" if column.required else ""
    if column.allowed and value not in column.allowed:
        return f"must be one of {column.allowed}"
    if len(value) > column.longest:
        return f"is longer than {column.longest}"
    try:
        number = {"int": int, "real": float}.get(column.type, lambda _: None)(value)
        if column.type == "day":
            parse_day(value)
    except ValueError as error:
        return str(error)
    if number is not None and column.low is not None and number < column.low:
        return f"is below {column.low}"
    if number is not None and column.high is not None and number > column.high:
        return f"is above {column.high}"
    return ""


@pytest.mark.parametrize("family", ["zones", "lines", "posts"])
def test_what_holds_over_time_begins_before_it_ends(family, rows_of):
    ends = [(row["valid_from"], row["valid_to"]) for row in rows_of(family) if row["valid_to"]]
    assert ends
    assert all(begins < over for begins, over in ends)


def test_an_event_does_not_end_before_it_begins(table):
    assert all(row["date_end"] >= row["event_date"] for row in table("events.csv") if row["date_end"])


def test_the_counts_of_dead_run_from_low_over_best_to_high(table):
    columns = ("fatalities_low", "fatalities_best", "fatalities_high")
    counts = [[int(row[name]) for name in columns if row[name]] for row in table("events.csv")]
    assert all(given == sorted(given) for given in counts)


def test_an_event_without_a_source_that_can_be_read_has_low_confidence(table):
    unread = [row for row in table("events.csv") if not row["source_url"]]
    assert {row["confidence"] for row in unread} == {"low"}


def test_the_strength_of_the_peacekeepers_is_in_order_of_day(table):
    days = [parse_day(row["date"]) for row in table("post_strength.csv")]
    assert days == sorted(days)


def test_every_event_type_in_use_has_a_label(table):
    assert {row["event_type"] for row in table("events.csv")} <= set(vocab.labels(vocab.EVENT_TYPES))


def test_every_layer_has_a_description_and_every_description_a_layer():
    folder = DATA / "boundaries"
    described = {path.stem for path in folder.glob("*.toml")}
    assert described == {path.stem for path in folder.glob("*.zip")}
    assert all(tomllib.loads(path.read_text("utf-8"))["licence"] for path in folder.glob("*.toml"))
