import copy
import math
import pickle
import shutil
import sqlite3
import threading
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GazetteerError
from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.normalise import name_key
from geo.gazetteer.prior import rounded
from geo.vocab import PLACE_KINDS

SHARED_NAMES = ("san jose", "moscow", "paris", "martuni", "santa cruz", "victoria")


@pytest.mark.parametrize(
    "name", ["Stepanakert", "Xankəndi", "Ստեփանակերտ", "Степанакерт", "Khankendi", "ხანკენდი", "STEPANAKERT"]
)
def test_every_name_of_stepanakert_finds_the_one_place(gazetteer, name):
    assert gazetteer.find(name)[0].place.place_id == "stepanakert"


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Nagorno-Karabakh", "nk"), ("Artsakh", "nk"), ("Արցախ", "nk"), ("Нагорный Карабах", "nk"), ("Karabakh", "karabakh"),
        ("South Caucasus", "south_caucasus"), ("Azerbaijan", "country_az"), ("Հայաստան", "country_am"), ("Россия", "country_ru"),
        ("Turkey", "country_tr"), ("Türkiye", "country_tr"), ("U.S.", "country_us"), ("Baku", "baku"), ("Bakı", "baku"),
        ("Moscow", "moscow"), ("Shushi", "shusha"), ("Lachin corridor", "lachin_corridor"), ("line of contact", "loc"),
        ("Syunik", "adm1:am-syunik"), ("Nakhchivan Autonomous Republic", "region:nakhchivan-autonomous-republic"),
    ],
)  # fmt: skip
def test_a_well_known_name_finds_its_place_first(gazetteer, name, place_id):
    assert gazetteer.find(name)[0].place.place_id == place_id


def test_both_towns_called_martuni_are_found(gazetteer):
    found = [candidate.place.place_id for candidate in gazetteer.find("Martuni")]
    assert {"martuni_nk", "martuni_am"} <= set(found)


def test_a_country_narrows_the_search(gazetteer):
    assert {c.place.admin0 for c in gazetteer.find("Martuni", country="am")} == {"AM"}


def test_the_limit_is_kept(gazetteer):
    assert len(gazetteer.find("San Jose", limit=2)) == 2
    assert gazetteer.find("San Jose", limit=0) == []


@pytest.mark.parametrize("name", ["", "   ", "Qwertyabad", "'; DROP TABLE places; --", "\0"])
def test_an_unknown_name_finds_nothing(gazetteer, name):
    assert gazetteer.find(name) == []
    assert not gazetteer.has_name(name_key(name))


def test_a_score_is_the_sum_of_its_terms(gazetteer):
    for candidate in gazetteer.find("Moscow", limit=20):
        assert candidate.score == pytest.approx(sum(candidate.terms.values()), abs=1e-3)


def test_candidates_come_best_first(gazetteer):
    scores = [candidate.score for candidate in gazetteer.find("Paris", limit=50)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


def test_of_equally_likely_places_the_one_with_the_smaller_id_comes_first(gazetteer):
    for key in SHARED_NAMES:
        found = gazetteer.candidates(key)
        assert len(found) > 1
        assert found == sorted(found, key=lambda c: (-c.score, c.place.place_id))


def test_beginnings_that_are_equally_large_keep_their_order(gazetteer):
    long = gazetteer.starting("San", limit=40)
    assert [gazetteer.starting("San", limit=n) for n in (1, 9)] == [long[:1], long[:9]]


def test_a_found_place_cannot_be_changed(gazetteer):
    [candidate, *_] = gazetteer.find("Shusha")
    with pytest.raises(FrozenInstanceError):
        candidate.score = 9.0
    with pytest.raises(FrozenInstanceError):
        candidate.place.lon = 0.0


@given(population=st.integers(0, 40_000_000), others=st.lists(st.integers(-40_000, 40_000), max_size=4))
def test_scores_have_the_nearest_four_digits(population, others):
    term = 0.55 * (math.log10(population + 10) - 3)
    total = sum((round(term, 4), *(number / 10_000 for number in others)))
    assert (rounded(term), rounded(total)) == (round(term, 4), round(total, 4))


def test_a_place_knows_its_names_by_language(gazetteer):
    names = gazetteer.place("stepanakert").names
    assert "Xankəndi" in names["az"]
    assert "Ստեփանակերտ" in names["hy"]
    assert "Степанакерт" in names["ru"]
    assert names["en"][0] == "Stepanakert"


def test_a_name_knows_who_uses_it(gazetteer):
    users = {spelling.name: spelling.used_by for spelling in gazetteer.names("stepanakert")}
    assert users["Xankəndi"] == "Azerbaijan (official)"


def test_an_unknown_id_is_a_key_error(gazetteer):
    with pytest.raises(KeyError):
        gazetteer.place("nowhere")


@pytest.mark.parametrize(
    ("place_id", "area"),
    [
        ("nk", "former_nkao:*"),
        ("country_az", "admin0:AZ"),
        ("country_fr", "admin0:FR"),
        ("adm1:am-syunik", "admin1:AM/Syunik"),
        ("stepanakert", ""),
    ],
)
def test_an_area_names_its_polygon_and_a_point_none(gazetteer, place_id, area):
    assert gazetteer.place(place_id).area == area


def test_every_kind_is_in_the_vocabulary(gazetteer_path):
    connection = sqlite3.connect(gazetteer_path)
    try:
        kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM places")}
    finally:
        connection.close()
    assert kinds <= set(PLACE_KINDS)
    assert {"country", "admin1", "region", "city", "sea"} <= kinds


@pytest.mark.parametrize(
    ("lon", "lat", "place_id"),
    [(46.76, 39.82, "stepanakert"), (46.75, 39.761, "shusha"), (49.9, 40.38, "baku")],
)
def test_the_nearest_place_is_found(gazetteer, lon, lat, place_id):
    place, km = gazetteer.nearest(lon, lat)
    assert place.place_id == place_id
    assert 0 <= km < 3


@pytest.mark.parametrize(
    ("lon", "lat"), [(0.0, 90.0), (-180.0, 0.0), (180.0, 0.0), (0.0, -60.0), (179.9999, -16.5)]
)
def test_the_nearest_place_is_found_at_the_edges_of_the_map(gazetteer, lon, lat):
    place, km = gazetteer.nearest(lon, lat)
    assert place.place_id
    assert 0 < km < 6000


def test_across_the_180th_meridian_is_near(gazetteer):
    east, _ = gazetteer.nearest(179.9, -18.0)
    west, _ = gazetteer.nearest(-179.9, -18.0)
    assert east == west


def test_a_demonym_is_no_place_but_is_known(gazetteer):
    assert gazetteer.demonyms["armenian"] == "AM"
    assert gazetteer.find("Azerbaijani") == []


def test_a_missing_file_says_what_to_run(tmp_path):
    with pytest.raises(GazetteerError, match="conflictmap gazetteer build"):
        Gazetteer(tmp_path / "missing.sqlite")


@pytest.mark.parametrize("content", [b"", b"x" * 5000])
def test_a_foreign_file_is_refused_with_the_remedy(tmp_path, content):
    path = tmp_path / "g.sqlite"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="not a gazetteer: run scripts/run"):
        Gazetteer(path)


def test_a_file_of_another_layout_is_refused_with_the_remedy(gazetteer_path, tmp_path):
    path = shutil.copy(gazetteer_path, tmp_path / "old.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(GazetteerError, match="outdated layout"):
        Gazetteer(path)


def test_the_file_cannot_be_changed_through_the_gazetteer(gazetteer):
    with pytest.raises(sqlite3.OperationalError):
        gazetteer._rows("DELETE FROM places", ())


def test_threads_share_one_gazetteer(gazetteer):
    names = ["Baku", "Shusha", "Paris", "Moscow", "Yerevan", "Tbilisi", "Ankara", "Tehran"] * 20
    found = []

    def look_up(name):
        found.append((name, gazetteer.find(name)[0].place.name))

    threads = [threading.Thread(target=look_up, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 8
    assert len(found) == len(names)


def test_places_and_candidates_can_be_copied_and_pickled(gazetteer):
    candidate = gazetteer.find("Shusha")[0]
    assert pickle.loads(pickle.dumps(candidate)) == copy.deepcopy(candidate) == candidate
    place = gazetteer.place("shusha")
    assert pickle.loads(pickle.dumps(place)) == place


def test_the_info_counts_places_and_names_the_sources(gazetteer):
    info = gazetteer.info()
    assert info.names > info.places > 20_000
    assert any("GeoNames" in source and "CC BY 4.0" in source for source in info.sources)


def test_within_a_box_our_own_places_come_first_and_nothing_lies_outside(gazetteer):
    places = gazetteer.within((46.0, 39.0, 48.0, 40.5), limit=30)
    assert all(46 <= p.lon <= 48 and 39 <= p.lat <= 40.5 for p in places)
    assert "stepanakert" in [p.place_id for p in places]
    assert not places[0].place_id.startswith("gn:")
    assert len(gazetteer.within((46.0, 39.0, 48.0, 40.5), limit=3)) == 3
