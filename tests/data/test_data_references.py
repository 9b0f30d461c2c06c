"""Whatever a data file names exists."""

import pytest

from geo.boundaries.areas import read_areas, read_place_areas
from geo.boundaries.layers import read_layer
from geo.vocab import PLACE_KINDS


@pytest.fixture(scope="module")
def parties(table):
    return {row["party"] for row in table("parties.csv")}


@pytest.fixture(scope="module")
def place_ids(table):
    return {row["place_id"] for row in table("places.csv")}


@pytest.fixture(scope="module")
def event_actors(table):
    return {
        actor.strip()
        for row in table("events.csv")
        for actor in (row["actor1"] + ";" + row["actor2"]).split(";")
        if actor.strip()
    }


def test_a_zone_is_held_by_a_listed_party(rows_of, parties):
    assert {row["party"] for row in rows_of("zones")} - {""} <= parties


def test_a_control_zone_without_a_party_is_contested(rows_of):
    assert {row["status"] for row in rows_of("zones") if not row["party"]} == {"contested"}


def test_a_post_is_manned_by_a_listed_party(table, parties):
    assert {row["contingent"] for row in table("posts.csv")} <= parties


@pytest.mark.parametrize(
    "name",
    ["events.csv", "posts.csv", "place_aliases.csv", "place_areas.csv", "district_exceptions.csv"],
)
def test_every_place_that_a_table_names_is_in_the_list_of_places(name, table, place_ids):
    assert {row["place_id"] for row in table(name)} - {""} <= place_ids


@pytest.mark.parametrize("name", ["events.csv", "posts.csv"])
def test_an_event_or_post_stands_where_its_place_is(name, table):
    where = {row["place_id"]: (row["lon"], row["lat"]) for row in table("places.csv")}
    assert [row for row in table(name) if where[row["place_id"]] != (row["lon"], row["lat"])] == []


def test_a_place_is_listed_once_and_is_of_a_known_kind(table):
    places = table("places.csv")
    assert len({row["place_id"] for row in places}) == len(places)
    assert {row["kind"] for row in places} <= set(PLACE_KINDS)


def test_every_place_has_a_name_in_use(table, place_ids):
    assert {row["place_id"] for row in table("place_aliases.csv") if row["match"] == "auto"} == place_ids


def test_every_actor_of_a_party_acts_in_some_event(table, event_actors):
    listed = [actor for row in table("parties.csv") for actor in row["actors"].split("|") if actor]
    assert len(listed) == len(set(listed)) > 0
    assert set(listed) <= event_actors


def test_an_event_of_azerbaijani_or_armenian_forces_has_a_party(table, event_actors):
    listed = {actor for row in table("parties.csv") for actor in row["actors"].split("|")}
    forces = {actor for actor in event_actors if actor.endswith("forces") and " to " not in actor}
    assert forces
    assert forces <= listed


def test_every_place_that_is_not_a_point_has_its_polygon_or_line(data_dir, table):
    wide = {row["place_id"] for row in table("places.csv") if row["kind"] in _WIDE}
    areas = read_areas(data_dir)
    assert set(areas) == wide == set(read_place_areas(data_dir)["place_id"])
    assert all(area.is_valid and not area.is_empty for area in areas.values())


_WIDE = {"country", "region", "line", "corridor"}


def test_an_event_that_is_precise_to_a_region_is_not_drawn_as_a_town(table):
    kinds = {row["place_id"]: row["kind"] for row in table("places.csv")}
    wide = [row for row in table("events.csv") if kinds[row["place_id"]] in _WIDE]
    assert wide
    assert {row["geo_precision"] for row in wide} == {"3"}


def test_the_first_level_unit_of_an_event_is_one_of_its_country(data_dir, table):
    units = read_layer("admin1", data_dir=data_dir)
    known = set(zip(units["iso_a2"], units["name"], strict=True))
    named = {(row["admin0"], row["admin1"]) for row in table("events.csv") if row["admin1"]}
    assert named <= known


def test_every_event_has_a_country(table):
    assert all(len(row["admin0"]) == 2 for row in table("events.csv"))
