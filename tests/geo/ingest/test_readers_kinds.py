"""The kind of a file: content first, then the name; they must agree."""

import os
import sys

import pytest

CSV = b"a,b\n1,2\n"
GEOJSON = b'{"type":"Point","coordinates":[46,39]}'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"%PDF-1.4 x", "a PDF named .csv"),
        ("a.csv", b"PK\x03\x04" + b"\0" * 40, "a ZIP archive named .csv: rename it to .zip"),
        ("a.csv", GEOJSON, "JSON named .csv: rename it to .geojson"),
        ("a.csv", b"<!DOCTYPE html><html>", "an HTML page"),
        ("a.csv", b"SQLite format 3\0" + b"\0" * 90, "a SQLite database"),
        ("a.csv", b"\x00\x00\x27\x0a" + b"\0" * 90, "a part of a shapefile"),
        ("a.geojson", CSV, "text named .geojson: rename it to .csv"),
        ("a.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/>", "an OGR virtual file"),
        ("a.kml", GEOJSON, "JSON named .kml"),
        ("a.kml", b"<OGRVRTDataSource>", "an OGR virtual file"),
        ("a.gpkg", CSV, "text named .gpkg"),
        ("a.xlsx", CSV, "text named .xlsx"),
        ("a.docx", CSV, "text named .docx"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused_with_its_true_kind(read, name, content, words):
    outcome = read(name, content)
    assert outcome.codes == {"TYP-01"}
    assert words in outcome.sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4 x"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.parquet", b"PAR1....PAR1"),
        ("a.feather", b"ARROW1.."),
        ("a.pkl", b"\x80\x04\x95...."),
        ("a.sqlite", b"SQLite format 3\0" + b"\0" * 90),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("a.exe", b"MZ" + b"\0" * 100 + b"x"),
        ("a.topojson", b'{"type":"Topology"}'),
        ("a.json", b'{"type":"Topology","objects":{}}'),
        ("a.vrt", b"<OGRVRTDataSource>"),
    ],
)
def test_kinds_that_are_not_taken_are_refused(read, name, content):
    assert read(name, content).codes <= {"TYP-02", "TYP-01"}
    assert read(name, content).word == "REJECT"


@pytest.mark.parametrize("ending", ["shp", "shx", "dbf", "prj"])
def test_a_part_of_a_shapefile_asks_for_the_others(read, ending):
    assert read(f"a.{ending}", b"x" * 200).codes == {"SHP-01"}


def test_a_name_without_ending_goes_by_its_content(read):
    assert read("events", CSV).source.format == "csv"
    assert read("events", GEOJSON).source.format == "geojson"


def test_a_locked_workbook_says_password(read):
    outcome = read(
        "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert outcome.codes == {"XLS-01"}
    assert "password" in outcome.sentence


@pytest.mark.parametrize("ending", ["csv", "xlsx", "zip", "geojson", "gpkg", "kml", "kmz"])
def test_random_bytes_are_refused_under_any_name(read, ending):
    outcome = read(f"a.{ending}", os.urandom(4096))
    assert outcome.word == "REJECT"
    assert outcome.codes <= {"TYP-01", "GPK-02"}


def test_opening_a_table_loads_no_parser_of_other_kinds(read):
    before = set(sys.modules)
    read("a.csv", CSV)
    assert not {"pyogrio", "geopandas"} & (set(sys.modules) - before)
