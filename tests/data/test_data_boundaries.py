"""The boundary layers are intact, repaired, and agree with the places that we know."""

import pandas as pd
import pytest

from geo.boundaries.assign import AdminLayers, assign
from geo.boundaries.layers import check_layer, layer_names, read_description, read_layer
from geo.crs import area_km2

HOME = ("AZE", "ARM", "RUS")


@pytest.fixture(scope="module")
def admin1(data_dir):
    return read_layer("admin1", data_dir=data_dir)


def test_every_layer_is_what_its_description_says(data_dir):
    findings = [text for name in layer_names(data_dir) for text in check_layer(name, data_dir=data_dir)]
    assert findings == []


def test_every_layer_states_the_disclaimer(data_dir):
    disclaimers = {read_description(name, data_dir=data_dir).disclaimer for name in layer_names(data_dir)}
    assert disclaimers == {
        "The boundaries and names shown and the designations used on this map do not imply endorsement "
        "or acceptance by the producer."
    }


def test_the_former_oblast_has_its_assessed_area(data_dir):
    oblast = read_layer("former_nkao", data_dir=data_dir)
    assert area_km2(oblast.geometry.iloc[0]) == pytest.approx(4_282, rel=0.01)


def test_the_districts_do_not_overlap(data_dir):
    districts = read_layer("karabakh_districts", data_dir=data_dir)
    apart = sum(area_km2(shape) for shape in districts.geometry)
    assert apart == pytest.approx(area_km2(districts.geometry.union_all()), abs=0.1)


@pytest.mark.parametrize(("lon", "lat"), [(34.10, 44.95), (33.55, 44.59)])
def test_crimea_is_in_ukraine_and_says_why(admin1, admin_layers, lon, lat):
    answer = assign([lon], [lat], layers=admin_layers).iloc[0]
    assert answer.admin0 == "UA"
    remarks = admin1.loc[admin1["name"].eq(answer.admin1), "status"].tolist()
    assert remarks == ["annexed by Russia 2014; UN GA 68/262: Ukraine"]


def test_the_district_of_lachin_is_called_lachin(admin1):
    azerbaijan = admin1[admin1["adm0_a3"].eq("AZE")]
    assert azerbaijan.loc[azerbaijan["iso3166_2"].eq("AZ-LAC"), "name"].tolist() == ["Laçın"]


@pytest.fixture(scope="module")
def known_places(table, admin1):
    """Places with a known district, with the country of that district."""
    places = pd.DataFrame([row for row in table("places.csv") if row["district"]])
    home = admin1[admin1["adm0_a3"].isin(HOME)].drop_duplicates("name").set_index("name")
    return places.assign(
        lon=places["lon"].astype(float),
        lat=places["lat"].astype(float),
        admin0=places["district"].map(home["iso_a2"]),
    )


def test_every_named_district_exists(known_places):
    assert known_places["admin0"].notna().all()


def test_every_place_is_assigned_to_its_district(known_places, admin_layers):
    answer = assign(known_places["lon"], known_places["lat"], layers=admin_layers)
    wrong = [
        place.place_id
        for place, found in zip(known_places.itertuples(), answer.itertuples(), strict=True)
        if (place.admin0, place.district) != (found.admin0, found.admin1)
    ]
    assert wrong == []


def test_every_exception_is_needed(table, admin_layers):
    exceptions = table("district_exceptions.csv")
    drawn = AdminLayers(admin_layers.world, admin_layers.districts, admin_layers.exceptions.iloc[:0])
    lons, lats = ([float(row[axis]) for row in exceptions] for axis in ("lon", "lat"))
    answer = assign(lons, lats, layers=drawn)
    needless = [
        row["place_id"]
        for row, found in zip(exceptions, answer.itertuples(), strict=True)
        if (row["admin0"], row["admin1"]) == (found.admin0, found.admin1)
    ]
    assert needless == []


def test_every_exception_stands_where_its_place_is(table):
    where = {row["place_id"]: (row["lon"], row["lat"]) for row in table("places.csv")}
    exceptions = table("district_exceptions.csv")
    assert exceptions
    assert all(where[row["place_id"]] == (row["lon"], row["lat"]) for row in exceptions)


def test_an_event_carries_the_unit_that_its_place_is_assigned_to(table, admin_layers):
    events = [row for row in table("events.csv") if row["admin1"]]
    answer = assign(
        [float(row["lon"]) for row in events], [float(row["lat"]) for row in events], layers=admin_layers
    )
    wrong = [
        row["event_id"]
        for row, found in zip(events, answer.itertuples(), strict=True)
        if (row["admin0"], row["admin1"]) != (found.admin0, found.admin1)
    ]
    assert wrong == []
