"""The lists that mend GeoNames: what they add is found, what they drop is gone, and a bad row stops the build."""

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.errors import GazetteerError
from geo.gazetteer.additions import MORE_NAMES, MORE_PLACES, WRONG_NAMES, mended, more_places
from geo.gazetteer.entries import Entry, Name
from geo.gazetteer.normalise import name_key
from geo.gazetteer.sources import read_admin1, read_geonames, read_rows, settlements

DATA = Path(__file__).parents[3] / "data"
PLACE_HEAD = "place_key,name,kind,lon,lat,country,admin1,population,aliases,source\n"
RENK = "ss-renk,Renk,town,32.80,11.75,SS,Upper Nile,0,Renk Town,ours\n"
NAME_HEAD = "place_id,name\n"
WRONG_HEAD = "place_id,name,why\n"
SHUSHA = Entry(
    "gn:1", "Shusha", "town", 46.75, 39.76, "geonames", names=(Name("Shusha", primary=True), Name("Lachin"))
)


@pytest.fixture(scope="module")
def cities():
    """Every settlement of GeoNames' list that our lists speak of, as GeoNames knows it."""
    wanted = {row["place_id"] for file in (MORE_NAMES, WRONG_NAMES) for row in read_rows(DATA / file)}
    listed = [city for key, city in read_geonames("cities500").items() if f"gn:{key}" in wanted]
    return {entry.place_id: entry for entry in settlements(listed, [""] * len(listed))}


@pytest.fixture
def lists(tmp_path):
    """A data directory in which every list is empty."""
    (tmp_path / "gazetteer").mkdir()
    for file, head in ((MORE_PLACES, PLACE_HEAD), (MORE_NAMES, NAME_HEAD), (WRONG_NAMES, WRONG_HEAD)):
        (tmp_path / file).write_text(head, encoding="utf-8")
    return tmp_path


def keys_of(entry):
    return {name_key(name.text) for name in entry.names}


def append(path, row):
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")


def test_every_place_of_the_list_is_found_under_all_its_names(gazetteer):
    rows = read_rows(DATA / MORE_PLACES)
    missing = [
        (row["place_key"], name)
        for row in rows
        for name in (row["name"], *filter(None, row["aliases"].split(";")))
        if f"more:{row['place_key']}"
        not in {c.place.place_id for c in gazetteer.find(name, country=row["country"], limit=100)}
    ]
    assert len(rows) > 400
    assert missing == []


def test_a_place_of_the_list_says_that_its_position_is_approximate(gazetteer):
    [found] = gazetteer.find("Akobo", country="SS")
    assert "approximate position (MIT)" in found.place.source


@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
def test_every_place_of_the_list_lies_in_its_unit_or_beside_it():
    units = read_admin1(DATA)[["iso_a2", "name", "geometry"]]
    rows = read_rows(DATA / MORE_PLACES)
    points = gpd.GeoSeries([shapely.Point(float(r["lon"]), float(r["lat"])) for r in rows], crs=units.crs)
    far = [
        row["place_key"]
        for row, point in zip(rows, points, strict=True)
        if not (units["iso_a2"].eq(row["country"]) & units["name"].eq(row["admin1"])
                & units.distance(point).lt(0.1)).any()
    ]  # fmt: skip
    assert far == []


def test_every_added_spelling_is_new_to_its_place_and_stays_with_it(cities):
    after = {entry.place_id: entry for entry in mended(cities.values(), DATA)}
    rows = read_rows(DATA / MORE_NAMES)
    assert [row for row in rows if name_key(row["name"]) in keys_of(cities[row["place_id"]])] == []
    assert [row for row in rows if name_key(row["name"]) not in keys_of(after[row["place_id"]])] == []


def test_every_wrong_name_stood_there_and_is_gone(cities):
    after = {entry.place_id: entry for entry in mended(cities.values(), DATA)}
    rows = read_rows(DATA / WRONG_NAMES)
    assert [row for row in rows if name_key(row["name"]) in keys_of(after[row["place_id"]])] == []
    assert all(name_key(row["name"]) in keys_of(cities[row["place_id"]]) for row in rows)


@pytest.mark.parametrize(
    ("name", "place_id"), [("Veria", "gn:733905"), ("Sloviansk", "gn:693468"), ("Denver", "gn:5419384")]
)
def test_a_name_that_stood_with_two_places_means_the_right_one(gazetteer, name, place_id):
    assert gazetteer.find(name)[0].place.place_id == place_id


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (RENK.replace("ss-renk", "renk"), "place_key 'renk'"),
        (RENK.replace("ss-renk", "sd-renk"), "place_key 'sd-renk'"),
        (RENK.replace(",Renk,", ",,"), "name is empty"),
        (RENK.replace("town", "metropolis"), "kind 'metropolis'"),
        (RENK.replace("32.80", "east"), "lon 'east'"),
        (RENK.replace("11.75", "91"), "lat '91'"),
        (RENK.replace("32.80,11.75", "0,0"), "no position"),
        (RENK.replace("32.80", "nan"), "no position"),
        (RENK.replace(",0,", ",many,"), "population 'many'"),
        ("ss-renk,Renk\n", "not as many columns"),
        (RENK.replace(",ours", ",ours,more"), "not as many columns"),
    ],
)
def test_a_bad_row_of_places_is_refused_with_its_file_and_line(lists, row, why):
    append(lists / MORE_PLACES, RENK.replace("ss-renk", "ss-renk-1") + row)
    with pytest.raises(GazetteerError, match=rf"more_places\.csv, line 3: .*{why}"):
        list(more_places(lists))


def test_a_place_that_stands_twice_is_refused(lists):
    append(lists / MORE_PLACES, RENK + RENK)
    with pytest.raises(GazetteerError, match=r"more_places\.csv, line 3: .* stands twice"):
        list(more_places(lists))


@pytest.mark.parametrize(
    ("file", "row", "why"),
    [
        (MORE_NAMES, "gn:2,Susa\n", "no place has the id 'gn:2'"),
        (MORE_NAMES, "gn:1,...\n", "name is empty"),
        (WRONG_NAMES, "gn:2,Lachin,another town\n", "no place has the id 'gn:2'"),
        (WRONG_NAMES, "gn:1,Lachin,\n", "does not say why"),
        (WRONG_NAMES, "gn:1,Goris,another town\n", "has no name 'Goris'"),
        (WRONG_NAMES, "gn:1,SHUSHA,another town\n", "is the main name"),
    ],
)
def test_a_bad_row_of_names_is_refused_with_its_file_and_line(lists, file, row, why):
    append(lists / file, row)
    with pytest.raises(GazetteerError, match=rf"{Path(file).name}, line 2: .*{why}"):
        mended([SHUSHA], lists)


def test_a_name_of_a_place_that_is_left_out_is_no_mistake(lists):
    append(lists / MORE_NAMES, "gn:2,Susa\n")
    assert mended([SHUSHA], lists, left_out={"gn:2"}) == [SHUSHA]


def test_without_a_list_nothing_is_built(lists):
    shutil.rmtree(lists / "gazetteer")
    with pytest.raises(GazetteerError, match=r"wrong_names\.csv is missing"):
        mended([SHUSHA], lists)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Hirshabelle", "region:hirshabelle"), ("Swat", "region:swat-district"), ("Kos", "region:kos"),
        ("Lake Geneva", "region:lake-geneva"), ("Snake Island", "region:snake-island"), ("Seine", "region:seine"),
        ("Jhelum River", "region:jhelum-river"), ("Daqahliya", "adm1:eg-ad-daqahliyah"),
        ("West Papua", "adm1:id-papua-barat"), ("Southwest Region", "adm1:cm-sud-ouest"),
    ],
)  # fmt: skip
def test_a_region_water_or_unit_is_found_under_the_name_that_reports_use(gazetteer, name, place_id):
    assert gazetteer.find(name)[0].place.place_id == place_id


@pytest.mark.parametrize(("name", "kind"), [("Jhelum", "city"), ("Oskil", "village"), ("Sunzha", "city")])
def test_a_river_leaves_its_bare_name_to_the_town(desk, name, kind):
    assert {c.place.kind for c in desk.gazetteer.find(name)} <= {kind, "town"}
