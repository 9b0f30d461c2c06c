"""The situation, its parties, key dates and sample reports are fit to be shown."""

from itertools import combinations

import pytest

from geo.situation import read_situation

LAND = "#F6F3EC"
PATTERNS = {"plain", "diagonal", "vertical", "horizontal"}


@pytest.fixture(scope="module")
def situation(data_dir):
    return read_situation(data_dir)


def _luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_disclaimer_is_the_agreed_sentence(situation):
    assert situation.disclaimer == (
        "The boundaries and names shown and the designations used on this map do not imply endorsement "
        "or acceptance by the producer."
    )


def test_every_control_zone_is_in_the_default_view(situation, zones):
    west, south, east, north = situation.extent
    left, bottom, right, top = zones.total_bounds
    assert west < left < right < east
    assert south < bottom < top < north


def test_every_post_but_the_eu_offices_behind_the_border_is_in_the_default_view(situation, table):
    west, south, east, north = situation.extent
    outside = [
        row["post_id"]
        for row in table("posts.csv")
        if row["contingent"] != "eu"
        and not (west < float(row["lon"]) < east and south < float(row["lat"]) < north)
    ]
    assert outside == []


def test_every_event_lies_in_the_situations_time(situation, table):
    days = [row["event_date"] for row in table("events.csv")]
    assert situation.first_day.isoformat() <= min(days) <= max(days) <= situation.last_day.isoformat()


def test_the_edge_of_a_party_stands_out_from_the_land(situation):
    assert {
        p.code: round(_contrast(p.edge, LAND), 1) for p in situation.parties if _contrast(p.edge, LAND) < 3
    } == {}


def test_the_parties_that_hold_ground_together_differ_without_colour(situation, zones):
    holders = set(zones.loc[zones.kind.ne("administrative") & zones.party.ne(""), "party"].dropna())
    patterns = [situation.party(code).pattern for code in sorted(holders)]
    assert len(holders) >= 3
    assert len(set(patterns)) == len(patterns)
    assert {party.pattern for party in situation.parties} <= PATTERNS


def test_no_two_parties_share_a_colour(situation):
    assert all(one.colour != other.colour for one, other in combinations(situation.parties, 2))


def test_a_key_date_is_a_day_on_which_something_happened(situation, table):
    days = {row["event_date"] for row in table("events.csv")}
    assert {key.day.isoformat() for key in situation.key_dates} <= days


def test_the_key_dates_are_in_order_and_short_enough_for_a_tick(situation):
    days = [key.day for key in situation.key_dates]
    assert days == sorted(set(days))
    assert max(len(key.label) for key in situation.key_dates) <= 28


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2020-11-10-statement", "Aghdam Kalbajar Lachin Shusha MOSCOW"),
        ("2022-12-12-lachin-corridor", "Lachin Shusha Goris Stepanakert Armenia"),
        (
            "2023-09-20-ceasefire",
            "STEPANAKERT Nagorno-Karabakh Baku Azerbaijan Armenia Ukraine Putin Pashinyan Aliyev",
        ),
    ],
)
def test_a_sample_report_names_its_places_and_people(data_dir, name, words):
    text = (data_dir / "reports" / f"{name}.md").read_text(encoding="utf-8")
    assert [word for word in words.split() if word not in text] == []
    assert 150 <= len(text.split()) <= 250


def test_a_sample_report_has_a_headline_and_a_dateline(data_dir):
    for path in (data_dir / "reports").glob("*.md"):
        headline, blank, first, *_ = path.read_text(encoding="utf-8").splitlines()
        assert headline.startswith("# ")
        assert blank == ""
        assert " - " in first
