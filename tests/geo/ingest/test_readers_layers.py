"""GeoJSON, KML, GeoPackage and shapefiles: rows with a shape in degrees, or the reason why not."""

import json
import sqlite3
import struct

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputRefused, SettingError
from geo.ingest.reading.features import work
from geo.ingest.reading.spool import read_spooled
from geo.ingest.reading.worker import Job
from geo.model import Issue

BOWTIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
METRES = {"type": "Point", "coordinates": [649948, 4408726, 100]}
UTM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
KML = (
    b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>North</name><Placemark><name>P</name>'
    b"<TimeSpan><begin>2023-09</begin></TimeSpan><styleUrl>#s</styleUrl><ExtendedData><Data name='src'><value>Agency</value>"
    b"</Data><SchemaData><SimpleData name='n'>5</SimpleData></SchemaData></ExtendedData><Polygon><outerBoundaryIs><LinearRing>"
    b"<coordinates>46,39,0 47,39,0 47,40,0 46,39,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>"
    b"<Placemark><name>Q</name><Point><coordinates>abc</coordinates></Point></Placemark>"
    b"<Placemark><MultiGeometry><Point><coordinates>1,2</coordinates></Point><Point><coordinates>2, 3</coordinates></Point>"
    b"</MultiGeometry></Placemark></Document></kml>"
)


def features(*geometries, crs=None, **properties):
    listed = [{"type": "Feature", "properties": properties, "geometry": geometry} for geometry in geometries]
    made = {"type": "FeatureCollection", "features": listed}
    return json.dumps(made | ({"crs": crs} if crs else {})).encode()


@given(
    x=st.floats(-180, 180, allow_subnormal=False),
    y=st.floats(-90, 90, allow_subnormal=False),
    text=st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
)
def test_points_and_texts_come_through_unchanged(tmp_path_factory, x, y, text):
    folder = tmp_path_factory.mktemp("job")
    (folder / "in").write_bytes(features({"type": "Point", "coordinates": [x, y]}, note=text))
    work(Job(folder / "in", "a.geojson", {}, folder))
    ((number, (note, shape)),) = read_spooled(folder / "rows")
    assert (number, note) == (1, text)
    assert json.loads(shape)["coordinates"] == [x, y]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
geometries = st.fixed_dictionaries(
    {"type": st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "GeometryCollection", "x"])},
    optional={"coordinates": json_values, "geometries": json_values},
)


@given(geometry=geometries | json_values, properties=json_values)
def test_any_feature_is_a_row_an_issue_or_a_refusal(tmp_path_factory, geometry, properties):
    folder = tmp_path_factory.mktemp("job")
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    (folder / "in").write_text(json.dumps([feature])[1:-1], encoding="utf-8")
    try:
        reply = work(Job(folder / "in", "a.geojson", {}, folder))
    except InputRefused as refusal:
        assert refusal.code in {"GJS-01", "GJS-06", "GEO-06", "CSV-05"}  # noqa: PT017
        return
    (row,) = read_spooled(folder / "rows")
    assert isinstance(row, Issue) or len(row[1]) == len(reply["header"])


def test_properties_become_columns_in_order_of_appearance(read):
    made = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": 7,
                "properties": {"n": 1.5, "b": True},
                "geometry": METRES | {"coordinates": [46, 39, 5]},
            },
            {
                "type": "Feature",
                "properties": {"l": [1, {"a": 2}], "n": None},
                "geometry": METRES | {"coordinates": [46, 39]},
            },
        ],
    }
    outcome = read("a.geojson", json.dumps(made).encode())
    assert outcome.source.header == ("id", "n", "b", "l", "geometry")
    assert outcome.cells[0] == ("7", "1.5", "true", "", '{"type":"Point","coordinates":[46.0,39.0]}')
    assert outcome.cells[1][:4] == ("", "", "", '[1,{"a":2}]')


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"type":"Point","coordinates":[NaN,1]}', "GJS-01"),
        (b'{"type":"Feature","properties":{"a":' + b"9" * 5000 + b'},"geometry":null}', "GJS-01"),
        (b"[" * 200_000, "GJS-06"),
        (b'{"type":"FeatureCollection","features":[]}', "CSV-07"),
        (b'{"type":"Point","coordinates":[46,39],"name":"\xcf\xe5"}', "ENC-04"),
        (b'{"a":1}', "TYP-02"),
    ],
)
def test_broken_geojson_is_refused(read, content, code):
    assert read("a.geojson", content).codes == {code}


def test_half_a_character_is_an_issue_of_its_row(read):
    outcome = read(
        "a.geojson",
        b'{"type":"Feature","properties":{"a":"x\\ud800"},"geometry":{"type":"Point","coordinates":[1,2]}}',
    )
    assert outcome.codes == {"ENC-04"}


def test_each_shape_that_cannot_be_used_says_why(read):
    ring = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}
    spot = {"type": "LineString", "coordinates": [[0, 0], [0, 0]]}
    outcome = read("a.geojson", features(ring, spot, METRES, {"type": "Point", "coordinates": [46, 39]}))
    assert [(issue.line, issue.code) for issue in outcome.issues] == [
        (1, "GJS-02"),
        (2, "GJS-02"),
        (3, "GEO-06"),
    ]
    assert "closed" in outcome.issues[0].reason
    assert outcome.lines == [4]


def test_a_crossing_shape_is_repaired_only_on_consent(read):
    content = features(BOWTIE)
    (question,) = read("a.geojson", content).source.questions
    assert (question.key, question.code, question.proposed) == ("repair", "GJS-02", "yes")
    assert "0.5 0.5" in question.text
    assert "km² before" in question.text
    repaired = read("a.geojson", content, repair="yes")
    assert not repaired.source.questions
    assert shapely.from_geojson(repaired.cells[0][-1]).is_valid
    assert [issue.code for issue in read("a.geojson", content, repair="no").issues] == ["GJS-02"]


def test_an_old_crs_member_is_converted_and_said(read):
    outcome = read("a.geojson", features(METRES, crs=UTM))
    assert (outcome.word, outcome.codes) == ("NORMALISE", {"SHP-02"})
    lon, lat = json.loads(outcome.cells[0][-1])["coordinates"]
    assert (round(lon, 2), round(lat, 2)) == (46.75, 39.82)


def test_a_crs_that_the_numbers_contradict_is_asked_about(read):
    content = features({"type": "Point", "coordinates": [46, 39]}, crs=UTM)
    (question,) = read("a.geojson", content).source.questions
    assert (question.key, question.proposed, question.free) == ("crs", "EPSG:4326", True)
    assert read("a.geojson", content, crs="4326").word == "ACCEPT"
    with pytest.raises(SettingError, match="write an EPSG code"):
        read("a.geojson", content, crs="http://127.0.0.1:9/")


def test_a_broken_line_of_newline_delimited_geojson_is_an_issue(read):
    outcome = read("a.geojsonl", b'{"type":"Point","coordinates":[1,2]}\n\n{"type": "Fea')
    assert [(issue.line, issue.code) for issue in outcome.issues] == [(3, "GJS-01")]
    assert outcome.lines == [1]


def test_kml_gives_times_as_written_folders_and_fields(read):
    outcome = read("a.kml", KML)
    assert outcome.source.header == ("name", "description", "begin", "end", "folder", "src", "n", "geometry")
    assert outcome.cells[0][:-1] == ("P", "", "2023-09", "", "North", "Agency", "5")
    assert [(issue.line, issue.code) for issue in outcome.issues] == [(2, "GJS-02")]
    assert json.loads(outcome.cells[1][-1])["type"] == "MultiPoint"


@pytest.mark.parametrize(
    ("shapes", "kind"),
    [
        (b"<Point><coordinates>46,75 39,76</coordinates></Point>", ""),
        (
            b"<Point><coordinates>46,39</coordinates></Point><Point><coordinates>47,39</coordinates></Point>",
            "MultiPoint",
        ),
    ],
)
def test_a_placemark_with_two_points_is_never_read_as_its_first(read, shapes, kind):
    outcome = read(
        "a.kml", b"<kml><Document><Placemark><name>A</name>" + shapes + b"</Placemark></Document></kml>"
    )
    assert [kind in str(cells) for cells in outcome.cells] == ([True] if kind else [])
    assert len(outcome.cells) + len(outcome.issues) == 1


def test_kmz_is_its_first_kml(read, zipped):
    content = zipped({"other.kml": b"<kml/>", "doc.kml": KML, "files/a.png": b"x"})
    assert read("a.kmz", content).cells == read("a.kml", KML).cells
    assert read("a.zip", zipped({"b.kmz": content})).cells == read("a.kml", KML).cells


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<kml><Document><Placemark><name>A", "XML-02"),
        (b"<kml>" + b"<Folder>" * 200 + b"</Folder>" * 200 + b"</kml>", "XML-02"),
        (b"<?xml version='1.0'?><a/>", "TYP-01"),
        (b"<kml><Document/></kml>", "CSV-07"),
        (b"<kml><Document><Placemark><name>&nbsp;</name></Placemark></Document></kml>", "XML-02"),
    ],
)
def test_broken_kml_is_refused(read, content, code):
    assert read("a.kml", content).codes == {code}


def test_html_is_reduced_to_what_a_reader_would_see(read):
    body = "<![CDATA[<p>Shelling &amp; fire</p><script>alert(1)</script>near <b>Goris</b><br>at dawn]]>"
    content = f"<kml><Placemark><description>{body}</description><Point><coordinates>1,2</coordinates></Point></Placemark></kml>"
    assert read("a.kml", content.encode()).columns[0]["description"] == "Shelling & fire\nnear Goris\nat dawn"


def test_the_layer_of_a_geopackage_is_chosen_by_answer(read, bad_input):
    path = bad_input("gpkg/hostile_table_name.gpkg")
    (question,) = read("a.gpkg", path).source.questions
    assert (question.key, question.proposed) == ("layer", "zones")
    assert read("a.gpkg", path, layer="zones").word == "ACCEPT"
    assert not read("a.gpkg", path, layer="2").source.shapes


def test_a_geopackage_without_layers_or_with_a_torn_page_is_refused(read, kept):
    path = kept("gpkg/good.gpkg")
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM gpkg_contents")
    database.close()
    assert read("a.gpkg", path).codes == {"GPK-02"}
    content = bytearray(kept("gpkg/good.gpkg").read_bytes())
    content[8_000:60_000] = b"\xff" * 52_000
    assert read("a.gpkg", bytes(content)).codes == {"GPK-02"}


def test_an_answered_crs_and_encoding_settle_a_shapefile(read, bad_input):
    assert read("a.zip", bad_input("shp/no_prj.zip"), crs="EPSG:4326").word == "ACCEPT"
    assert read("a.zip", bad_input("shp/unknown_cpg.zip"), encoding="utf-8").word == "ACCEPT"
    assert read("a.zip", bad_input("shp/bowtie.zip"), repair="yes").word == "ACCEPT"


def test_a_shapefile_without_cpg_is_utf8_if_it_is_that_and_else_asked_about(read, unzipped, zipped):
    files = unzipped("shp/good.zip")
    del files["zones.cpg"]
    assert read("a.zip", zipped(files)).word == "ACCEPT"
    name, width = "Зона Б".encode(), len("Зона Б".encode())
    files["zones.dbf"] = files["zones.dbf"].replace(name, "Зона Б".encode("windows-1251").ljust(width))
    files["zones.dbf"] = files["zones.dbf"].replace("Şuşa".encode(), b"Susa  ")
    (question,) = read("a.zip", zipped(files)).source.questions
    assert (question.key, question.code) == ("encoding", "SHP-03")
    answered = read("a.zip", zipped(files), encoding="cp1251")
    assert {row["name"] for row in answered.columns} == {"Zone Susa", "Зона Б"}


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_shapefile_whose_part_is_cut_off_is_refused(read, unzipped, zipped, part):
    files = unzipped("shp/good.zip")
    files[f"zones{part}"] = files[f"zones{part}"][: len(files[f"zones{part}"]) // 2]
    assert read("a.zip", zipped(files)).codes == {"SHP-06"}


@pytest.mark.parametrize(("at", "value"), [(36, 2**31 - 1), (36, -1), (40, 2**31 - 1), (40, -5)])
def test_a_record_that_claims_more_than_it_has_is_refused(read, unzipped, zipped, at, value):
    files = unzipped("shp/good.zip")
    content = bytearray(files["zones.shp"])
    struct.pack_into("<i", content, 100 + 8 + at, value)
    assert read("a.zip", zipped(files | {"zones.shp": bytes(content)})).codes == {"SHP-06"}


def test_metres_of_an_unknown_system_come_without_shapes_until_answered(read, unzipped, zipped):
    files = unzipped("shp/good.zip")
    del files["zones.prj"]
    content = bytearray(files["zones.shp"])
    for place in range(100 + 8 + 44 + 4, 100 + 8 + 44 + 4 + 80, 16):  # the five points of the first record
        x, y = struct.unpack_from("<dd", content, place)
        struct.pack_into("<dd", content, place, 500_000 + (x - 46) * 85_000, y * 110_800)
    content = zipped(files | {"zones.shp": bytes(content)})
    outcome = read("a.zip", content)
    (question,) = outcome.source.questions
    assert (question.key, question.proposed, question.options) == ("crs", "", ())
    assert {row["geometry"] for row in outcome.columns} == {""}
