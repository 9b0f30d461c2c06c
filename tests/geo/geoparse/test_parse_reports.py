from pathlib import Path

import pytest

from geo.geoparse.parse import parse

REPORTS = Path(__file__).parents[3] / "data" / "reports"

# Written for this test in the manner of hurried reports: no space after a comma, countries in small
# letters, curly apostrophes, no space after a full stop.
HURRIED = (
    "Leader Steps In Over Nagorno-Karabakh, Truce Declared\n"
    "Stepanakert, Azerbaijan – President Vladimir Putin spoke of a truce between Armenia and Azerbaijan on "
    "2023/09/20 in the South Caucasus,effectively ending control over Nagorno-Karabakh. It was azerbaijan’s offensive "
    "that restored its integrity.Armenian Prime minister Nikol Pashinyan blamed Russia, and armenian forces left. "
    "Moscow’s war in ukraine goes on. Talks with Baku and International observers follow the fall of the soviet Union. "
    "Nagorno-Karabakh,a region within azerbaijan,is quiet, Ilham Aliyev said."
)


def _places(text, gazetteer):
    return [(r.mention.name, r.place.place_id) for r in parse(text, gazetteer) if r.status == "resolved"]


def test_a_hurried_report_yields_every_place_and_nothing_else(gazetteer):
    assert _places(HURRIED, gazetteer) == [
        ("Nagorno-Karabakh", "nk"), ("Stepanakert", "stepanakert"), ("Azerbaijan", "country_az"), ("Armenia", "country_am"),
        ("Azerbaijan", "country_az"), ("South Caucasus", "south_caucasus"), ("Nagorno-Karabakh", "nk"), ("azerbaijan", "country_az"),
        ("Russia", "country_ru"), ("Moscow", "moscow"), ("ukraine", "country_ua"), ("Baku", "baku"), ("Nagorno-Karabakh", "nk"),
        ("azerbaijan", "country_az"),
    ]  # fmt: skip


def test_the_ceasefire_report_yields_its_city_its_region_and_both_countries(gazetteer):
    path = REPORTS / "2023-09-20-ceasefire.md"
    resolutions = parse(path.read_text(encoding="utf-8"), gazetteer)
    by_id = {r.place.place_id: r for r in resolutions if r.place}
    assert by_id["stepanakert"].geo_precision == 1
    assert by_id["stepanakert"].place.kind == "city"
    assert by_id["nk"].geo_precision == 3
    assert by_id["nk"].place.area == "former_nkao:*"
    assert {"country_az", "country_am", "baku", "yerevan", "moscow", "south_caucasus"} <= set(by_id)
    found = {word for r in resolutions for word in r.mention.name.split()}
    assert found.isdisjoint({"Putin", "Vladimir", "Pashinyan", "Nikol", "Aliyev", "Ilham"})


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.md")), ids=lambda path: path.stem)
def test_no_sample_report_has_a_place_outside_the_wider_region(gazetteer, path):
    countries = {r.place.admin0 for r in parse(path.read_text(encoding="utf-8"), gazetteer) if r.place}
    assert countries <= {"AZ", "AM", "RU", "UA", "GE", "TR", "IR", ""}
