from datetime import date

from geo.workflows.drafting import NO_EVENT, bare_places, draft_json, drafted, event_row
from geo.workflows.reporting import NOT_A_PLACE, name_id, named_places, parse_report

TEXT = (
    "STEPANAKERT, 20 September 2023 - A ceasefire took hold in Nagorno-Karabakh.\n\n"
    "In Stepanakert people came out. President Ilham Aliyev spoke in Baku. Fighting went on near Martuni."
)


def places_of(desk, text=TEXT):
    return named_places(parse_report(desk, text))


def found_in(desk, choices=None, text=TEXT, report_day=None):
    return drafted(desk, text, places_of(desk, text), choices or {}, report_day=report_day).drafts


def bare_in(desk, choices=None, text=TEXT):
    return bare_places(desk, text, places_of(desk, text), choices or {}, found_in(desk, choices, text))


def named(desk, name):
    return next(each for each in places_of(desk) if each.name.casefold() == name)


def test_the_event_of_a_sentence_has_its_type_place_and_the_datelines_day(desk_template):
    [ceasefire] = [d for d in found_in(desk_template) if d.event_type == "ceasefire"]
    assert (ceasefire.place.place_id, ceasefire.resolution.geo_precision) == ("nk", 3)
    assert ceasefire.when.first == date(2023, 9, 20)
    assert "20 September 2023" in ceasefire.when.note
    assert ceasefire.evidence[0].text.endswith("A ceasefire took hold in Nagorno-Karabakh.")


def test_a_place_without_an_event_is_offered_without_type_and_day(desk_template):
    bare = {d.place.place_id: d for d in bare_in(desk_template)}
    assert set(bare) == {"stepanakert", "baku"}
    assert (bare["baku"].event_type, bare["baku"].when.first) == (None, None)
    assert bare["baku"].evidence[0].text == "President Ilham Aliyev spoke in Baku."
    assert NO_EVENT in bare["baku"].notes


def test_a_country_is_too_large_for_an_event(desk_template):
    text = "Azerbaijan and Armenia held talks on 20 September 2023."
    assert found_in(desk_template, text=text) == ()
    assert bare_in(desk_template, text=text) == []


def test_an_open_name_gives_a_draft_only_after_a_choice(desk_template):
    assert "martuni_am" not in {d.place.place_id for d in found_in(desk_template)}
    chosen = found_in(desk_template, {name_id(named(desk_template, "martuni")): "martuni_am"})
    [battle] = [d for d in chosen if d.event_type == "battle"]
    assert (battle.place.place_id, battle.resolution.geo_precision) == ("martuni_am", 2)


def test_what_a_person_calls_no_place_gives_no_draft(desk_template):
    choices = {name_id(named(desk_template, "baku")): NOT_A_PLACE}
    assert [d.place.place_id for d in bare_in(desk_template, choices)] == ["stepanakert"]


def test_a_span_keeps_its_end_until_the_day_is_changed(desk_template):
    text = "Fighting raged near Martakert from 27 September to 10 November 2020."
    [draft] = found_in(desk_template, text=text)
    edited = {
        "event_type": "battle",
        "fatalities_low": None,
        "fatalities_high": None,
        "description": "",
        "confidence": "",
    }
    row = event_row(draft, edited | {"day": draft.when.first})
    assert (row["event_date"], row["date_end"]) == ("2020-09-27", "2020-11-10")
    assert event_row(draft, edited | {"day": date(2020, 9, 28)})["date_end"] is None


def test_the_json_of_a_draft_leaves_open_ends_open(desk_template):
    text = "On 5 May 2021 Azerbaijani forces shelled Martakert and at least 192 people were killed."
    [draft] = found_in(desk_template, text=text)
    told = draft_json(draft)
    assert (told["fatalities_low"], told["fatalities_high"], told["injuries_low"]) == (192, None, None)
    assert told["actors"] == [{"name": "Azerbaijani forces", "role": "by"}]
    assert (told["event_type"], told["event_date"], told["time_precision"]) == ("shelling", "2021-05-05", 1)
    assert told["question"] == ""


def test_a_weekday_waits_for_the_day_of_the_report(desk_template):
    text = "Shelling hit Martakert on Wednesday."
    [waiting] = found_in(desk_template, text=text)
    assert "needs the day of the report" in draft_json(waiting)["question"]
    [placed] = found_in(desk_template, text=text, report_day=date(2023, 9, 22))
    assert placed.when.first == date(2023, 9, 20)


def test_parties_are_known_by_their_forces_and_peoples_are_no_parties(desk_template):
    names = desk_template.actor_names
    assert names.demonyms["azerbaijani"] == ("Azerbaijani forces", "Azerbaijan")
    assert "karabakhi" not in names.demonyms
