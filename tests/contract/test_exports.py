"""What every export format promises: what leaves comes back as the same rows."""

import json
import zipfile
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from making import change, event

from geo.errors import InputRefused, SettingError
from geo.store.base import Change
from geo.view import Filters
from geo.workflows.exporting import WRITERS, write_export
from geo.workflows.figures import snapshot_of_days
from geo.workflows.importing import preview_import

ENDINGS = sorted(WRITERS)
WHOLE = [ending for ending in ENDINGS if ending != ".shp.zip"]
"""Formats that hold every row as it is; a shapefile clips texts and has no rows without a point."""


def degrees(limit):
    """Seven decimals are a centimetre; a workbook keeps sixteen digits of a number and no more."""
    return st.floats(-limit, limit).map(lambda value: round(value, 7) + 0.0)


words = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"])
    | st.sampled_from("'=+-@<>&\"{}$`;,\n"),
    max_size=40,
).map(str.strip)
events = st.lists(
    st.builds(
        event,
        st.uuids().map(str),
        event_date=st.dates(date(1900, 1, 1), date(2025, 1, 1)).map(date.isoformat),
        event_type=st.sampled_from(["battle", "shelling", "not_stated"]),
        toponym=words,
        description=words,
        source_name=words,
        actor1=words,
        fatalities_best=st.none() | st.integers(0, 10_000),
        geo_precision=st.sampled_from([1, 2, 3, None]),
        point=st.none() | st.tuples(degrees(180), degrees(90)),
    ),
    min_size=1,
    max_size=6,
)


def placed(row):
    point = row.pop("point")
    return row | ({"lon": point[0], "lat": point[1]} if point and point != (0.0, 0.0) else {})


def round_trip(desk, family, ending, tmp_path):
    made = write_export(desk, family, tmp_path / f"{family}{ending}")
    report = preview_import(desk, tmp_path / f"{family}{ending}", name=f"{family}{ending}").report
    return made, report


@pytest.mark.parametrize("ending", WHOLE)
@pytest.mark.parametrize("family", ["events", "zones", "lines", "posts"])
def test_what_was_exported_and_comes_back_is_unchanged(desk_template, tmp_path, family, ending):
    made, report = round_trip(desk_template, family, ending, tmp_path)
    assert made.rows == report.read > 0
    assert (report.added, report.changed, report.rejected, report.question) == (0, 0, 0, "")


@pytest.mark.parametrize("ending", WHOLE)
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # the store grows with each example: shrinking would take minutes
)
@given(rows=events)
def test_any_rows_come_back_as_they_left(desk, tmp_path, ending, rows):
    desk.store.commit(change(*(placed(dict(row)) for row in rows)))
    _, report = round_trip(desk, "events", ending, tmp_path)
    assert [issue for issue in report.issues if issue.code != "DUP-01"] == []
    assert (report.added, report.changed, report.rejected) == (0, 0, 0)
    assert report.unchanged == report.read


def test_a_shapefile_says_what_it_could_not_hold(desk, tmp_path):
    desk.store.commit(change(event("LONG", description="x" * 300, lat=39.8, lon=46.7), event("NOWHERE")))
    made, report = round_trip(desk, "events", ".shp.zip", tmp_path)
    assert "1 rows without a point are not in the shapefile" in made.losses
    assert made.rows == report.read + 1
    assert "1 texts of description were cut to 254 bytes" in made.losses
    assert (report.changed, report.added, report.rejected) == (1, 0, 0)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_export_carries_licence_citation_and_filter(desk_template, tmp_path, ending):
    path = tmp_path / f"events{ending}"
    made = write_export(desk_template, "events", path, since=date(2020, 1, 1))
    if ending == ".csv":
        text = path.with_name("events.csv.record.json").read_text("utf-8")
    elif ending == ".xlsx":
        with zipfile.ZipFile(path) as book:
            text = book.read("xl/sharedStrings.xml").decode()
    elif ending == ".shp.zip":
        with zipfile.ZipFile(path) as archive:
            text = archive.read("ABOUT.md").decode()
    else:
        text = path.read_bytes().decode("utf-8", "ignore")
    for wanted in ("GeoNames (CC BY 4.0)", "store revision 1", "2020-01-01", made.record.citation):
        assert wanted in text


def test_rows_of_a_source_with_terms_of_its_own_name_them(desk, tmp_path):
    desk.store.commit(Change("import", "tester", change(event("A")).rows, note="format acled"))
    made = write_export(desk, "events", tmp_path / "e.geojson")
    assert any("ACLED" in licence for licence in made.record.licences)
    assert json.loads((tmp_path / "e.geojson").read_text("utf-8"))["conflictmap"]["rows"] == made.rows


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_formula_leaves_marked_and_a_negative_number_stays_a_number(desk, tmp_path, ending):
    desk.store.commit(change(event("A", toponym="=1+1", lat=-39.7, lon=-46.7)))
    path = tmp_path / f"e{ending}"
    write_export(desk, "events", path)
    if ending == ".csv":
        text = path.read_text("utf-8")
        assert ",'=1+1," in text
        assert ",-39.7,-46.7," in text
    else:
        with zipfile.ZipFile(path) as book:
            assert "'=1+1" in book.read("xl/sharedStrings.xml").decode()
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<v>-39.7</v>" in sheet


def test_a_text_too_long_for_a_workbook_is_refused_and_no_file_is_left(desk, tmp_path):
    desk.store.commit(change(event("A", description="x" * 40_000)))
    with pytest.raises(InputRefused, match="export CSV or GeoPackage instead"):
        write_export(desk, "events", tmp_path / "e.xlsx")
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".xlsx"]


def test_an_ending_that_is_not_known_is_refused_with_the_known_ones(desk_template, tmp_path):
    with pytest.raises(SettingError, match=r"\.csv, \.xlsx"):
        write_export(desk_template, "events", tmp_path / "e.docx")
    assert list(tmp_path.iterdir()) == []


def test_an_export_of_a_day_holds_what_holds_on_it(desk_template, tmp_path):
    made = write_export(desk_template, "posts", tmp_path / "p.csv", as_of=date(2021, 1, 1))
    assert made.rows == 14


def test_an_export_of_what_is_shown_holds_exactly_the_snapshots_events_and_says_what_chose_them(
    desk_template, tmp_path
):
    ring = ((46.0, 39.0), (47.5, 39.0), (47.5, 40.5), (46.0, 40.5))
    shown = snapshot_of_days(
        desk_template,
        as_of=date(2020, 12, 20),
        first=date(2020, 9, 1),
        filters=Filters(types=frozenset({"capture", "shelling"}), area=ring),
    )
    path = tmp_path / "e.csv"
    made = write_export(desk_template, "events", path, shown=shown)
    ids = set(desk_template.model().events.ids[shown.events])
    assert set(pd.read_csv(path)["event_id"]) == ids
    assert made.rows == len(ids) > 0
    assert made.record.filters == {
        "from": "2020-09-01", "to": "2020-12-20", "type": "capture,shelling", "in": "46,39;47.5,39;47.5,40.5;46,40.5",
    }  # fmt: skip
