import sqlite3
import zipfile
from pathlib import Path

import pytest

from geo.errors import GazetteerError, InputRefused
from geo.gazetteer import build
from geo.gazetteer.dumps import read_geonames_dump
from geo.gazetteer.entries import Entry, Name
from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.own import with_own

DATA = Path(__file__).parents[3] / "data"
SMALLEST_TOWN = 20_000


def _rows(path):
    connection = sqlite3.connect(path)
    try:
        tables = ("places", "names", "name_keys", "key_blocks", "demonyms", "former_states", "meta")
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    finally:
        connection.close()


@pytest.mark.slow
def test_the_same_input_gives_the_same_rows(gazetteer_path, tmp_path):
    again = tmp_path / "again.sqlite"
    build.write_gazetteer(again, data_dir=DATA, progress=lambda _: None, smallest_population=SMALLEST_TOWN)
    assert _rows(again) == _rows(gazetteer_path)


def test_a_missing_input_is_named_and_leaves_no_file(tmp_path):
    with pytest.raises(GazetteerError, match=r"admin1\.zip is missing"):
        build.write_gazetteer(tmp_path / "g.sqlite", data_dir=tmp_path, progress=lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_a_file_made_from_other_input_is_not_current(gazetteer_path):
    # The tests' own file leaves small towns out, which the set-up never does.
    assert not build.gazetteer_is_current(gazetteer_path, data_dir=DATA)


def test_the_digest_follows_the_input(tmp_path):
    (tmp_path / "places.csv").write_text("place_id\n")
    before = build.input_digest(tmp_path)
    (tmp_path / "places.csv").write_text("place_id\nx\n")
    assert build.input_digest(tmp_path) != before


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_an_empty_or_foreign_file_is_not_current(tmp_path, content):
    path = tmp_path / "g.sqlite"
    path.write_bytes(content)
    assert not build.gazetteer_is_current(path, data_dir=DATA)


def test_a_geonames_entry_that_is_ours_becomes_one_place():
    ours = Entry(
        "shusha",
        "Shusha",
        "city",
        46.75,
        39.76,
        "own",
        names=(Name("Şuşa", "az", "Azerbaijan (official)", True),),
    )
    theirs = Entry(
        "gn:1",
        "Susa",
        "town",
        46.7,
        39.7,
        "geonames",
        admin0="AZ",
        population=19_400,
        names=(Name("Susa"), Name("Şuşa")),
    )
    [merged] = with_own([theirs], {"shusha": ours}, {"gn:1": "shusha"})
    assert (merged.place_id, merged.lon, merged.population, merged.admin0) == ("shusha", 46.75, 19_400, "AZ")
    assert merged.names == (Name("Şuşa", "az", "Azerbaijan (official)", True), Name("Susa"))


def test_a_listed_region_of_our_name_is_our_region():
    ours = Entry(
        "nk",
        "Nagorno-Karabakh",
        "region",
        46.75,
        39.85,
        "own",
        names=(Name("Nagorno-Karabakh", "en", "", True),),
    )
    listed = Entry(
        "region:nagorno-karabakh",
        "Nagorno-Karabakh",
        "region",
        46.6,
        39.9,
        "regions",
        names=(Name("NKR", "", "", True),),
    )
    [merged] = with_own([listed], {"nk": ours}, {})
    assert (merged.place_id, merged.lat) == ("nk", 39.85)
    assert "NKR" in {name.text for name in merged.names}


def test_every_listed_place_has_a_source_and_a_licence(gazetteer_path):
    connection = sqlite3.connect(gazetteer_path)
    try:
        [(bare,)] = connection.execute(
            "SELECT count(*) FROM places LEFT JOIN sources USING (source) WHERE licence IS NULL OR licence = ''"
        )
        [(listed,)] = connection.execute("SELECT count(*) FROM places")
    finally:
        connection.close()
    with Gazetteer(gazetteer_path) as gazetteer:
        assert (bare, listed) == (0, gazetteer.info().places)


DUMP = "\t".join(
    [
        "1",
        "Qwertyabad",
        "Qwertyabad",
        "Qwerty,\u0554\u057e\u0565\u0580\u057f\u056b",
        "39.9",
        "46.9",
        "P",
        "PPL",
        "AZ",
        "",
        "61",
        "",
        "",
        "",
        "120",
        "",
        "500",
        "Asia/Baku",
        "2024-01-01",
    ]
)


def test_a_geonames_country_file_adds_its_villages(tmp_path):
    dump = tmp_path / "AZ.txt"
    dump.write_text(DUMP + "\n" + DUMP.replace("\tP\tPPL\t", "\tT\tMT\t") + "\n", encoding="utf-8")
    assert [(city["name"], city["population"], city["longitude"]) for city in read_geonames_dump(dump)] == [
        ("Qwertyabad", 120, 46.9)
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "one column\n",
        DUMP.replace("39.9", "north"),
        DUMP.replace("39.9", "999"),
        DUMP.replace("39.9", "nan"),
        DUMP.replace("\tAZ\t", "\tzz\t"),
        DUMP.replace("\t120\t", "\t1e9\t"),
        DUMP.replace("\tP\tPPL\t", "\tT\tMT\t"),
    ],
)
def test_a_file_that_is_not_from_geonames_is_refused(tmp_path, content):
    dump = tmp_path / "AZ.txt"
    dump.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused, match=r"AZ\.txt cannot be read as a GeoNames country file"):
        list(read_geonames_dump(dump))


def test_a_missing_geonames_file_is_refused(tmp_path):
    with pytest.raises(InputRefused, match=r"AZ\.txt"):
        list(read_geonames_dump(tmp_path / "AZ.txt"))


def test_a_country_file_may_begin_with_a_byte_order_mark_and_be_zipped(tmp_path):
    dump = tmp_path / "AZ.zip"
    with zipfile.ZipFile(dump, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("AZ.txt", "\ufeff" + DUMP + "\n")
    assert [city["name"] for city in read_geonames_dump(dump)] == ["Qwertyabad"]


@pytest.mark.slow
def test_villages_of_a_country_file_are_found_and_do_not_outdate_the_file(tmp_path):
    dump = tmp_path / "AZ.txt"
    dump.write_text(f"{DUMP}\n{DUMP}\n", encoding="utf-8")  # a number that stands twice is one place
    path = tmp_path / "g.sqlite"
    build.write_gazetteer(path, data_dir=DATA, progress=lambda _: None, geonames=[dump])
    with Gazetteer(path) as gazetteer:
        assert [c.place.place_id for c in gazetteer.find("Qwertyabad")] == ["gn:1"]
        assert gazetteer.find("\u0554\u057e\u0565\u0580\u057f\u056b")[0].place.admin0 == "AZ"
    assert build.gazetteer_is_current(path, data_dir=DATA)
