import pytest

from geo.errors import InputRefused, SettingError
from geo.ingest.formats.acled import event_type
from geo.ingest.mapping import fingerprint, mapping_of
from geo.ingest.source import Source
from geo.vocab import EVENT_TYPES, codes

ACLED_PAIRS = """Battles|Armed clash;Battles|Government regains territory;Protests|Peaceful protest;Riots|Mob violence;
Explosions/Remote violence|Chemical weapon;Explosions/Remote violence|Air/drone strike;
Violence against civilians|Sexual violence;Violence against civilians|Attack;Strategic developments|Other"""


def source(*header, **facts):
    return Source("csv", header, lambda: iter(()), **facts)


def plan_of(*header, answers=None, family="events", **facts):
    return mapping_of(source(*header, **facts), family, name="x.csv", answers=answers or {})


def shown(plan, *header):
    return {ours: cell for cell, ours in plan.shown(header).items()}


def test_our_own_names_win_over_aliases_and_aliases_over_common_names():
    header = ("event_id", "event_date", "date", "notes", "name", "location")
    found = shown(plan_of(*header), *header)
    assert (found["event_date"], found["description"], found["toponym"]) == (
        "event_date",
        "notes",
        "location",
    )


def test_acled_and_ucdp_are_known_by_their_columns():
    acled = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "location")
    ucdp = ("id", "type_of_violence", "date_start", "date_end", "where_prec", "best", "high", "low")
    assert plan_of(*acled).format == "acled"
    plan = plan_of(*ucdp)
    assert (plan.format, plan.flags_figures) == ("ucdp", True)
    assert shown(plan, *ucdp)["fatalities_best"] == "best"


@pytest.mark.parametrize("pair", ACLED_PAIRS.replace("\n", "").split(";"))
def test_every_acled_type_has_one_of_ours(pair):
    assert event_type(*pair.split("|"), "1") in codes(EVENT_TYPES)


def test_hashtags_decide_where_a_table_has_them():
    header = ("Datum", "Ort", "Breite", "Länge")
    plan = plan_of(*header, tags=("#date+occurred", "#loc+name", "#geo+lat", "#geo+lon"))
    assert plan.format == "hxl"
    assert shown(plan, *header) == {"event_date": "Datum", "toponym": "Ort", "lat": "Breite", "lon": "Länge"}


def test_two_columns_of_one_name_are_asked_and_the_first_is_shown_until_then():
    header = ("event_id", "event_date", "latitude", "longitude", "Latitude")
    (question,) = plan_of(*header).questions
    assert (question.key, question.code, question.proposed) == ("column:lat", "CSV-02", "3")
    plan = plan_of(*header, answers={"column:lat": "5"})
    assert (plan.questions, plan.position("lat")) == ((), 4)


def test_a_nameless_column_is_asked_only_where_a_place_is_missing():
    assert [q.key for q in plan_of("event_id", "event_date", "", "lat", "lon").questions] == [
        "column:toponym"
    ]
    assert plan_of("event_id", "event_date", "", "location").questions == ()


def test_a_close_name_is_proposed_and_never_used_in_silence():
    (question,) = plan_of("id", "event dates", "lat", "lon").questions
    assert (question.key, question.code, question.proposed) == ("column:event_date", "CSV-08", "2")


def test_a_table_that_cannot_hold_events_is_refused_with_the_remedy():
    with pytest.raises(InputRefused, match="no column for event_date: add one"):
        plan_of("id", "lat", "lon")


def test_a_column_may_be_said_not_to_be_meant():
    assert plan_of("event_id", "event_date", "lat", answers={"column:lat": "none"}).position("lat") is None


@pytest.mark.parametrize("answers", [{"column:colour": "1"}, {"column:lat": "9"}, {"column:lat": "no such"}])
def test_an_answer_that_names_no_column_is_refused(answers):
    with pytest.raises(SettingError):
        plan_of("event_id", "event_date", answers=answers)


def test_headers_that_differ_in_case_only_have_one_fingerprint():
    assert fingerprint(("Date", "Lat")) == fingerprint(("date", "LAT")) != fingerprint(("lat", "date"))


@pytest.mark.parametrize(("dead", "wanted"), [("0", "incident"), ("", "incident"), ("3", "mass_killing")])
def test_an_attack_on_civilians_is_a_killing_only_if_somebody_died(dead, wanted):
    assert event_type("Violence against civilians", "Attack", dead) == wanted
