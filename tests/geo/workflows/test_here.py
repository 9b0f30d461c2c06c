from datetime import date

import pytest

from geo.workflows.here import here_card


def fact(card, label):
    return dict(card["rows"])[label]


@pytest.mark.parametrize(
    ("day", "holder"), [(date(2020, 11, 24), "Armenian forces"), (date(2020, 11, 25), "Azerbaijan")]
)
def test_a_spot_in_kalbajar_changes_hands_on_the_day_of_the_handover(desk_template, day, holder):
    assert fact(here_card(desk_template, lon=46.0, lat=40.1, day=day), "Held by").startswith(holder)


def test_a_spot_says_its_unit_and_the_nearest_place_with_both_names(desk_template):
    card = here_card(desk_template, lon=46.75, lat=39.82, day=date(2021, 1, 1))
    assert fact(card, "Nearest place").startswith("Stepanakert (Xankəndi")
    assert card["about"]["kind"] == "unit"
    assert card["badge"] == "AZ"


def test_the_open_sea_is_in_no_unit_and_nobodys(desk_template):
    card = here_card(desk_template, lon=-30, lat=0, day=date(2021, 1, 1))
    assert card["about"] is None
    assert fact(card, "Held by") == "not mapped on this day"
